import { type FrontDoorEdge, isCacheable, originPool, startFrontDoorEdge } from '../../../drill/frontends/frontDoor';
import { otherRegionLatencyMs } from '../../../drill/plan/assumptions';
import { createPlatformClock } from '../../../drill/platform/clock';
import { agent, answered, type FakeBackend, setCookies, startBackend, visitor } from '../../support/drill/backends';

const origin = (region: string, priority: number) => ({ region, priority });

describe('the origins that an edge chooses among', () => {
  const active = [origin('north', 1), origin('south', 1)];

  test('a window of 0 leaves the fastest only', () => {
    expect(originPool(active, 'south', 0)).toEqual([origin('south', 1)]);
  });

  test.each([
    [otherRegionLatencyMs - 1, ['north']],
    [otherRegionLatencyMs, ['north', 'south']],
  ])('a window of %i ms leaves %j', (windowMs, regions) => {
    expect(originPool(active, 'north', windowMs).map(({ region }) => region)).toEqual(regions);
  });

  test('priority comes before latency: the standby gets nothing, also from its own neighbourhood', () => {
    expect(originPool([origin('north', 1), origin('south', 2)], 'south', 1000)).toEqual([origin('north', 1)]);
  });

  test('no origin is an error', () => {
    expect(() => originPool([], 'north', 0)).toThrow('`origins` must hold at least one origin, got: none.');
  });
});

const probe = { path: '/healthz', intervalSeconds: 30, sampleSize: 4, successfulSamplesRequired: 3 };

describe('an edge in front of two regions', () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
    backends.splice(0);
    changes.splice(0);
  });

  async function edge(affinity: boolean, weights: readonly [number, number], cacheControl = 'no-store') {
    const origins = [];
    for (const [index, region] of ['north', 'south'].entries()) {
      const backend = await startBackend(region, { 'cache-control': cacheControl });
      open.push(backend);
      backends.push(backend);
      origins.push({ region, port: backend.port, host: `${region}.example`, priority: 1, weight: weights[index] ?? 1 });
    }
    const settings = { latencyWindowMs: 1000, edge: 'north', hostPreserved: true, probe, agent, seed: 1 };
    const hop = await startFrontDoorEdge({ ...settings, affinity, origins, onChange });
    open.push(hop);
    last = hop;
    return hop.port;
  }
  const backends: FakeBackend[] = [];
  const changes: string[] = [];
  let last: FrontDoorEdge;
  const onChange = (region: string, healthy: boolean, second: number): void =>
    void changes.push(`${region} ${healthy ? 'healthy' : 'unhealthy'} at ${second}`);

  async function regionsOf(port: number, requests: number): Promise<(string | null)[]> {
    const client = visitor(port);
    const met = [];
    for (let i = 0; i < requests; i++) met.push(answered(await client.send('GET', '/')).instance);
    return met;
  }

  test('inside the window, affinity off moves a client between regions and affinity on does not', async () => {
    expect(new Set(await regionsOf(await edge(false, [1, 1]), 30)).size).toBe(2);
    expect(new Set(await regionsOf(await edge(true, [1, 1]), 30)).size).toBe(1);
  });

  test('weights share the requests', async () => {
    const met = await regionsOf(await edge(false, [900, 100]), 100);
    const north = met.filter((region) => region === 'north').length;
    expect(north).toBeGreaterThan(75);
    expect(north).toBeLessThan(100);
  });

  test('the affinity cookies are ASLBSA and ASLBSACORS, and a cacheable answer gets none', async () => {
    const cookies = await setCookies(await edge(true, [1, 1]));
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['ASLBSA', 'ASLBSACORS']);
    expect(await setCookies(await edge(true, [1, 1], 'public, max-age=60'))).toEqual([]);
  });

  async function afterProbes(seconds: number, port: number): Promise<(string | null)[]> {
    const clock = createPlatformClock(3000);
    last.beginProbes(clock, 0.5);
    clock.begin();
    await clock.wait(seconds);
    clock.stop();
    return regionsOf(port, 12);
  }

  test('two bad samples of four take an origin out, and affinity to it no longer counts', async () => {
    const port = await edge(true, [1, 1]);
    const client = visitor(port);
    const bound = answered(await client.send('GET', '/')).instance;
    const lost = backends.find(({ id }) => id === bound);
    lost?.answerWith(() => 500);
    const others = new Set(await afterProbes(60, port));
    expect(changes).toEqual([`${bound} unhealthy at 45`]);
    expect(others).not.toContain(bound);
    expect(answered(await client.send('GET', '/'))).toMatchObject({
      status: 200,
      instance: expect.not.stringMatching(bound ?? ''),
    });
  });

  test('only 200 is a good sample: 204 and a redirect take an origin out too', async () => {
    const port = await edge(false, [1, 1]);
    backends[0]?.answerWith(() => 204);
    backends[1]?.answerWith(() => 302);
    await afterProbes(60, port);
    expect(changes).toEqual(['north unhealthy at 45', 'south unhealthy at 45']);
  });

  test('an origin that answers again is back with the third good sample of four', async () => {
    await edge(false, [1, 1]);
    let samples = 0;
    backends[0]?.answerWith(() => (samples++ < 2 ? 500 : 200));
    const clock = createPlatformClock(3000);
    last.beginProbes(clock, 0);
    clock.begin();
    await clock.wait(200);
    clock.stop();
    expect(changes).toEqual(['north unhealthy at 30', 'north healthy at 120']);
  });

  test('if every origin is unhealthy, requests go to all of them in turn', async () => {
    const port = await edge(false, [1000, 1]);
    for (const backend of backends) backend.answerWith(() => 500);
    const met = await afterProbes(60, port);
    expect(met.filter((region) => region === 'north')).toHaveLength(6);
  });
});

test.each([
  ['GET', 200, 'public, max-age=60', true],
  ['GET', 200, undefined, true],
  ['GET', 200, 'no-store', false],
  ['GET', 302, undefined, false],
  ['POST', 200, undefined, false],
])('%s answered %i with cache-control %s: cacheable is %s', (method, status, control, cacheable) => {
  expect(isCacheable(method, status, control === undefined ? {} : { 'cache-control': control })).toBe(cacheable);
});
