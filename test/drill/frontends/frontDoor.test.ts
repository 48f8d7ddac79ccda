import { isCacheable, originPool, otherRegionLatencyMs, startFrontDoorEdge } from '../../../drill/frontends/frontDoor';
import { agent, answered, setCookies, startBackend, visitor } from './backends';

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

describe('an edge in front of two regions', () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });

  async function edge(affinity: boolean, weights: readonly [number, number], cacheControl = 'no-store') {
    const origins = [];
    for (const [index, region] of ['north', 'south'].entries()) {
      const backend = await startBackend(region, { 'cache-control': cacheControl });
      open.push(backend);
      origins.push({ region, port: backend.port, host: `${region}.example`, priority: 1, weight: weights[index] ?? 1 });
    }
    const settings = { latencyWindowMs: 1000, edge: 'north', hostPreserved: true, agent, seed: 1 };
    const hop = await startFrontDoorEdge({ ...settings, affinity, origins });
    open.push(hop);
    return hop.port;
  }

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
