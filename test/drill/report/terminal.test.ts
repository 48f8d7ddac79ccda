import type { CompletedRun, DrillRun } from '../../../drill/report/result';
import { renderDrill } from '../../../drill/report/terminal';
import { notApplicable, notAssessed, reportOf, run } from '../../support/drill/sample';

const plain = { colour: false, width: 120 };
const unwrapped = { colour: false, width: Number.POSITIVE_INFINITY };
const render = (...runs: readonly DrillRun[]): string => renderDrill(reportOf(runs), plain);

test('reads, as a whole, like this', () => {
  const control: CompletedRun = {
    ...{ ...run, variant: 'zone-redundant', fault: 'none', cartsLost: 0 },
    expected: { cartsLost: 0, source: 'Carts live in Redis.' },
  };
  expect(render(run, control, notApplicable)).toMatchInlineSnapshot(`
    "2 runs: every shopper found exactly what the facts predict for that shopper. 1 of 3 cannot apply.

    ✓ single-zone, instance-crash: 30 of 60 shoppers lost their cart, exactly as expected.
      Carts live in process.
    ✓ zone-redundant, none: none of 60 shoppers lost a cart, exactly as expected.
      Carts live in Redis.
    - sealed, redis-outage: not drilled: there is no Redis: sessions live elsewhere.

    variant        fault            carts lost adds lost stale failed API failed recovery skew
    single-zone    instance-crash 30 (30 exp.)         0   180  1/653      1/114    0.2 s 2.00
    zone-redundant none             0 (0 exp.)         0   180  1/653      1/114    0.2 s 2.00
    sealed         redis-outage   not applicable

    Real: the shop (a process per declared instance), redis-server with its replica, every request. Emulated: App Service’s
    front end with its health check, Application Gateway, Front Door, geo-replication between regions.
    Timers (health check, probes, promotion) run 60 times as fast as Azure’s; processes and TCP do not. So recovery has two
    parts that must not be added up: “s Azure” is what the timers take in Azure, the rest is what this machine took.
    An instance that is gone stays in rotation until health check takes it out, and health check and Front Door’s samples
    begin at a moment that the seed draws: failed requests are an upper bound of that time. Where only a replacement ends
    the outage, they are those of its first minutes.
    “carts lost”, “adds lost”, “stale”: acknowledged, and not found. “failed”: before retries. “skew”: the busiest
    instance’s share of the audit over the even share.
    Seed 7 repeats this drill: the same carts in the same places, the same victims, the same verdicts. How many requests
    meet the fault depends on the machine.
    none: nothing breaks (the control).
    instance-crash: one instance is gone; health check takes it out of rotation, then another stands in its place.
    redis-outage: Redis of one region is out of reach for 60 s and keeps its data."
  `);
});

test('the verdict comes first, and a drill without runs is not a good verdict', () => {
  expect(render(run).split('\n')[0]).toBe(
    '1 run: every shopper found exactly what the facts predict for that shopper.',
  );
  expect(render(notApplicable).split('\n')[0]).toContain('Not assessed: none of 1 run could be drilled.');
  expect(render()).toBe('Nothing was drilled: no variant and fault were given.');
});

test('a run that could not be completed is counted in the verdict and shown with its reason', () => {
  const text = render(run, notAssessed);
  expect(text.split('\n')[0]).toContain('1 run could not be completed.');
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
  expect(said(alone)).toContain('by hand');
});
