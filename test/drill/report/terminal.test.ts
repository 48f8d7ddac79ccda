import { join } from 'node:path';
import { headline } from '../../../drill/report/headline';
import type { CompletedRun, DrillRun } from '../../../drill/report/result';
import { renderDrill } from '../../../drill/report/terminal';
import { verdictOf } from '../../../drill/report/verdict';
import { everyKind, manyRuns, notApplicable, notAssessed, reportOf, run } from '../../support/drill/sample';
import { expectGolden } from '../../support/golden';

const plain = { colour: false, width: 120 };
const unwrapped = { colour: false, width: Number.POSITIVE_INFINITY };
const render = (...runs: readonly DrillRun[]): string => renderDrill(reportOf(runs), plain);

const golden = (name: string) => join(__dirname, 'golden', name);

test.each([80, 120])('reads, as a whole, like this at %i columns, and no line is longer', (width) => {
  for (const [name, report] of [
    ['drill', everyKind],
    ['matrix', manyRuns],
  ] as const) {
    const text = renderDrill(report, { ...plain, width });
    expect(text.split('\n').filter((line) => line.length > width)).toEqual([]);
    expectGolden(golden(`${name}-${width}.txt`), text);
  }
});

test('what goes into a pipe or a file keeps its tables, however long their lines are', () => {
  const text = renderDrill(manyRuns, { ...plain, width: 80, tableWidth: Number.POSITIVE_INFINITY });
  expect(text).toMatch(/^variant +fault +carts lost +adds lost/m);
});

test('what it cost comes first, then the verdict, and a drill without runs is not a good verdict', () => {
  expect(render(run).split('\n').slice(0, 2)).toEqual([
    'One crash costs 30 of 60 carts in single-zone.',
    '1 run: every shopper found exactly what the facts predict for that shopper.',
  ]);
  expect(render(notApplicable).split('\n')[0]).toContain('Not assessed: none of 1 run could be drilled.');
  expect(render()).toBe('Nothing was drilled: no variant and fault were given.');
});

test('a run that could not be completed is counted in the verdict and shown with its reason', () => {
  const text = render(run, notAssessed);
  expect(text.split('\n')[1]).toContain('1 run could not be completed.');
  expect(text).toContain('✗ sealed, none: NOT ASSESSED: node ended before it was ready (code 3)');
});

test('a run outside its expectation is flagged, also if only the shoppers differ and the number fits', () => {
  const off = render({ ...run, cartsLost: 31, met: false });
  expect(off.split('\n')[0]).toContain('1 of 1 run did not go as predicted');
  expect(off).toContain(
    '✗ single-zone, instance-crash: 31 of 60 shoppers lost their cart, NOT as expected: 30 should have.',
  );
  const surprises = ['shopper 3: 1 acknowledged add is gone'];
  const text = renderDrill(reportOf([{ ...run, met: false }], { surprises }), unwrapped);
  expect(text).toContain('NOT as expected: the number of carts fits, something else does not.');
  expect(text).toContain('Surprises: shopper 3: 1 acknowledged add is gone.');
});

test('carts that came back, adds that vanished, and adds gone again at the return are said', () => {
  const runs = [{ ...run, fault: 'none' as const, cartsResurrected: 12, writesLost: 1 }];
  const text = renderDrill(reportOf(runs, { writesLostAtReturn: 2 }), unwrapped);
  expect(text).toContain('30 of 60 shoppers lost their cart although nothing broke (12 saw it again at the next look)');
  expect(text).toContain('1 acknowledged add vanished from other carts');
  expect(text).toContain('2 adds made while the region was away are gone again since it is back.');
});

test('recovery is “people” where nothing in Azure takes over, and only then that is explained', () => {
  const text = renderDrill(reportOf([{ ...run, outageSeconds: null }]), unwrapped);
  expect(text).toMatch(/^single-zone +instance-crash .* people +2\.00$/m);
  expect(text).toContain('“people”: nothing in Azure takes over');
  expect(render(run)).not.toContain('people');
});

