import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ping, pingHeaders } from '../../../drill/fleet/instance';
import { planFleet } from '../../../drill/plan/fleetPlan';
import { createPlatformClock } from '../../../drill/platform/clock';
import { createHealthCheck, type HealthCheckSettings, isHealthyAnswer } from '../../../drill/platform/healthCheck';
import { architecture } from '../../support/drill/architectures';

/** Three instances by default. Those in `sick` do not answer. A minute takes 20 ms. */
async function after(
  minutes: number,
  options: {
    readonly instances?: number;
    readonly sick: readonly string[];
    readonly healedAt?: number;
    /** From when on none answers. */
    readonly allSickAt?: number;
    readonly settings?: Partial<HealthCheckSettings> | null;
  },
) {
  const clock = createPlatformClock(3000);
  const instances = Array.from({ length: options.instances ?? 3 }, (_, index) => ({ key: `i${index + 1}` }));
  const sick = new Set(options.sick);
  const settings =
    options.settings === null
      ? null
      : { path: '/healthz', evictionMinutes: 2, maxUnhealthyPercent: 50, ...options.settings };
  const pinged: string[] = [];
  const health = createHealthCheck({
    ...{ clock, settings, listed: () => instances },
    ping: async ({ key }, path) => {
      pinged.push(path);
      return !sick.has(key);
    },
  });
  const fates = new Map<string, string>();
  for (const instance of instances) void health.fate(instance).then((fate) => fates.set(instance.key, fate));
  if (options.healedAt !== undefined) clock.at(options.healedAt, () => sick.clear());
  if (options.allSickAt !== undefined) {
    clock.at(options.allSickAt, () => {
      for (const { key } of instances) sick.add(key);
    });
  }
  health.begin(0);
  clock.begin();
  await clock.wait(minutes * 60 - 30);
  clock.stop();
  const inRotation = health.inRotation().map(({ key }) => key);
  return {
    inRotation,
    fates: Object.fromEntries(fates),
    pings: pinged.length,
    notes: clock.notes.map(({ azureSecond }) => azureSecond),
  };
}

test('an instance leaves rotation with as many failed pings as the facts say, a minute apart', async () => {
  expect((await after(1, { sick: ['i2'] })).inRotation).toEqual(['i1', 'i2', 'i3']);
  const second = await after(2, { sick: ['i2'] });
  expect(second).toMatchObject({ inRotation: ['i1', 'i3'], fates: { i2: 'evicted' }, notes: [60] });
  expect((await after(4, { sick: ['i2'], settings: { evictionMinutes: 5 } })).inRotation).toHaveLength(3);
  expect((await after(5, { sick: ['i2'], settings: { evictionMinutes: 5 } })).inRotation).toHaveLength(2);
});

test('at most the share that may be unhealthy leaves, rounded down', async () => {
  expect(await after(3, { sick: ['i1', 'i2'] })).toMatchObject({
    ...{ inRotation: ['i2', 'i3'], fates: { i1: 'evicted', i2: 'kept' } },
  });
  expect((await after(3, { instances: 4, sick: ['i1', 'i2', 'i3'] })).inRotation).toEqual(['i3', 'i4']);
  expect(
    (await after(3, { instances: 4, sick: ['i1', 'i2', 'i3'], settings: { maxUnhealthyPercent: 75 } })).inRotation,
  ).toEqual(['i4']);
});

test('if all are unhealthy none leaves; a single instance never does', async () => {
  expect((await after(3, { sick: ['i1', 'i2', 'i3'] })).inRotation).toHaveLength(3);
  expect(await after(3, { instances: 1, sick: ['i1'] })).toMatchObject({ inRotation: ['i1'], fates: { i1: 'kept' } });
});

test('if the others become unhealthy after one was taken out, that one is back in rotation with them', async () => {
  expect((await after(4, { sick: ['i1'], allSickAt: 100 })).inRotation).toEqual(['i1', 'i2', 'i3']);
});

test('one that is out is still pinged, and returns with its first good answer', async () => {
  expect((await after(4, { sick: ['i2'], healedAt: 200 })).inRotation).toHaveLength(2);
  expect((await after(5, { sick: ['i2'], healedAt: 200 })).inRotation).toHaveLength(3);
});

test('switched off, no instance is pinged and none leaves', async () => {
  expect(await after(3, { sick: ['i2'], settings: null })).toMatchObject({
    ...{ inRotation: ['i1', 'i2', 'i3'], fates: { i2: 'unchecked' }, pings: 0 },
  });
});

test.each<[number | string, boolean]>([
  [200, true],
  [204, true],
  [299, true],
  [199, false],
  [300, false],
  [301, false],
  [302, false],
  [404, false],
  [503, false],
  ['ECONNREFUSED', false],
])('a ping that is answered %s is healthy: %s', (answer, healthy) => {
  expect(isHealthyAnswer(answer)).toBe(healthy);
});

test('a ping asks for the default domain, over HTTPS only where the app serves nothing else: other redirects make it unhealthy', async () => {
  const plan = planFleet(architecture());
  if ('notApplicable' in plan) throw new Error(plan.notApplicable);
  const [region] = plan.regions;
  expect(region).toMatchObject({ isHttpsOnly: true, defaultHost: 'sample-swedencentral.azurewebsites.net' });
  if (!region) return;
  const wanted = { host: region.defaultHost, 'x-forwarded-proto': 'https' };
  const app = createServer(({ headers }, response) => {
    const fits = headers.host === wanted.host && headers['x-forwarded-proto'] === wanted['x-forwarded-proto'];
    response.writeHead(fits ? 200 : 301).end();
  });
  await new Promise<void>((resolve) => void app.listen(0, '127.0.0.1', resolve));
  const { port } = app.address() as AddressInfo;
  const { signal } = new AbortController();
  expect(await ping(port, '/', signal, pingHeaders(region))).toBe(200);
  expect(await ping(port, '/', signal, pingHeaders({ ...region, isHttpsOnly: false }))).toBe(301);
  wanted.host = 'shop.example';
  expect(await ping(port, '/', signal, pingHeaders(region))).toBe(301);
  await new Promise((resolve) => app.close(resolve));
});
