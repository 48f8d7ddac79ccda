/**
 * Checks of the checker: each mutant has one thing broken, in the shop, the front ends, Redis, the prediction, the judgement or the
 * reading, and none survives. What is broken in what a drill starts is judged as a run would have recorded it; what is broken in the
 * drill's own source is loaded with that change. Some more are drilled with real processes, in `judging/mutations.test.ts`.
 */

import type { Evidence } from '../../drill/judging/evidence';
import type * as judgement from '../../drill/judging/judgement';
import type * as ledgers from '../../drill/judging/ledger';
import type * as promising from '../../drill/judging/promises';
import type { Logged } from '../../drill/judging/requests';
import { documented, facts } from '../support/drill/facts';
import { type Load, loadReal, type Mutable, mutable } from '../support/drill/mutants';
import { asked, evidenceOf, type RecordingName, recordings, type Twist } from '../support/drill/recorded';

/** What a judge says of a run: as expected, not, or nothing because the run proves nothing. */
type Verdict = 'met' | 'unmet' | 'not assessed';

function verdictOf(load: Load, name: RecordingName, twist?: Twist): Verdict {
  const { judgeRun } = load<typeof judgement>('drill/judging/judgement');
  const { promisesOf } = load<typeof promising>('drill/judging/promises');
  const { openLedger } = load<typeof ledgers>('drill/judging/ledger');
  try {
    return judgeRun(evidenceOf(recordings[name], { promisesOf, openLedger }, twist)).run.met ? 'met' : 'unmet';
  } catch {
    return 'not assessed';
  }
}

const names = Object.keys(recordings) as RecordingName[];

test.each(names)('%s: a run that goes as the facts say is met', (name) => {
  expect(verdictOf(loadReal, name)).toBe('met');
});

const calm = (shopper: object, api = { requests: 20, failed: 0 }): Twist => ({
  evidence: ({ calm: { shoppers } }: Evidence) => ({
    calm: { shoppers: new Map([...shoppers].map(([id, counts]) => [id, { ...counts, ...shopper }])), api },
  }),
});
const evidence = (changed: Partial<Evidence>): Twist => ({ evidence: () => changed });
const timed = (...seconds: readonly number[]): Twist => ({
  evidence: ({ timed: was }) =>
    was ? { timed: { ...was, events: seconds.map((second) => ({ kind: was.kinds[0] ?? 'eviction', second })) } } : {},
});
const tally = (changed: object): Twist => ({
  evidence: ({ tally: was }) => (was ? { tally: { ...was, ...changed } } : {}),
});
const request = (change: (one: Logged) => Partial<Logged> | null): Twist => ({
  request: (one) => ({ ...one, ...change(one) }),
});