describe('the first sentence', () => {
  const crash = (variant: string, cartsLost: number) => ({ ...run, variant, cartsLost });
  test.each([
    [
      'names the variant that lost most and the one that lost least',
      [crash('b', 20), crash('a', 30), crash('c', 0)],
      'One crash costs 30 of 60 carts in a; c loses none.',
    ],
    [
      'compares nothing where all lost the same',
      [crash('a', 30), crash('b', 30)],
      'One crash costs 30 of 60 carts in a.',
    ],
    [
      'passes over a failure that cost nothing',
      [crash('a', 0), { ...crash('a', 60), fault: 'zone-loss' as const }],
      'The loss of a zone costs 60 of 60 carts in a.',
    ],
    [
      'calls another fault by its name',
      [{ ...crash('a', 60), fault: 'deploy' as const }],
      'Under deploy, a loses 60 of 60 carts.',
    ],
    ['says where nothing was lost', [crash('a', 0), crash('b', 0)], 'No cart was lost in a, b under instance-crash.'],
    [
      'counts single adds',
      [{ ...crash('a', 0), writesLost: 5 }],
      'No cart was lost in a under instance-crash; 5 single adds were.',
    ],
    [
      'says so where carts are lost although nothing broke',
      [{ ...crash('a', 30), fault: 'none' as const }],
      'a loses 30 of 60 carts although nothing broke.',
    ],
    [
      'does not dress up a control',
      [{ ...crash('a', 0), fault: 'none' as const }],
      'No cart was lost in a while nothing broke.',
    ],
    [
      'is the verdict where a run surprised',
      [{ ...run, met: false }],
      '1 of 1 run did not go as predicted: do not rely on the figures before you know why.',
    ],
  ])('%s', (_, runs, sentence) => expect(headline({ runs })).toBe(sentence));
});

test('the two parts of recovery are never summed', () => {
  expect(render({ ...run, platformSeconds: 120 })).toContain('120 s Azure + 0.2 s');
});

test('many runs are shown as a matrix, and only those that went otherwise than predicted get sentences', () => {
  const variants = Array.from({ length: 20 }, (_, index) => ({
    ...run,
    variant: `v${index}`,
    met: index !== 3,
  }));
  const text = render(...variants);
  expect(text).toMatch(/^v4 +30$/m);
  expect(text).toMatch(/^v3 +✗ 30$/m);
  expect(text.match(/shoppers lost their cart/g)).toHaveLength(1);
});

test('app settings that did not reach the shop are named once, and only where there are some', () => {
  const own = renderDrill(reportOf([run, run], { ownSettings: ['SESSION_SECRET', 'REDIS_URL'] }), plain);
  expect(own.replace(/\s+/g, ' ')).toContain('have the drill’s own value or none: REDIS_URL, SESSION_SECRET.');
  expect(render(run)).not.toContain('App settings');
});

test('colour only on demand', () => {
  const controlCode = String.fromCharCode(27);
  expect(render(run)).not.toContain(controlCode);
  expect(renderDrill(reportOf([run]), { ...plain, colour: true })).toContain(controlCode);
});

test('the table fits a terminal of 120 columns with the longest variant name', () => {
  const wide = {
    ...run,
    variant: 'multi-region-active-passive',
    fault: 'instance-restart' as const,
    platformSeconds: 109,
  };
  const rows = render(wide)
    .split('\n')
    .filter((line) => line.startsWith(wide.variant));
  expect(Math.max(...rows.map((line) => line.length))).toBeLessThanOrEqual(120);
});

test('what is left until Azure replaces what is gone, and an outage that only a replacement ends, are said', () => {
  const crash: CompletedRun = { ...run, platformSeconds: 90, outageSeconds: 90, capacity: { left: 1, of: 2 } };
  const said = (each: CompletedRun): string => renderDrill(reportOf([each]), unwrapped);
  expect(said(crash)).toContain('1 instance of 2 is left until Azure replaces the rest: an hour later at the earliest');
  const only: CompletedRun = { ...crash, platformSeconds: 3600, outageSeconds: null, capacity: { left: 0, of: 1 } };
  expect(said(only)).toContain(
    'No instance of 1 is left, and requests go on failing until Azure replaces what is gone',
  );
  expect(said(only)).toContain('60 min or more');
  const region: CompletedRun = { ...crash, fault: 'region-loss' };
  expect(said(region)).toContain('1 instance of 2 is left until the region is back.');
  const alone: CompletedRun = { ...only, fault: 'region-loss', platformSeconds: 0 };
  expect(said(alone)).toContain('requests fail until people have deployed again.');
  expect(said(alone)).toMatch(/ people +2\.00$/m);
});

test('adds that the drill put inside the lag are said to be staged, and given as a rate with its assumption', () => {
  const lag = { staged: 10, shoppers: 60, lostASecond: 1, assumedAddsAMinute: 1 };
  expect(verdictOf({ ...run, lag }).reason).toBe(
    'Carts live in process. The drill put 10 adds there on purpose. As a rate, each second of lag costs 1.0 adds if each of the 60 shoppers of that Redis adds once a minute (assumed).',
  );
});

test('a region that people create again is not one that Azure replaces', () => {
  const away = { outageSeconds: null, platformSeconds: 300, capacity: { left: 0, of: 2 } };
  const reason = (fault: 'dns-stale' | 'instance-crash') => verdictOf({ ...run, ...away, fault }).reason;
  expect(reason('dns-stale')).toContain(
    'No instance of 2 is left, and requests fail until people have deployed again.',
  );
  expect(reason('instance-crash')).toContain('requests go on failing until Azure replaces what is gone');
});
