import { Agent } from 'node:http';
import { startAppService } from '../../drill/frontends/appService';
import { startFrontDoorEdge } from '../../drill/frontends/frontDoor';
import type { Hop } from '../../drill/frontends/hop';
import type { Backend } from '../../drill/frontends/rotation';
import { createPlatformClock } from '../../drill/platform/clock';
import { until } from '../support/until';
import { bundledShop } from './bundled';
import { type Running, runNode } from './process';
import { listenTo, type StockStream } from './stockClient';

interface Instance extends Backend {
  readonly shop: Running;
}

const agent = new Agent({ keepAlive: true });
const hops: Hop[] = [];
afterEach(async () => {
  for (const hop of hops.splice(0)) await hop.close();
});
afterAll(() => agent.destroy());

async function startInstance(letter: string): Promise<Instance> {
  // It drains for longer than the test takes, so that what happens while it drains depends on no timing.
  const shop = runNode([await bundledShop()], {
    PORT: '0',
    WEBSITE_INSTANCE_ID: letter.repeat(64),
    SHUTDOWN_GRACE_SECONDS: '60',
    SHUTDOWN_LINGER_SECONDS: '59',
  });
  const [id, port] = [letter.repeat(64), await shop.port()];
  return { id, key: letter, port, alive: () => shop.child.exitCode === null, shop };
}

/** App Service's front end before these instances. What it returns may be changed while it runs. */
async function frontEnd(backends: Instance[]) {
  const state = { affinity: true, backends };
  const hop = await startAppService({
    get affinity() {
      return state.affinity;
    },
    backends: () => state.backends,
    agent,
    seed: 1,
  });
  hops.push(hop);
  return { state, hop, url: `http://127.0.0.1:${hop.port}` };
}

const begun = (stream: StockStream) => until('the stream has begun', () => stream.events.length > 0);
const lastOf = ({ events }: StockStream): number => Number(events.at(-1)?.id);

/** What an EventSource has after it came back: every change once, in its order. */
function expectNothingMissed(...streams: readonly StockStream[]): void {
  const ids = streams.flatMap(({ events }) => events.map(({ id }) => id));
  expect(ids).toEqual(ids.map((_, index) => Number(ids[0]) + index));
}

test('a drain: the stream ends with a hint, the draining instance sends the client away again, and the next one goes on where it was', async () => {
  const [a, b] = await Promise.all([startInstance('a'), startInstance('b')]);
  const { state, url } = await frontEnd([a, b]);
  const pinned = `ARRAffinity=${a.id}`;
  const first = await listenTo(url, undefined, pinned);
  await begun(first);
  a.shop.child.kill('SIGTERM');
  expect(await first.ended).toBe(true);
  expect(first.retries).toHaveLength(2);
  // Affinity still leads to it.
  const sentAway = await listenTo(url, lastOf(first), pinned);
  expect([await sentAway.ended, sentAway.response.status, sentAway.events.length, sentAway.retries.length]).toEqual([
    true,
    200,
    0,
    1,
  ]);
  state.backends = [b];
  const second = await listenTo(url, lastOf(first), pinned);
  await until('it goes on', () => second.events.length > 1);
  expect(second.response.headers.get('x-drill-process')).toBe('b');
  expectNothingMissed(first, second);
  await second.hangUp();
});

test('affinity is turned off: an open stream stays where it is, and the next goes anywhere and misses nothing', async () => {
  const [a, b] = await Promise.all([startInstance('a'), startInstance('b')]);
  const { state, url } = await frontEnd([a, b]);
  const first = await listenTo(url, undefined, `ARRAffinity=${a.id}`);
  await begun(first);
  state.affinity = false;
  const seen = first.events.length;
  await until('a change comes on the open stream', () => first.events.length > seen);
  expect(first.response.headers.get('x-drill-process')).toBe('a');
  // The open one counts as outstanding at a, so without affinity the next goes to b, cookie or not.
  const second = await listenTo(url, lastOf(first), `ARRAffinity=${a.id}`);
  await begun(second);
  expect(second.response.headers.get('x-drill-process')).toBe('b');
  expect(second.events[0]?.event).toBe('change');
  await Promise.all([first.hangUp(), second.hangUp()]);
});

test('a region is lost: the stream is cut, the way back answers an error until Front Door has left, and then the other region goes on', async () => {
  const [north, south] = await Promise.all([startInstance('a'), startInstance('b')]);
  const [northern, southern] = [await frontEnd([north]), await frontEnd([south])];
  let left = false;
  const edge = await startFrontDoorEdge({
    ...{ affinity: true, hostPreserved: true, latencyWindowMs: 0, edge: 'north', agent, seed: 1 },
    origins: [
      { region: 'north', port: northern.hop.port, host: 'north.example', priority: 1, weight: 500 },
      { region: 'south', port: southern.hop.port, host: 'south.example', priority: 1, weight: 500 },
    ],
    probe: { path: '/healthz', intervalSeconds: 30, sampleSize: 4, successfulSamplesRequired: 3 },
    onChange: (region, healthy) => {
      left ||= region === 'north' && !healthy;
    },
  });
  hops.push(edge);
  const url = `http://127.0.0.1:${edge.port}`;
  const first = await listenTo(url);
  await begun(first);
  expect(first.response.headers.get('x-drill-process')).toBe('a');
  northern.hop.goDark(true);
  expect(await first.ended).toBe(false);
  // An EventSource gives up at this status; the page has to open another one.
  const tooEarly = await listenTo(url, lastOf(first));
  expect(tooEarly.response.status).toBe(502);
  const clock = createPlatformClock(3000);
  edge.beginProbes(clock, 0.5);
  clock.begin();
  await until('Front Door has left the region', () => left);
  clock.stop();
  const second = await listenTo(url, lastOf(first));
  await until('it goes on', () => second.events.length > 1);
  expect(second.response.headers.get('x-drill-process')).toBe('b');
  expectNothingMissed(first, second);
  await second.hangUp();
});
