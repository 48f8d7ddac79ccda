import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { isCompleted } from '../../../drill/report/result';
import { renderDrill } from '../../../drill/report/terminal';
import { type CollectedShopper, collect, linePrefix } from '../../../drill/scale/collected';
import { judgeCollected } from '../../../drill/scale/judged';
import { readResult } from '../../../drill/scale/results';
import { variant } from '../../support/drill/variants';

const plan = {
  ...{ kind: 'plan', format: 1, export: '0badcafe', variant: 'zone-redundant-sticky', seed: 7, shoppers: 3 },
  ...{ address: 'https://shop.contoso.com', engines: 1 },
};
const counts = {
  ...{ requests: 9, requestsFailed: 0, outages: 0, unanswered: 0, retriedSuccesses: 0, ambiguousAdds: 0 },
  ...{ forms: 0, formsRefused: 0, checkouts: 0, staleReads: 0 },
};
const shopper = (id: number, more: Partial<CollectedShopper> = {}): CollectedShopper => ({
  ...{ kind: 'shopper', id, ordered: 0, ambiguous: [], counts, later: null, failed: null },
  adds: [
    ['tea', 'before', `instance-${id}`],
    ['tea', 'before', `instance-${id}`],
  ],
  ...{ found: { tea: 2 }, by: `instance-${id}`, regions: {} },
  ...more,
});
const logged = (...lines: readonly unknown[]) =>
  lines
    .map((line) => `[2026-11-29 15:00:00,000] engine/INFO/steadystate: ${linePrefix}${JSON.stringify(line)}`)
    .join('\n');
const collected = (...lines: readonly unknown[]) => collect('run.log', [{ from: 'run.log', text: logged(...lines) }]);
const kept = [shopper(0), shopper(1), shopper(2)];
/** Instance 1 is gone: its shopper begins again elsewhere. */
const crashed = [shopper(0), shopper(1, { found: {}, by: 'instance-2', failed: [61, 70.5] }), shopper(2)];

test('a run in which nothing was lost is met, in the form of any other drill', () => {
  const report = judgeCollected(collected(plan, ...kept), null);
  expect(report).toMatchObject({ seed: 7, timeScale: 1, remote: true });
  expect(report.runs).toMatchObject([
    { variant: 'zone-redundant-sticky', fault: 'none', shoppers: 3, cartsLost: 0, writesAcknowledged: 6, met: true },
  ]);
});

test('without a named fault nothing may be lost, be there twice, or go without an answer', () => {
  const surprisesOf = (...shoppers: readonly CollectedShopper[]) =>
    judgeCollected(collected(plan, ...shoppers), null).details[0]?.surprises;
  expect(surprisesOf(...crashed)).toEqual(['shopper 1: lost the cart']);
  expect(surprisesOf(shopper(0, { found: { tea: 1 } }), shopper(1), shopper(2))).toEqual([
    'shopper 0: 1 acknowledged add is gone',
  ]);
  expect(surprisesOf(shopper(0, { found: { tea: 3 } }), shopper(1), shopper(2))).toEqual([
    'shopper 0: found more of 1 product than was added',
  ]);
  const away = shopper(0, { counts: { ...counts, requestsFailed: 4, outages: 4 } });
  expect(surprisesOf(away, shopper(1), shopper(2))).toEqual(['4 requests had no answer, or one of 500 and above']);
});

test('with the fault named, exactly the carts of the instance that answers nobody any more are expected to be lost', () => {
  const named = { fault: 'instance-crash', deployment: variant('zone-redundant-sticky') } as const;
  const [run] = judgeCollected(collected(plan, ...crashed), named).runs;
  expect(run).toMatchObject({ fault: 'instance-crash', cartsLost: 1, met: true, measuredSeconds: 9.5 });
  expect(run && isCompleted(run) && run.expected.cartsLost).toBe(1);
  // Another cart is gone, too, although its instance still answers.
  const more = [shopper(0, { found: {}, by: 'instance-0' }), ...crashed.slice(1)];
  const worse = judgeCollected(collected(plan, ...more), named);
  expect(worse.runs).toMatchObject([{ cartsLost: 2, expected: { cartsLost: 1 }, met: false }]);
  expect(worse.details[0]?.surprises).toEqual(['shopper 0: lost the cart']);
});

test('with carts in Redis a crash must cost none, so each that is lost is a surprise', () => {
  const named = { fault: 'instance-crash', deployment: variant('zone-redundant') } as const;
  expect(judgeCollected(collected(plan, ...crashed), named).runs).toMatchObject([
    { cartsLost: 1, expected: { cartsLost: 0 }, met: false },
  ]);
});

