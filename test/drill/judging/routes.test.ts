/** Where requests must go, checked request by request: each wrong way is a surprise, and the right one is none. */

import type { Audit } from '../../../drill/judging/evidence';
import { openLedger } from '../../../drill/judging/ledger';
import type { Strike } from '../../../drill/judging/places';
import { promisesOf } from '../../../drill/judging/promises';
import type { Logged, RouteMoments } from '../../../drill/judging/requests';
import { misroutes, regionsFor } from '../../../drill/judging/routes';
import { architecture, type Choices } from '../../support/drill/architectures';

const twoRegions: Choices = { entry: 'front-door', regions: ['north', 'south'], appService: 'off' };
const moments: RouteMoments = { faultAt: 100, leftAt: null, evictedAt: null, recoveredAt: 300, backAt: null };
const nothing: Strike = {
  ...{ takes: { processes: 'none', redis: 'none', region: false }, region: 'north', destroyed: new Set() },
  ...{ wroteInsideLag: false, cameBack: false },
};
const asked = (process: string | null, sentAt: number, status: number | null = 200): Logged => ({
  ...{ shopper: 0, isApi: false, path: '/api/cart', sentAt, tookMs: 1, status, process },
});

function auditOf(home: string, process: string, near = 'north'): Audit {
  const ledger = openLedger();
  ledger.acknowledge({ productId: 'tea', when: 'before', process: home });
  return {
    ...{ shopper: { id: 0, near, ledger }, found: new Map(), process },
    verdict: { lost: false, resurrected: false, writesLost: 0 },
  };
}

const found = (
  choices: Choices,
  log: readonly Logged[],
  change: { moments?: Partial<RouteMoments>; strike?: Partial<Strike>; audit?: Audit } = {},
) =>
  misroutes({
    ...{ promises: promisesOf(architecture(choices)), log, strike: { ...nothing, ...change.strike } },
    ...{ audits: [change.audit ?? auditOf('north/1', 'north/1')], moments: { ...moments, ...change.moments } },
    regionOf: (process) => process.split('/')[0] ?? '',
  });

test.each<[string, Choices, string, readonly string[] | null]>([
  ['the nearest', twoRegions, 'north', ['north']],
  ['the lowest priority, also from far away', { ...twoRegions, priorities: [1, 2] }, 'south', ['north']],
  ['all within the latency window', { ...twoRegions, latencyWindowMs: 1000 }, 'north', ['north', 'south']],
  ['any without Front Door', {}, 'north', null],
])('Front Door may choose %s', (_what, choices, near, regions) => {
  expect(regionsFor(promisesOf(architecture(choices)), near)).toEqual(regions);
});

test.each<[string, Choices, string]>([
  ['latency is ignored', twoRegions, 'south/1'],
  ['priorities are ignored', { ...twoRegions, priorities: [2, 1] }, 'north/1'],
])('before the fault, %s: a surprise', (_what, choices, process) => {
  expect(found(choices, [asked(process, 50)])).toEqual([expect.stringContaining('while all regions were healthy')]);
  expect(found(choices, [asked(process, 150)])).toEqual([]);
});

test('a request that was on its way when the fault struck may be answered by what the fault left', () => {
  const late = { ...asked('north/2', 60), tookMs: 41 };
  expect(found({ regions: ['north'] }, [asked('north/1', 10), late])).toEqual([]);
  expect(found(twoRegions, [{ ...asked('south/1', 60), tookMs: 41 }])).toEqual([]);
});

test('with affinity one process answers everything until the fault; without it any may', () => {
  const both = [asked('north/1', 10), asked('north/2', 20)];
  expect(found({ regions: ['north'] }, both)).toEqual([expect.stringContaining('several instances')]);
  expect(found({ regions: ['north'], appService: 'off' }, both)).toEqual([]);
  expect(found({ regions: ['north'] }, [asked('north/1', 10), asked(null, 20, 502), asked('north/2', 150)])).toEqual(
    [],
  );
});

test('after Front Door has left a region nothing goes there, until it comes back', () => {
  const takes = { processes: 'region', redis: 'none', region: true } as const;
  const change = { strike: { takes }, moments: { leftAt: 200, backAt: 400 }, audit: auditOf('north/1', 'south/1') };
  const choices = { ...twoRegions, latencyWindowMs: 0 };
  expect(found(choices, [asked(null, 150, 502), asked('south/1', 250), asked('north/1', 450)], change)).toEqual([]);
  for (const late of [asked('north/1', 250), asked(null, 250, 502), asked(null, 250, null)])
    expect(found(choices, [late], change)).toEqual([expect.stringContaining('after Front Door had left it')]);
});

test('after health check has taken out what is gone, no request finds a closed port', () => {
  const change = { moments: { evictedAt: 200 } };
  expect(found({ regions: ['north'] }, [asked(null, 150, 502), asked('north/1', 250, 503)], change)).toEqual([]);
  expect(found({ regions: ['north'] }, [asked(null, 250, 502)], change)).toEqual([
    expect.stringContaining('after health check had taken it out'),
  ]);
});

test('who is bound to an instance that is still there meets it at the audit', () => {
  const moved = { audit: auditOf('north/1', 'north/2') };
  expect(found({ regions: ['north'] }, [], moved)).toEqual([expect.stringContaining('answered by another')]);
  expect(found({ regions: ['north'], appService: 'off' }, [], moved)).toEqual([]);
  expect(found({ regions: ['north'] }, [], { ...moved, strike: { destroyed: new Set(['north/1']) } })).toEqual([]);
});

test('who is bound to an instance that is still there may be elsewhere only if probes led Front Door away from that region', () => {
  const sticky: Choices = { ...twoRegions, appService: 'on', frontDoor: 'on' };
  const moved = { audit: auditOf('north/1', 'south/1') };
  expect(found(sticky, [], moved)).toEqual([expect.stringContaining('answered by another')]);
  expect(found(sticky, [], { ...moved, strike: { probedAway: true } })).toEqual([]);
  expect(found(sticky, [], { ...moved, strike: { probedAway: true, region: 'south' } })).toHaveLength(1);
});
