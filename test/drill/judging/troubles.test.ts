/** What counts as trouble while nothing is broken, and what the facts explain. */

import { requireAcknowledgedAdds, requireAnswers, troubles } from '../../../drill/judging/calm';
import type { Audit } from '../../../drill/judging/evidence';
import { type Counts, openLedger } from '../../../drill/judging/ledger';
import { promisesOf } from '../../../drill/judging/promises';
import { architecture, type Choices } from '../../support/drill/architectures';

const counted = (counts: Partial<Counts>): Counts => ({ ...openLedger().counts, requests: 10, ...counts });

function troublesOf(choices: Choices, counts: Partial<Counts>, api = { requests: 5, failed: 0 }) {
  const audit: Audit = {
    shopper: { id: 0, near: 'north', ledger: openLedger() },
    ...{ found: new Map(), process: 'p', verdict: { lost: false, resurrected: false, writesLost: 0 } },
  };
  return troubles(promisesOf(architecture(choices)), [audit], { shoppers: new Map([[0, counted(counts)]]), api });
}

const spread: Choices = { entry: 'front-door', regions: ['north', 'south'], latencyWindowMs: 1000 };

test.each<[string, Choices, Partial<Counts>]>([
  ['a failed request', {}, { requestsFailed: 1 }],
  ['a stale answer', {}, { staleReads: 1 }],
  ['an outage, also where carts are out of reach by design', { appService: 'off' }, { requestsFailed: 1, outages: 1 }],
  [
    'a stale answer where geo-replication is not passed',
    { ...spread, latencyWindowMs: 0, sessions: 'redis-geo' },
    { staleReads: 1 },
  ],
])('%s is trouble', (_what, choices, counts) => {
  expect(troublesOf(choices, counts)).toHaveLength(1);
});

test.each<[string, Choices, Partial<Counts>]>([
  ['nothing', {}, {}],
  ['a refusal and a stale answer where affinity is off', { appService: 'off' }, { requestsFailed: 2, staleReads: 3 }],
  ['a stale answer behind the replication between regions', { ...spread, sessions: 'redis-geo' }, { staleReads: 1 }],
])('%s is none', (_what, choices, counts) => {
  expect(troublesOf(choices, counts)).toEqual([]);
});

test('a failed request of the stateless API is trouble whatever the sessions', () => {
  expect(troublesOf({ appService: 'off' }, {}, { requests: 5, failed: 1 })).toEqual([
    '1 of 5 requests to the stateless API failed while nothing was broken',
  ]);
});

test('a crowd that nobody promised anything, or that gave up waiting, proves nothing', () => {
  const ledger = openLedger();
  expect(() => requireAcknowledgedAdds([{ ledger }])).toThrow('proves nothing');
  ledger.acknowledge({ productId: 'tea', when: 'before', process: 'p' });
  expect(() => requireAcknowledgedAdds([{ ledger }])).not.toThrow();
  const calm = (counts: Partial<Counts>) => ({
    ...{ shoppers: new Map([[0, counted(counts)]]), api: { requests: 0, failed: 0 } },
  });
  expect(() => requireAnswers(calm({}))).not.toThrow();
  expect(() => requireAnswers(calm({ unanswered: 2 }))).toThrow('2 requests had no answer in 15 s');
});
