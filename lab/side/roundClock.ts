/** The platform's clock as one fault sees it: its seconds count from the fault, although the lab's clock ran before. */

import type { PlatformClock } from '../../drill/platform/clock';

/** A view of a running clock. Its second 0 is the moment of `begin`; `stop` and the speed are those of the clock itself. */
export function roundClock(clock: PlatformClock): PlatformClock {
  let offset = clock.now();
  let notesBefore = clock.notes.length;
  return {
    begin: () => {
      offset = clock.now();
      notesBefore = clock.notes.length;
    },
    at: (second, work) => clock.at(second + offset, (at) => work(at - offset)),
    every: (first, interval, work) => clock.every(first + offset, interval, (at) => work(at - offset)),
    wait: clock.wait,
    note: (label, second) => clock.note(label, second + offset),
    leap: (label, second) => clock.leap(label, second + offset),
    get notes() {
      return clock.notes
        .slice(notesBefore)
        .map((note) => ({ ...note, azureSecond: Math.max(0, note.azureSecond - offset) }));
    },
    now: () => clock.now() - offset,
    setTimeScale: clock.setTimeScale,
    realMs: clock.realMs,
    stop: clock.stop,
  };
}
