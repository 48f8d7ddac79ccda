/** Runs as they would have been recorded: evidence for the judge, without processes. */

import type { FaultName } from '../../../drill/faults';
import type { Evidence, SignIn } from '../../../drill/judging/evidence';
import type * as ledgers from '../../../drill/judging/ledger';
import { type AcknowledgedAdd, unitsOf } from '../../../drill/judging/ledger';
import type { Strike } from '../../../drill/judging/places';
import type * as promising from '../../../drill/judging/promises';
import type { Logged } from '../../../drill/judging/requests';
import type { PlatformEvent, TimerKind } from '../../../drill/judging/timers';
import { architecture, type Choices } from './architectures';

/** The moments of every run: the fault at 100, recovered at 300. */
const [faultAt, recoveredAt] = [100, 300];

export interface Played {
  readonly id: number;
  readonly near: string;
  readonly home: string;
}

export interface Recording {
  readonly choices: Choices;
  readonly fault: FaultName;
  readonly strike?: Partial<Strike>;
  /** The region that serves all shoppers. Default: the nearest serves each. */
  readonly homeIn?: string;
  /** Whether the cart is there at the audit. Default: it is. */
  readonly keeps?: (shopper: Played) => boolean;
  /** Who answers after recovery. Default: the home. */
  readonly endsAt?: (shopper: Played) => string;
  /** Shoppers who added inside the replication lag; these adds are gone. */
  readonly inTheLag?: (shopper: Played) => boolean;
  /** Whether a lost cart is there again at the second look. */
  readonly comesBack?: (shopper: Played) => boolean;
  /** Shoppers who add after recovery. Default: every third. */
  readonly buysOn?: (shopper: Played) => boolean;
  readonly timers?: readonly TimerKind[];
  readonly events?: readonly PlatformEvent[];
  readonly struck?: { readonly gone: number; readonly listed: number };
  readonly requests?: readonly Logged[];
  readonly more?: Partial<Evidence>;
}

/** What went otherwise, to what the run without it would have recorded. */
export interface Twist {
  readonly evidence?: (evidence: Evidence) => Partial<Evidence>;
  /** Units found by one shopper. */
  readonly found?: (shopper: Played, units: Map<string, number>) => void;
  /** The log, request by request. */
  readonly request?: (request: Logged) => Logged;
  readonly requests?: readonly Logged[];
}

export const asked = (process: string | null, sentAt: number, more: Partial<Logged> = {}): Logged => ({
  ...{ shopper: 0, isApi: false, path: '/api/cart', sentAt, tookMs: 5, status: process === null ? 502 : 200, process },
  ...more,
});

const count = 12;

/** @param judge the parts of the judge that is tried */
export function evidenceOf(
  recording: Recording,
  { promisesOf, openLedger }: Pick<typeof promising, 'promisesOf'> & Pick<typeof ledgers, 'openLedger'>,
  twist: Twist = {},
): Evidence {
  const { choices, fault, strike, keeps = () => true, endsAt = ({ home }) => home } = recording;
  const { inTheLag = () => false, comesBack = () => false, buysOn = ({ id }) => id % 3 === 0 } = recording;
  const regions = choices.regions ?? ['north'];
  const shoppers = Array.from({ length: count }, (_, id): Played => {
    const near = regions[id % regions.length] ?? '';
    return { id, near, home: `${recording.homeIn ?? near}/${1 + (Math.floor(id / regions.length) % 2)}` };
  });
  const log: Logged[] = [];
  const audits = shoppers.map((shopper) => {
    const { id, near, home } = shopper;
    const ledger = openLedger();
    const end = endsAt(shopper);
    const adds: AcknowledgedAdd[] = [
      ...['tea', 'cup'].map((productId) => ({ productId, when: 'before' as const, process: home })),
      ...(inTheLag(shopper) ? [{ productId: 'pot', when: 'lag' as const, process: home }] : []),
      ...(buysOn(shopper) ? [{ productId: 'jar', when: 'after' as const, process: end }] : []),
    ];
    for (const add of adds) ledger.acknowledge(add);
    for (const sentAt of [10, 40, 70]) log.push(asked(home, sentAt, { shopper: id }));
    for (const sentAt of [310, 340]) log.push(asked(end, sentAt, { shopper: id }));
    // A new cart holds what was added since; whose secret or store it is does not matter here.
    const there = keeps(shopper)
      ? adds.filter(({ when }) => when !== 'lag')
      : adds.filter(({ when }) => when === 'after');
    const found = new Map(unitsOf(there));
    twist.found?.(shopper, found);
    const later = comesBack(shopper) ? unitsOf(adds.filter(({ when }) => when === 'before')) : found;
    const verdict = ledger.judge(found, ledger.judge(found, null).lost ? later : null);
    return { shopper: { id, near, ledger }, found, process: end, verdict };
  });
  for (let at = 0; at < 40; at++)
    log.push(asked(`${regions.at(-1)}/2`, at * 10, { shopper: null, isApi: true, tookMs: 2 }));
  const evidence: Evidence = {
    promises: promisesOf(architecture({ regions, ...choices })),
    ...{
      fault: { id: fault },
      audits,
      closed: null,
      endedByThemselves: [],
      signIns: [],
      remark: null,
      ownSettings: [],
    },
    strike: {
      ...{ takes: { processes: 'none', redis: 'none', region: false }, region: regions[0] ?? '' },
      ...{ destroyed: new Set<string>(), wroteInsideLag: recording.inTheLag !== undefined, cameBack: false, ...strike },
    },
    calm: {
      shoppers: new Map(audits.map(({ shopper }) => [shopper.id, { ...openLedger().counts, requests: 5 }])),
      api: { requests: 20, failed: 0 },
    },
    regionOf: (process) => process.split('/')[0] ?? '',
    instances: regions.flatMap((region) => [region, region]),
    ...{ api: { requests: 40, failed: 0 }, platformSeconds: 0, measuredSeconds: 0, neededReplacement: false },
    ...{ capacity: { left: 2, of: 2 }, writesLostAtReturn: 0, timeline: null },
    log: [...[...log, ...(recording.requests ?? [])].map(twist.request ?? ((each) => each)), ...(twist.requests ?? [])],
    moments: { faultAt, recoveredAt, leftAt: null, evictedAt: null, backAt: null },
    timed: {
      ...{ kinds: recording.timers ?? [], events: recording.events ?? [] },
      struck: recording.struck ?? { gone: 0, listed: 2 },
    },
    tally: {
      ...{ drain: null, hadTime: true, connections: null, addedAt: null, until: 400, instances: 2 },
      orders: { sent: 6, unanswered: 0, placed: 6, twice: 0, notPlaced: 0, unknown: 0 },
      started: { instances: 0, processes: 0, more: 0 },
    },
    ...recording.more,
  };
  return { ...evidence, ...twist.evidence?.(evidence) };
}

