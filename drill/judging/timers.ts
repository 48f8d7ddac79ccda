/**
 * When the platform must have acted: bounds from what is documented and declared, for each timer that a run waits for. The moment at
 * which a timer begins within its interval is chance, so each has a least and a most.
 */

import { healthCheckDefaults } from '../../architecture/azure/defaults';
import type { Deployment, WebApp } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/known';
import { rounded } from './rounded';

/** Seconds from the loss of a Redis primary until its replica has taken over. @see https://learn.microsoft.com/azure/redis/failover */
const promotion = { least: 10, most: 15 } as const;

/** Seconds between two pings of health check. @see https://learn.microsoft.com/azure/app-service/monitor-instances-health-check */
const pingSeconds = 60;

/** What ends something that clients wait for. */
export type TimerKind = 'eviction' | 'front-door' | 'promotion';

/** Something that the platform did, in Azure's seconds after the fault. */
export interface PlatformEvent {
  readonly kind: TimerKind;
  readonly second: number;
}

/** One documented timer in one run. */
export interface JudgedTimer {
  readonly what: TimerKind;
  /** Azure's seconds after the fault, both included. */
  readonly least: number;
  readonly most: number;
  /** null: it did not happen. */
  readonly second: number | null;
}

/** What the deployment declares of its timers; null: the timer is off, or unknown. */
export interface DeclaredTimers {
  /** Of the struck region. */
  readonly healthCheck: { readonly evictionMinutes: number; readonly maxUnhealthyPercent: number } | null;
  readonly frontDoor: {
    readonly intervalSeconds: number;
    readonly sampleSize: number;
    readonly successfulSamplesRequired: number;
  } | null;
}

/** Its settings as declared, with the platform's defaults. */
export function healthCheckOf(app: WebApp): DeclaredTimers['healthCheck'] {
  const { healthCheckPath: path, healthCheckEvictionMinutes: minutes, healthCheckMaxUnhealthyPercent: percent } = app;
  if (path === null || isUnknown(path) || isUnknown(minutes) || isUnknown(percent)) return null;
  return {
    evictionMinutes: minutes ?? healthCheckDefaults.evictionMinutes,
    maxUnhealthyPercent: percent ?? healthCheckDefaults.maxUnhealthyPercent,
  };
}

export function frontDoorProbeOf({ frontDoorProbe: probe }: Deployment): DeclaredTimers['frontDoor'] {
  if (probe === null) return null;
  const { intervalSeconds, sampleSize, successfulSamplesRequired } = probe;
  return isUnknown(intervalSeconds) || isUnknown(sampleSize) || isUnknown(successfulSamplesRequired)
    ? null
    : { intervalSeconds, sampleSize, successfulSamplesRequired };
}

/** What the fault left of the struck region's instances. */
export interface Struck {
  readonly gone: number;
  readonly listed: number;
}

/**
 * @param kinds which timers the fault sets off
 * @returns each that must end something, and each that the run saw
 */
export function judgeTimers(
  kinds: readonly TimerKind[],
  declared: DeclaredTimers,
  struck: Struck,
  events: readonly PlatformEvent[],
): { readonly timers: readonly JudgedTimer[]; readonly surprises: readonly string[] } {
  const timers = kinds.flatMap((kind): readonly JudgedTimer[] => {
    const bounds = boundsOf(kind, declared, struck);
    if (bounds === null) return [];
    const seen = events.filter((each) => each.kind === kind).map(({ second }) => second);
    const missing = Math.max(0, bounds.times - seen.length);
    return [...seen, ...Array<null>(missing).fill(null)].map((second) => ({
      ...{ what: kind, least: bounds.least, most: bounds.most },
      second: second === null ? null : rounded(second),
    }));
  });
  const unforeseen = kinds.flatMap((kind) => {
    const times = boundsOf(kind, declared, struck)?.times ?? Number.POSITIVE_INFINITY;
    const seen = events.filter((each) => each.kind === kind).length;
    return seen > times ? [`${words[kind]} ${seen} times, and must ${times} times`] : [];
  });
  return {
    timers,
    surprises: [
      ...unforeseen,
      ...timers.flatMap(({ what, least, most, second }) =>
        second !== null && second >= least && second <= most
          ? []
          : [
              `${words[what]} ${second === null ? 'never' : `after ${Math.round(second)} s`}, and must after ${least} to ${most} s`,
            ],
      ),
    ],
  };
}

const words: Readonly<Record<TimerKind, string>> = {
  eviction: 'health check took an instance out',
  'front-door': 'Front Door left the region',
  promotion: 'Redis promoted the replica',
};

function boundsOf(
  kind: TimerKind,
  { healthCheck, frontDoor }: DeclaredTimers,
  { gone, listed }: Struck,
): { readonly least: number; readonly most: number; readonly times: number } | null {
  if (kind === 'promotion') return { ...promotion, times: 1 };
  if (kind === 'front-door') {
    if (frontDoor === null || frontDoor.successfulSamplesRequired < 1) return null;
    // So many bad samples among the last make it unhealthy; the first comes within an interval.
    const bad = frontDoor.sampleSize - frontDoor.successfulSamplesRequired + 1;
    return { least: (bad - 1) * frontDoor.intervalSeconds, most: bad * frontDoor.intervalSeconds, times: 1 };
  }
  // If all are unhealthy none is taken out, and never more than the share.
  if (healthCheck === null) return null;
  const times = gone >= listed ? 0 : Math.min(gone, Math.floor((listed * healthCheck.maxUnhealthyPercent) / 100));
  const { evictionMinutes } = healthCheck;
  return { least: (evictionMinutes - 1) * pingSeconds, most: evictionMinutes * pingSeconds, times };
}
