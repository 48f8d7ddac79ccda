/** Plays one scene of the story on a side that stands. */

import { setTimeout as delay } from 'node:timers/promises';
import type { Message } from '../messages';
import type { Side } from '../side/side';
import { commandOf, type StoryScene } from './scenes';

export interface Stagehand {
  readonly side: Side;
  readonly say: (message: Message) => void;
  /** Real milliseconds that a sentence stands. */
  readonly readingMs: number;
  readonly signal: AbortSignal;
}

const unforeseen =
  'This run did not go as predicted; the verdict under the picture says why. A busy machine can be the reason: play the scene again before you rely on it.';

/** @throws the signal's reason */
export async function playScene(
  scene: StoryScene,
  index: number,
  { side, say, readingMs, signal }: Stagehand,
): Promise<void> {
  const { title, steps, fault, proof } = scene;
  const tell = (step: string, proven: { sentence: string; command: string } | null = null): void =>
    say({ kind: 'story', story: { scene: index, title, step, proof: proven } });
  tell(steps.begin);
  await delay(readingMs, undefined, { signal });
  tell(steps.before);
  await delay(readingMs, undefined, { signal });
  tell(steps.after);
  // What waits for people in the lab goes on by itself in a story.
  const people = setInterval(() => {
    if (side.phase().is === 'waiting') side.act();
  }, readingMs);
  try {
    const run = await side.strike(fault);
    signal.throwIfAborted();
    const command = commandOf(scene, side.options.scene.seed);
    if ('met' in run) tell(run.met ? steps.after : unforeseen, { sentence: proof(run), command });
    else tell('This run could not be judged. Play the scene again.');
  } finally {
    clearInterval(people);
  }
}