/** What is broken in what a drill starts, and how a run would have recorded it. */
const recorded: readonly (readonly [room: string, what: string, run: RecordingName, twist: Twist])[] = [
  [
    'app',
    'an add in twelve is not kept',
    'control',
    { found: ({ id }, units) => void (id === 3 && units.delete('cup')) },
  ],
  ['app', 'an add is kept twice', 'control', { found: ({ id }, units) => void (id === 3 && units.set('cup', 2)) }],
  [
    'app',
    'two looks at once show another shopper’s cart',
    'control',
    { found: ({ id }, units) => void (id === 3 && units.set('mug', 1)) },
  ],
  ['app', 'a cart vanishes', 'control', { found: ({ id }, units) => void (id === 4 && units.clear()) }],
  ['app', 'checkout always answers 500', 'control', calm({ requestsFailed: 1, outages: 1 })],
  ['app', 'an answer misses an add', 'control', calm({ staleReads: 1 })],
  ['app', 'every tenth stateless request fails', 'control', calm({}, { requests: 20, failed: 2 })],
  ['app', 'every cart request takes 800 ms', 'control', request(({ isApi }) => (isApi ? null : { tookMs: 800 }))],
  ['app', 'a process ends by itself', 'control', evidence({ endedByThemselves: ['process north/1'] })],
  ['app', 'the stateless API needs Redis', 'failover', evidence({ api: { requests: 40, failed: 3 } })],
  [
    'app',
    'one cart is ordered under two numbers',
    'control',
    tally({ orders: { sent: 6, unanswered: 1, placed: 5, twice: 1, notPlaced: 0, unknown: 0 } }),
  ],
  ['app', 'it stops listening as soon as it is asked to end', 'control', tally({ drain: { requests: 9, lost: 2 } })],
  [
    'app',
    'a sign-in outlives the memory that it was in',
    'crash',
    { evidence: ({ signIns = [] }) => ({ signIns: signIns.map((each) => ({ ...each, known: true })) }) },
  ],
  [
    'app',
    'a cart outlives the memory that it was in',
    'crash',
    { found: ({ id }, units) => void (id === 2 && units.set('tea', 1).set('cup', 1)) },
  ],
  [
    'front ends',
    'affinity is forgotten',
    'control',
    request(({ shopper, sentAt }) => (shopper === 2 && sentAt === 40 ? { process: 'north/2' } : null)),
  ],
  [
    'front ends',
    'Set-Cookie is dropped, so the audit meets another instance',
    'control',
    {
      evidence: ({ audits }) => ({
        audits: audits.map((each) => (each.shopper.id === 2 ? { ...each, process: 'north/2' } : each)),
      }),
    },
  ],
  ['front ends', 'an evicted instance keeps its clients', 'crash', { requests: [asked(null, 260, { shopper: 2 })] }],
  [
    'front ends',
    'latency is ignored',
    'region loss, geo-replicated',
    request(({ shopper, sentAt }) => (shopper === 1 && sentAt === 40 ? { process: 'north/1' } : null)),
  ],
  [
    'front ends',
    'priorities are ignored',
    'region loss, standby',
    request(({ shopper, sentAt }) => (shopper === 1 && sentAt === 40 ? { process: 'south/1' } : null)),
  ],
  [
    'front ends',
    'the region that was left still gets requests',
    'region loss, geo-replicated',
    { requests: [asked('north/1', 250)] },
  ],
  ['front ends', 'one bad sample is enough to leave a region', 'region loss, geo-replicated', timed(20)],
  ['front ends', 'a region is left after one sample too many', 'region loss, geo-replicated', timed(75)],
  ['front ends', 'a region is never left', 'region loss, geo-replicated', timed()],
  ['platform', 'an instance is taken out at the first ping', 'crash', timed(30)],
  ['platform', 'an instance is taken out one ping too late', 'crash', timed(130)],
  ['platform', 'no instance is taken out', 'crash', timed()],
  ['platform', 'both instances are taken out', 'crash', timed(90, 90)],
  [
    'platform',
    'a slow instance is slow for everybody',
    'slow',
    { requests: [asked('north/2', 160, { shopper: 3, tookMs: 5000 })] },
  ],
  [
    'platform',
    'who is bound to a slow instance does not meet it',
    'slow',
    request(({ shopper, tookMs }) => (shopper === 2 && tookMs === 5000 ? { tookMs: 5 } : null)),
  ],
  ['Redis', 'a promotion takes a minute', 'failover', timed(60)],
  [
    'Redis',
    'the replica has what it cannot have yet',
    'failover',
    { found: ({ id }, units) => void (id === 0 && units.set('pot', 1)) },
  ],
  [
    'Redis',
    'the replica misses more than the last adds',
    'failover',
    { found: ({ id }, units) => void (id === 0 && units.delete('tea')) },
  ],
  [
    'Redis',
    'geo-replication drops an add',
    'region loss, geo-replicated',
    { found: ({ id }, units) => void (id === 2 && units.delete('cup')) },
  ],
  [
    'Redis',
    'geo-replication adds up twice',
    'region loss, geo-replicated',
    { found: ({ id }, units) => void (id === 2 && units.set('cup', 2)) },
  ],
  [
    'Redis',
    'a region that comes back has lost its Redis',
    'region loss, standby',
    {
      evidence: ({ audits }) => ({
        audits: audits.map((each) => ({ ...each, verdict: { ...each.verdict, resurrected: false } })),
      }),
    },
  ],
];

