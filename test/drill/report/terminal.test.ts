import { renderDrill } from '../../../drill/report/terminal';
import type { CompletedRun, DrillResult } from '../../../drill/result';

const run: CompletedRun = {
  variant: 'single-zone',
  fault: 'instance-crash',
  shoppers: 60,
  cartsLost: 30,
  cartsResurrected: 0,
  writesAcknowledged: 182,
  writesLost: 0,
  staleReads: 180,
  requests: 653,
  requestsFailed: 1,
  apiRequests: 114,
  apiRequestsFailed: 1,
  platformSeconds: 0,
  measuredSeconds: 0.24,
  loadSkew: 2,
  expected: { cartsLost: 30, source: 'Carts live in process.' },
  met: true,
};
const notApplicable = {
  variant: 'sealed',
  fault: 'none',
  notApplicable: 'the shop has no sealed-cookie store yet',
} as const;

const render = (...runs: DrillResult['runs']): string =>
  renderDrill({ timeScale: 60, seed: 7, runs }, { colour: false });

test('reads, as a whole, like this', () => {
  const control: CompletedRun = {
    ...run,
    variant: 'zone-redundant',
    fault: 'none',
    cartsLost: 0,
    expected: { cartsLost: 0, source: 'Carts live in Redis.' },
  };
  expect(render(run, control, notApplicable)).toMatchInlineSnapshot(`
    "2 runs: the shoppers who lost a cart are exactly those predicted. 1 of 3 could not be drilled.

    ✓ single-zone, instance-crash: 30 of 60 shoppers lost their cart, exactly as expected.
      Carts live in process.
    ✓ zone-redundant, none: none of 60 shoppers lost a cart, exactly as expected.
      Carts live in Redis.
    - sealed, none: not drilled: the shop has no sealed-cookie store yet.

    variant         fault           carts lost  expected  adds lost  stale  failed  API failed  recovery  skew
    single-zone     instance-crash    30 of 60        30      0/182    180   1/653       1/114     0.2 s  2.00
    zone-redundant  none               0 of 60         0      0/182    180   1/653       1/114     0.2 s  2.00
    sealed          none            not applicable

    none: nothing breaks (the control).
    instance-crash: one instance is killed; the platform starts another in its place.
    Real: the shop (a process per declared instance), Redis, every request. Emulated: App Service’s front end, Application
    Gateway, Front Door. "stale": answers that miss an acknowledged add; "failed": before retries; "skew": the busiest
    instance’s share of the audit over the even share.
    Time scale 60: it shortens the platform’s timers, and none is emulated yet (health check eviction, Front Door’s
    probes), so recovery is what a process start takes on this machine. Azure also has to notice.
    Not emulated yet: a zone or region failing, Redis failing over or replicating. Seed 7 repeats this drill."
  `);
});

test('the verdict comes first, and nothing drilled is no good verdict', () => {
  expect(render(run).split('\n')[0]).toBe('1 run: the shoppers who lost a cart are exactly those predicted.');
  expect(render(notApplicable).split('\n')[0]).toBe('Not assessed: none of 1 run could be drilled.');
  expect(render()).toBe('Nothing was drilled: no variant and fault were given.');
});

test('a run outside its expectation is flagged, also if only the shoppers differ and the number fits', () => {
  const off = render({ ...run, cartsLost: 31, met: false });
  expect(off.split('\n')[0]).toContain('1 of 1 run did not go as predicted');
  expect(off).toContain(
    '✗ single-zone, instance-crash: 31 of 60 shoppers lost their cart, NOT as expected: 30 should have.',
  );
  expect(render({ ...run, met: false })).toContain('NOT as expected: the number fits, the shoppers do not.');
});

test('carts that came back, and adds that vanished, are said', () => {
  const text = render({
    ...run,
    fault: 'none',
    cartsResurrected: 12,
    writesLost: 1,
  });
  expect(text).toContain('30 of 60 shoppers lost their cart although nothing broke (12 saw it again at the next look)');
  expect(text).toContain('1 acknowledged add vanished from other carts');
});

test('the two parts of recovery are never summed', () => {
  expect(render({ ...run, platformSeconds: 120 })).toContain('120 s Azure + 0.2 s');
});

test('colour only on demand', () => {
  const controlCode = String.fromCharCode(27);
  expect(render(run)).not.toContain(controlCode);
  expect(renderDrill({ timeScale: 60, seed: 7, runs: [run] }, { colour: true })).toContain(controlCode);
});

test('fits a terminal of 120 columns with the longest variant name', () => {
  const lines = render({
    ...run,
    variant: 'multi-region-active-passive',
  }).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
});
