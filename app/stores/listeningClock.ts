/** How often waits are looked at, and the most that one look counts, however late it comes. */
const tickMilliseconds = 50;

export interface ListeningClock {
  /** Milliseconds in which an answer could have been read. Only differences mean something. */
  now(): number;
  /**
   * Calls `late` once that many milliseconds have passed on this clock.
   *
   * @returns ends the wait; safe to call at any time
   */
  after(milliseconds: number, late: () => void): () => void;
}

/**
 * A clock that runs only while this process listens. Under a burst the event loop is busy with requests for seconds, and
 * an answer that Redis gave long ago waits to be read: by the wall clock Redis would look dead. So a tick that comes late
 * counts for no more than one in time, because what is beyond was spent on something else. By this clock, a limit of a
 * second leaves at least twenty turns of the event loop to read the answer in.
 */
export function listeningClock(): ListeningClock {
  const waits = new Set<{ readonly until: number; readonly late: () => void }>();
  let listened = 0;
  let countedAt = 0;
  let timer: NodeJS.Timeout | undefined;

  const now = () => listened + (timer === undefined ? 0 : Math.min(performance.now() - countedAt, tickMilliseconds));

  const tick = () => {
    listened = now();
    countedAt = performance.now();
    for (const wait of waits) {
      if (wait.until > listened) continue;
      // After the turn of the event loop that reads what has arrived: the answer may be in it, and end the wait.
      setImmediate(() => {
        if (waits.delete(wait)) wait.late();
      });
    }
    if (waits.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  return {
    now,
    after(milliseconds, late) {
      if (timer === undefined) {
        countedAt = performance.now();
        timer = setInterval(tick, tickMilliseconds).unref();
      }
      const wait = { until: now() + milliseconds, late };
      waits.add(wait);
      return () => void waits.delete(wait);
    },
  };
}