test.each(recorded)('%s: %s', (_room, _what, run, twist) => {
  expect(verdictOf(loadReal, run, twist)).not.toBe('met');
});

test('what fails while the drill itself could not run is not assessed, and a cart that is gone counts all the same', () => {
  const stalled = (ms: number, { evidence: more }: Twist): Twist => ({
    evidence: (was) => ({ ...more?.(was), stalledMs: ms }),
  });
  const failing = calm({ requestsFailed: 1, outages: 1 });
  const gone: Twist = { found: ({ id }, units) => void (id === 4 && units.clear()) };
  expect(verdictOf(loadReal, 'control', stalled(499, failing))).toBe('unmet');
  expect(verdictOf(loadReal, 'control', stalled(500, failing))).toBe('not assessed');
  const slowApi = (tookMs: number): Twist => ({ ...failing, ...request(({ isApi }) => (isApi ? { tookMs } : null)) });
  expect(verdictOf(loadReal, 'control', slowApi(999))).toBe('unmet');
  expect(verdictOf(loadReal, 'control', slowApi(1_000))).toBe('not assessed');
  expect(verdictOf(loadReal, 'control', { ...gone, ...stalled(900, {}) })).toBe('unmet');
  expect(verdictOf(loadReal, 'control', stalled(900, {}))).toBe('met');
});

/** Verdicts of every run, and of everything that is broken. */
const verdicts = async (load: Load): Promise<unknown> => [
  ...names.map((name) => [name, verdictOf(load, name)]),
  ...recorded.map(([room, what, run, twist]) => [`${room}: ${what}`, verdictOf(load, run, twist)]),
];

const checks = { prediction: verdicts, judgement: verdicts, ...facts } as const;
type Room = keyof typeof checks;