test('a lost region is the one whose instances answer nobody any more', () => {
  const regions = {
    'instance-0': 'swedencentral',
    'instance-1': 'germanywestcentral',
    'instance-2': 'germanywestcentral',
  };
  const named = { fault: 'region-loss', deployment: variant('multi-region-sticky') } as const;
  const shoppers = [shopper(0, { found: {}, by: 'instance-1' }), shopper(1), shopper(2)];
  const all = (list: readonly CollectedShopper[]) => list.map((one) => ({ ...one, regions }));
  expect(judgeCollected(collected(plan, ...all(shoppers)), named).runs).toMatchObject([
    { cartsLost: 1, expected: { cartsLost: 1 }, met: true },
  ]);
  expect(judgeCollected(collected(plan, ...all(kept)), named).runs).toMatchObject([
    { notAssessed: expect.stringMatching(/^none of the regions .* stopped answering/) },
  ]);
});

test('a restart leaves no trace in the answers, so whose carts it had is not assessed', () => {
  const named = { fault: 'instance-restart', deployment: variant('zone-redundant-sticky') } as const;
  expect(judgeCollected(collected(plan, ...kept), named).runs).toMatchObject([
    { notAssessed: expect.stringContaining('keeps the id of its instance') },
  ]);
});

test.each([
  ['one of three without an audit', [shopper(0), shopper(1)], '1 of 3 shoppers have no audit'],
  ['no cart at the audit', [shopper(0), shopper(1), shopper(2, { found: null, by: null })], 'shopper 2 got no cart'],
  ['nothing acknowledged', kept.map((one) => ({ ...one, adds: [], found: {} })), 'no add was acknowledged'],
])('%s: not assessed', (_what, shoppers, why) => {
  expect(judgeCollected(collected(plan, ...shoppers), null).runs).toMatchObject([
    { notAssessed: expect.stringContaining(why) },
  ]);
});

test('shoppers whom Locust puts in the place of those of an engine that ended make up for nobody', () => {
  const [run] = judgeCollected(collected(plan, shopper(0), shopper(1), { kind: 'late', id: 998 }), null).runs;
  expect(run).toMatchObject({ notAssessed: expect.stringMatching(/^1 of 3 shoppers .* 1 was done filling too late/) });
});

test('a log that is cut off in a line is not assessed, and says so', () => {
  const text = logged(plan, ...kept).slice(0, -40);
  const [run] = judgeCollected(collect('run.log', [{ from: 'run.log', text }]), null).runs;
  expect(run).toMatchObject({ notAssessed: expect.stringMatching(/^1 of 3 shoppers .* \(1 line is cut off\)/) });
});

test.each([
  [
    'a log of something else',
    [{ from: 'a', text: 'GET / 200\nsteadystate-ledger of somebody' }],
    'not a result of this drill',
  ],
  ['no file at all', [], 'none of its 0 files'],
  [
    'two exports',
    [{ from: 'a', text: logged(plan, { ...plan, export: '12345678' }) }],
    'several exports (0badcafe, 12345678)',
  ],
  [
    'two runs',
    [{ from: 'a', text: logged(plan, ...kept, shopper(1, { found: {} })) }],
    'two audits of shopper 1 that differ',
  ],
  ['more shoppers than the test has', [{ from: 'a', text: logged(plan, ...kept, shopper(9)) }], 'audits of 4 shoppers'],
  [
    'another version',
    [{ from: 'a', text: logged({ ...plan, format: 2 }) }],
    'a line of the ledger that this drill does not write: format',
  ],
  ['counts that cannot be', [{ from: 'a', text: logged(plan, shopper(0, { ordered: -1 })) }], 'ordered'],
])('%s is refused', (_what, texts, why) => {
  expect(() => collect('given', texts)).toThrow(why);
});

test('logs of several engines count together, and one that is there twice counts once', () => {
  const [a, b] = [logged(plan, kept[0], kept[1]), logged(plan, kept[2])];
  const texts = [a, b, a].map((text, index) => ({ from: `${index}`, text }));
  expect(collect('given', texts).shoppers.map(({ id }) => id)).toEqual([0, 1, 2]);
});

test('a log, a folder and an archive in an archive are read alike', () => {
  const folder = mkdtempSync(join(tmpdir(), 'steadystate-test-'));
  try {
    const text = logged(plan, ...kept);
    const inner = zipSync({ 'engine1/worker.log': strToU8(text) });
    writeFileSync(
      join(folder, 'logs.zip'),
      zipSync({ 'logs.zip': inner, 'results.csv': strToU8('timeStamp,elapsed') }),
    );
    expect(collect('given', readResult(folder)).shoppers).toHaveLength(3);
    writeFileSync(join(folder, 'broken.zip'), inner.slice(0, 40));
    expect(() => readResult(join(folder, 'broken.zip'))).toThrow('cannot be unpacked');
    expect(() => readResult(join(folder, 'nowhere'))).toThrow('ENOENT');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('as text it begins with what it cost, and claims nothing of emulated timers', () => {
  const text = renderDrill(judgeCollected(collected(plan, ...crashed), null), {
    colour: false,
    width: Number.POSITIVE_INFINITY,
  });
  expect(text).toMatch(/^zone-redundant-sticky lost 1 of 3 carts\.\n/);
  expect(text).toContain('Collected from the logs of a load test at https://shop.contoso.com.');
  expect(text).not.toMatch(/emulated|times as fast/i);
});
