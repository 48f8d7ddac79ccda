/**
 * Azure's time, as far as the drill emulates it: the timers of health check, probes and Redis promotion. They count
 * from the fault, and run `timeScale` times as fast as Azure's; processes and TCP run as fast as they do.
 *
 * Events run one after another in the order of their Azure seconds, whatever the load of this machine: a busy machine
 * delays them, and never changes their order. So their outcome repeats with the seed.
 */

export interface PlatformClock {
  /** The moment of the fault is Azure's second 0. Nothing runs before. */
  begin(): void;
  /** Runs the work at that Azure second. */
  at(azureSecond: number, work: (azureSecond: number) => void | Promise<void>): void;
  /** Runs the work at `first` and then every `interval` Azure seconds, until the clock stops. */
  every(first: number, interval: number, work: (azureSecond: number) => void | Promise<void>): void;
  /** Resolves that many Azure seconds from now. Rejects when the clock stops. */
  wait(azureSeconds: number): Promise<void>;
  /** Notes that a timer has just ended something that recovery waited for. */
  note(label: string, azureSecond: number, kind?: NoteKind): void;
  /**
   * Notes the same of a timer so long that the drill leaves out the rest of it: what happens at that second happens now.
   * Nothing else of the platform moves on with it.
   */
  leap(label: string, azureSecond: number): void;
  readonly notes: readonly PlatformNote[];
  /** Azure seconds since the begin; 0 before it. */
  now(): number;
  /**
   * Time stands still, and no work begins, until the returned function is called. It stands at the work that runs, or is overdue: time
   * that this machine was too busy to keep is left out.
   */
  hold(): () => void;
  /** Goes on at another speed. @param timeScale Azure's seconds per real second, above 0 */
  setTimeScale(timeScale: number): void;
  /** Real milliseconds that these Azure seconds take. */
  realMs(azureSeconds: number): number;
  /** Nothing runs any more; waits reject. */
  stop(): void;
}

/** What a documented timer ended; other notes have no kind. */
export type NoteKind = 'eviction' | 'front-door' | 'promotion';

export interface PlatformNote {
  readonly label: string;
  readonly kind?: NoteKind;
  readonly azureSecond: number;
  /** Azure seconds before it that were left out. */
  readonly leapt: number;
  /** `performance.now()`. */
  readonly at: number;
}

interface Due {
  readonly second: number;
  readonly work: (azureSecond: number) => void | Promise<void>;
}

export function createPlatformClock(initialScale: number): PlatformClock {
  const due: Due[] = [];
  const notes: PlatformNote[] = [];
  const waiting = new Set<(reason: Error) => void>();
  let timeScale = initialScale;
  let began: number | null = null;
  let heldAt: number | null = null;
  let passed = 0;
  let stopped = false;
  let busy = false;
  let timer: NodeJS.Timeout | undefined;
  const realMs = (azureSeconds: number): number => (azureSeconds * 1000) / timeScale;

  function schedule(): void {
    clearTimeout(timer);
    const [next] = due;
    if (began === null || heldAt !== null || stopped || busy || !next) return;
    const pause = began + realMs(next.second) - performance.now();
    timer = setTimeout(() => void run(), Math.max(0, pause));
  }

  async function run(): Promise<void> {
    const next = due.shift();
    if (!next) return;
    busy = true;
    passed = Math.max(passed, next.second);
    try {
      await next.work(next.second);
    } finally {
      busy = false;
      schedule();
    }
  }

  function at(second: number, work: Due['work']): void {
    const later = due.findIndex((other) => other.second > second);
    due.splice(later < 0 ? due.length : later, 0, { second, work });
    schedule();
  }

  function now(): number {
    if (heldAt !== null) return heldAt;
    if (began === null) return 0;
    return Math.max(passed, ((performance.now() - began) * timeScale) / 1000);
  }

  return {
    begin: () => {
      began = performance.now();
      schedule();
    },
    at,
    every: (first, interval, work) => {
      const again = async (second: number): Promise<void> => {
        at(second + interval, again);
        await work(second);
      };
      at(first, again);
    },
    wait: (azureSeconds) =>
      new Promise((resolve, reject) => {
        if (stopped) return reject(new Error('The run has ended.'));
        waiting.add(reject);
        at(now() + azureSeconds, () => {
          waiting.delete(reject);
          resolve();
        });
      }),
    note: (label, azureSecond, kind) =>
      void notes.push({ label, azureSecond, leapt: 0, at: performance.now(), ...(kind && { kind }) }),
    leap: (label, azureSecond) => {
      const leapt = Math.max(0, azureSecond - now());
      notes.push({ label, azureSecond, leapt, at: performance.now() });
    },
    notes,
    now,
    hold: () => {
      const at = Math.min(busy ? passed : (due[0]?.second ?? Number.POSITIVE_INFINITY), now());
      heldAt = at;
      clearTimeout(timer);
      return () => {
        if (heldAt === null) return;
        heldAt = null;
        if (began !== null) began = performance.now() - (at * 1000) / timeScale;
        schedule();
      };
    },
    setTimeScale: (scale) => {
      // Else a rest of a float could take the clock back.
      if (began !== null && heldAt === null) passed = now();
      if (began !== null) began = performance.now() - (now() * 1000) / scale;
      timeScale = scale;
      schedule();
    },
    realMs,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      for (const reject of waiting) reject(new Error('The run has ended.'));
      waiting.clear();
    },
  };
}
