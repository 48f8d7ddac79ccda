/** The platform's clock as one fault sees it: its seconds count from the fault, although the lab's clock ran before. */

import type { PlatformClock } from '../../drill/platform/clock';

/** @see roundClock */
export interface RoundClock extends PlatformClock {
  /** The fault has struck: time goes on. */
  struck(): void;
}

/**
 * A view of a running clock. Its second 0 is the moment of `begin`, and stays so until the fault has struck or waits for something:
 * otherwise a ping could meet a process that is just being ended. `stop` and the speed are those of the clock itself.
 */
export function roundClock(clock: PlatformClock): RoundClock {
  let offset = clock.now();
  let notesBefore = clock.notes.length;
  let goOn = (): void => {};
  return {
    begin: () => {
      goOn = clock.hold();
      offset = clock.now();
      notesBefore = clock.notes.length;
    },
    struck: () => goOn(),
    at: (second, work) => clock.at(second + offset, (at) => work(at - offset)),
    every: (first, interval, work) => clock.every(first + offset, interval, (at) => work(at - offset)),
    wait: (seconds) => {
      goOn();
      return clock.wait(seconds);
    },
    note: (label, second, kind) => clock.note(label, second + offset, kind),
    leap: (label, second) => clock.leap(label, second + offset),
    get notes() {
      return clock.notes
        .slice(notesBefore)
        .map((note) => ({ ...note, azureSecond: Math.max(0, toMicrosecond(note.azureSecond - offset)) }));
    },
    now: () => clock.now() - offset,
    hold: clock.hold,
    setTimeScale: clock.setTimeScale,
    realMs: clock.realMs,
    stop: clock.stop,
  };
}

/** A sum less one of its parts is not always exactly the other part: 3600 came back as 3600.0000000000005. */
function toMicrosecond(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}
