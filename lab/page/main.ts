/** Where the page begins: with the lab that served it, or with the recording that is in it. */

import type { Message, Recorded } from '../messages';
import { liveAsks, noAsks } from './asks';
import { labView } from './lab';
import { playRecording } from './replay';

const root = document.getElementById('lab');
const recording = document.getElementById('recording');
const controls = document.getElementById('controls');

if (root && recording && controls) {
  const recorded = JSON.parse(recording.textContent ?? '[]') as readonly Recorded[];
  playRecording(
    recorded,
    labView(root, () => noAsks),
    controls,
  );
} else if (root) {
  const view = labView(root, liveAsks);
  const events = new EventSource('events');
  let ended = false;
  events.addEventListener('open', () => view.clear());
  events.addEventListener('message', ({ data }) => {
    const message = JSON.parse(data as string) as Message;
    ended ||= message.kind === 'end';
    view.take(message);
    if (ended) events.close();
  });
  events.addEventListener('error', () => {
    // The browser tries again by itself; a lab that was killed says nothing more.
    if (!ended && events.readyState === EventSource.CLOSED)
      view.take({ kind: 'end', reason: 'It does not answer any more.' });
  });
}