const [north, south] = ['north', 'south'] as const;
const both = [north, south];
const atFirst = ({ home }: Played): boolean => home === 'north/1';
const isNorth = ({ near }: Played): boolean => near === north;
const other = ({ home }: Played): string => (home === 'north/1' ? 'north/2' : home);
const goesSouth = (shopper: Played): string => (isNorth(shopper) ? 'south/1' : shopper.home);
const signIn = (visitor: number, begunBy: string, known: boolean): SignIn => ({
  ...{ visitor, near: north, begunBy, endedBy: 'north/2', known },
});
const left = { faultAt, recoveredAt, leftAt: 200, evictedAt: null, backAt: 400 } as const;
const geo: Choices = { entry: 'front-door', regions: both, appService: 'off', sessions: 'redis-geo' };

/** Shoppers bound to the slow instance wait for it. */
const slowRequests: readonly Logged[] = Array.from({ length: count }, (_, id) =>
  asked(id % 2 === 0 ? 'north/1' : 'north/2', 150, { shopper: id, tookMs: id % 2 === 0 ? 5000 : 5 }),
);

/** Runs that go as the facts say. */
export const recordings = {
  control: { choices: {}, fault: 'none' },
  'control, no affinity, Redis': { choices: { appService: 'off', sessions: 'redis' }, fault: 'none' },
  crash: {
    ...{ choices: {}, fault: 'instance-crash', keeps: (shopper) => !atFirst(shopper), endsAt: other },
    strike: {
      ...{ takes: { processes: 'instance', redis: 'none', region: false }, destroyed: new Set(['north/1']) },
    },
    ...{ timers: ['eviction'], events: [{ kind: 'eviction', second: 90 }], struck: { gone: 1, listed: 2 } },
    more: {
      moments: { faultAt, recoveredAt, leftAt: null, evictedAt: 250, backAt: null },
      signIns: [signIn(0, 'north/1', false), signIn(1, 'north/2', true)],
    },
  },
  failover: {
    ...{ choices: { appService: 'off', sessions: 'redis' }, fault: 'redis-failover', inTheLag: ({ id }) => id < 3 },
    strike: { takes: { processes: 'none', redis: 'primary', region: false } },
    ...{ timers: ['promotion'], events: [{ kind: 'promotion', second: 12 }], more: { sparesApi: true } },
  },
  'region loss, geo-replicated': {
    ...{
      choices: geo,
      fault: 'region-loss',
      endsAt: goesSouth,
      inTheLag: (shopper) => isNorth(shopper) && shopper.id < 5,
    },
    strike: { takes: { processes: 'region', redis: 'none', region: true }, cameBack: true },
    ...{ timers: ['front-door'], events: [{ kind: 'front-door', second: 45 }], more: { moments: left } },
  },
  'region loss, standby': {
    ...{ choices: { ...geo, sessions: 'redis', priorities: [1, 2] }, homeIn: north },
    ...{ fault: 'region-loss', endsAt: () => 'south/1', keeps: () => false, comesBack: ({ id }) => id % 3 !== 0 },
    strike: { takes: { processes: 'region', redis: 'none', region: true }, cameBack: true },
    ...{ timers: ['front-door'], events: [{ kind: 'front-door', second: 45 }], more: { moments: left } },
  },
  'region loss, alone': {
    ...{ choices: { sessions: 'redis', appService: 'off' }, fault: 'region-loss', keeps: () => false },
    strike: { takes: { processes: 'region', redis: 'none', region: true } },
  },
  'region loss, cookie': {
    ...{ choices: { ...geo, sessions: 'cookie' }, fault: 'region-loss', endsAt: goesSouth },
    strike: { takes: { processes: 'region', redis: 'none', region: true }, cameBack: true },
    ...{ timers: ['front-door'], events: [{ kind: 'front-door', second: 45 }], more: { moments: left } },
  },
  slow: {
    ...{ choices: {}, fault: 'instance-slow', requests: slowRequests },
    more: {
      exposure: {
        ...{ symptom: { slowerThanMs: 4500 }, hitsAll: true, processes: new Set(['north/1']), from: 100, until: 290 },
      },
      sparesApi: true,
    },
  },
} as const satisfies Readonly<Record<string, Recording>>;

export type RecordingName = keyof typeof recordings;