/** What is broken in the drill's own source. */
const mutants: readonly (readonly [room: Room, file: string, from: string, to: string])[] = [
  ['prediction', 'judging/expectation.ts', "when === 'lag' && damage.lagLost(process)", "when === 'lag' && false"],
  ['prediction', 'judging/expectation.ts', 'return { lost, found', 'return { lost: false, found'],
  ['prediction', 'judging/expectation.ts', "(add.when !== 'after' || reachable(cart.place))", 'true'],
  ['prediction', 'judging/expectation.ts', 'lost && isBack()', 'lost'],
  ['prediction', 'judging/places.ts', 'return !strike.destroyed.has(place);', 'return true;'],
  [
    'prediction',
    'judging/places.ts',
    "if (keptIn === 'client') return true;",
    "if (keptIn === 'client') return false;",
  ],
  ['prediction', 'judging/places.ts', "if (sharedBy === 'region') return place === struck;", ''],
  ['prediction', 'judging/places.ts', '(takes.region && isAlone) ||', ''],
  ['prediction', 'judging/places.ts', "(takes.redis === 'primary' && !hasReplica)", "takes.redis === 'primary'"],
  [
    'prediction',
    'judging/places.ts',
    'strike.wroteInsideLag && regionOf(process) === struck',
    'regionOf(process) !== struck',
  ],
  ['prediction', 'judging/promises.ts', "=== 'on',\n      priority", "=== 'off',\n      priority"],
  ['prediction', 'judging/timers.ts', 'least: (bad - 1) * frontDoor.intervalSeconds', 'least: 0'],
  ['prediction', 'judging/timers.ts', 'sampleSize - frontDoor.successfulSamplesRequired + 1', 'sampleSize'],
  ['prediction', 'judging/timers.ts', '(evictionMinutes - 1) * pingSeconds', '0'],
  ['prediction', 'judging/timers.ts', 'most: evictionMinutes * pingSeconds', 'most: 600'],
  ['prediction', 'judging/timers.ts', 'least: 10, most: 15', 'least: 10, most: 90'],
  ['judgement', 'judging/timers.ts', 'return seen > times ?', 'return seen > 9 ?'],
  ['judgement', 'judging/judgement.ts', 'if (lost > 0) return', 'if (lost > 9) return'],
  ['judgement', 'judging/judgement.ts', 'if (units > most)', 'if (units > 9)'],
  ['judgement', 'judging/judgement.ts', 'foreseen.resurrected !== verdict.resurrected', 'false'],
  ['judgement', 'judging/judgement.ts', '          ...troubles(promises, audits, evidence.calm),\n', ''],
  ['judgement', 'judging/judgement.ts', '          ...(latency ? slownessIn(latency) : []),\n', ''],
  ['judgement', 'judging/judgement.ts', '...(timed?.surprises ?? []), ...routed', '...routed'],
  ['judgement', 'judging/judgement.ts', '...(timed?.surprises ?? []), ...routed', '...(timed?.surprises ?? [])'],
  ['judgement', 'judging/judgement.ts', '          ...(evidence.tally ? wronglyCounted(evidence.tally) : []),\n', ''],
  ['judgement', 'judging/judgement.ts', 'api.failed > 0\n', 'api.failed > 9\n'],
  ['judgement', 'judging/judgement.ts', 'endedByThemselves.length + troubled.length', 'troubled.length'],
  [
    'judgement',
    'judging/calm.ts',
    '...(stale > 0 ? [`${stale} answers missed acknowledged adds while',
    '...(stale > 99 ? [`${stale} answers missed acknowledged adds while',
  ],
  ['judgement', 'judging/calm.ts', '...(failed > 0 ?', '...(failed > 99 ?'],
  ['judgement', 'judging/latency.ts', 'const slowMs = 500;', 'const slowMs = 5_000;'],
  ['judgement', 'judging/routes.ts', '[straysBefore, wanderersBefore,', '[wanderersBefore,'],
  ['judgement', 'judging/routes.ts', 'wanderersBefore, stillInTheLostRegion,', 'stillInTheLostRegion,'],
  ['judgement', 'judging/routes.ts', 'stillInTheLostRegion, stillAtTheGone,', 'stillAtTheGone,'],
  ['judgement', 'judging/routes.ts', 'stillAtTheGone, boundElsewhere]', 'boundElsewhere]'],
  ['judgement', 'judging/routes.ts', ', boundElsewhere].flatMap', '].flatMap'],
  ['judgement', 'judging/exposure.ts', "fate === 'spared' && hits > 0 ? [", 'false ? ['],
  ['judgement', 'judging/exposure.ts', 'exposure.hitsAll && hits === 0 ? [', 'false ? ['],
  ['judgement', 'judging/signIns.ts', 'mustBeKnown(signIn) === signIn.known', 'signIn.known'],
  ['judgement', 'judging/ledger.ts', '...promised.keys()].every(', '...promised.keys()].some('],
  ['front ends', 'frontends/rotation.ts', '[outstanding.get(id) ?? 0, ...byTurns]', 'byTurns'],
  ['front ends', 'frontends/rotation.ts', "client.replace(/:\\d+$/, '')", 'client'],
  ['front ends', 'frontends/rotation.ts', 'Math.min(...counts)', 'Math.max(...counts)'],
  ['front ends', 'frontends/frontDoor.ts', 'Math.min(...origins.map', 'Math.max(...origins.map'],
  ['front ends', 'frontends/frontDoor.ts', 'latency(origin) <= fastest + latencyWindowMs', 'true'],
  ['front ends', 'frontends/frontDoor.ts', '/no-store|no-cache|private/i', '/no-store/i'],
  ['front ends', 'frontends/applicationGateway.ts', 'status >= least && status <= most', 'status >= least'],
  ['front ends', 'frontends/applicationGateway.ts', '? 0 : failures + 1', '? 0 : failures + 2'],
  ['front ends', 'frontends/applicationGateway.ts', 'options.probe?.redirected ? redirect : await', 'await'],
  ['front ends', 'frontends/originHealth.ts', 'answers.shift();', 'answers.pop();'],
  ['front ends', 'frontends/originHealth.ts', '!settings.redirected && ', ''],
  ['front ends', 'frontends/appService.ts', 'inRotation.filter((backend) => backend.alive())', 'inRotation'],
  ['front ends', 'frontends/appService.ts', 'alive.filter(({ key }) => !isEnding(key))', 'alive'],
  [
    'front ends',
    'frontends/appService.ts',
    'backends.find(({ id }) => id === value)',
    'backends.find(({ id }) => id !== value)',
  ],
  ['front ends', 'frontends/appService.ts', "?.toString().toLowerCase() !== 'true'", " !== 'never'"],
  ['front ends', 'frontends/appService.ts', '!options.hosts.includes(hostOf(incoming))', 'false'],
  ['front ends', 'frontends/hop.ts', "...(answer.headers['set-cookie'] ?? []), ", ''],
  ['platform', 'platform/healthCheck.ts', '>= evictionMinutes', '> evictionMinutes'],
  ['platform', 'platform/healthCheck.ts', 'answer <= 299', 'answer <= 399'],
  ['platform', 'platform/healthCheck.ts', '|| gone >= mayGo', ''],
  ['platform', 'platform/healthCheck.ts', 'if (answers[index]) evicted.delete(key);', ''],
  ['platform', 'platform/healthCheck.ts', 'if (unhealthy.length === instances.length) evicted.clear();', ''],
  ['Redis', 'redis/replicator.ts', 'if (!late) {', 'if (true) {'],
  ['Redis', 'redis/replicator.ts', 'next && !held; next', 'next; next'],
  ['Redis', 'redis/replicator.ts', 'drop: () => void queue.splice(0),', 'drop: () => {},'],
  ['Redis', 'redis/replicator.ts', 'queue.unshift(...(passed ?? []));', ''],
  ['Redis', 'redis/replicator.ts', 'String(-sum)', 'String(sum)'],
  ['Redis', 'redis/replicator.ts', 'own.counters.delete(key);', ''],
  ['Redis', 'redis/replicator.ts', '        enter(other, command);\n', ''],
  ['Redis', 'redis/replicator.ts', 'if (queue[0] === next) queue.shift();', 'queue.pop();'],
  ['reading', 'plan/timers.ts', 'evictionMinutes: minutes ??', 'evictionMinutes: minutes && minutes + 1 ||'],
  ['reading', 'plan/timers.ts', 'Math.min(...stated)', 'Math.max(...stated) + 1'],
  ['reading', 'plan/fleetPlan.ts', 'Array.from({ length: count }', 'Array.from({ length: count + 1 }'],
  [
    'reading',
    'plan/fleetPlan.ts',
    'priority: region.origin ? known(region.origin.priority, `${region.origin.address}, priority`) : 1',
    'priority: 2',
  ],
  ['reading', 'plan/fleetPlan.ts', "known(fact, what, example) === 'on'", "known(fact, what, example) !== 'on'"],
  ['reading', 'plan/loadBalancing.ts', "RequestHash: 'request-hash'", "RequestHash: 'round-robin'"],
];

describe('the drill’s own source', () => {
  const unchanged = new Map<Room, unknown>();
  const files = new Map<string, Promise<Mutable>>();
  beforeAll(async () => {
    for (const room of Object.keys(checks) as Room[]) unchanged.set(room, await checks[room](loadReal));
  });

  test('unchanged, its parts do what is documented', () => {
    expect(Object.fromEntries([...unchanged].filter(([room]) => room in documented))).toEqual(documented);
  });

  test.each(mutants)('%s, %s: %s is not the same as %s', async (room, file, from, to) => {
    const loaded = files.get(file) ?? mutable(`drill/${file}`, checks[room]);
    files.set(file, loaded);
    const { load, change } = await loaded;
    change(from, to);
    expect(await checks[room](load)).not.toEqual(unchanged.get(room));
  });
});
