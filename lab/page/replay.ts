/** Plays a recording: the same messages at the same distances, without a lab. */

import type { Recorded } from '../messages';
import { button, element } from './element';
import type { LabView } from './lab';

const tickMs = 50;

export function playRecording(recording: readonly Recorded[], view: LabView, controls: HTMLElement): void {
  const last = recording[recording.length - 1]?.at ?? 0;
  let at = 0;
  let next = 0;
  let playing = true;
  let before = performance.now();
  const position = element('input', {
    type: 'range',
    min: 0,
    max: last,
    value: 0,
    'aria-label': 'Position in the recording',
  });
  const clock = element('output', {}, '');
  const toggle = button('Pause', () => {
    playing = !playing && at < last;
    toggle.textContent = playing ? 'Pause' : 'Play';
  });
  const pace = element(
    'select',
    {},
    ...[1, 2, 4, 8].map((each) => element('option', { value: each }, `${each} times`)),
  );
  controls.replaceChildren(toggle, position, clock, element('label', {}, 'Speed ', pace));

  function show(until: number, withDots: boolean): void {
    for (let each = recording[next]; each && each.at <= until; each = recording[++next])
      if (withDots || each.message.kind !== 'dots') view.take(each.message);
    at = until;
    position.value = String(at);
    clock.textContent = `${seconds(at)} of ${seconds(last)} s`;
  }
  position.addEventListener('input', () => {
    const wanted = Number(position.value);
    if (wanted < at) {
      view.clear();
      next = 0;
    }
    show(wanted, false);
  });
  setInterval(() => {
    const now = performance.now();
    if (playing) show(Math.min(last, at + (now - before) * Number(pace.value)), true);
    if (playing && at >= last) {
      playing = false;
      toggle.textContent = 'Play';
    }
    before = now;
  }, tickMs);
}

const seconds = (ms: number): string => (ms / 1000).toFixed(0);
