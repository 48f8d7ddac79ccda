import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApplicationGateway, startApplicationGateway } from '../../../drill/frontends/applicationGateway';
import { probeHeader } from '../../../drill/frontends/originHealth';
import { createPlatformClock } from '../../../drill/platform/clock';
import { agent, answered, type FakeBackend, setCookies, startBackend, visitor } from '../../support/drill/backends';
import { until } from '../../support/until';

let backend: FakeBackend;
let gateway: ApplicationGateway;
afterEach(async () => {
  await gateway.close();
  await backend.close();
});

const probe = { path: '/healthz', intervalSeconds: 30, unhealthyThreshold: 3 };

async function start(affinity: boolean, hostPreserved: boolean): Promise<ApplicationGateway> {
  backend = await startBackend('a');
  const backendHost = 'shop-app.azurewebsites.net';
  const settings = { affinity, backendPort: backend.port, backendHost, hostPreserved, probe, agent };
  gateway = await startApplicationGateway(settings);
  return gateway;
}

test('a preserved host reaches the app, an overridden one is replaced and kept in X-Original-Host', async () => {
  await visitor((await start(false, true)).port).send('GET', '/');
  expect(backend.seen[0]).toMatchObject({ host: 'shop.example' });
  await gateway.close();
  await backend.close();
  await visitor((await start(false, false)).port).send('GET', '/');
  expect(backend.seen[0]).toMatchObject({ host: 'shop-app.azurewebsites.net', 'x-original-host': 'shop.example' });
});

test('affinity on sets both cookies once; the cross-site one is Secure', async () => {
  const { port } = await start(true, true);
  const cookies = await setCookies(port);
  expect(cookies.map((cookie) => cookie.replace(/=[0-9a-f]+/, '='))).toEqual([
    'ApplicationGatewayAffinityCORS=; Path=/; SameSite=None; Secure',
    'ApplicationGatewayAffinity=; Path=/',
  ]);
  const cookie = cookies.map((text) => text.split(';')[0]).join('; ');
  expect(await setCookies(port, { cookie })).toEqual([]);
});

test('affinity off sets no cookie', async () => {
  expect(await setCookies((await start(false, true)).port)).toEqual([]);
});

test('a backend that does not answer is a 502', async () => {
  const { port } = await start(false, true);
  await backend.close();
  expect(answered(await visitor(port).send('GET', '/')).status).toBe(502);
});

test('an app that is slower than `request_timeout` is answered 504 for; a faster one is not', async () => {
  const slow = createServer((_request, response) => void setTimeout(() => response.end('late'), 150));
  await new Promise<void>((resolve) => void slow.listen(0, '127.0.0.1', resolve));
  const { port } = slow.address() as AddressInfo;
  const settings = { affinity: false, backendPort: port, backendHost: 'a', hostPreserved: true, probe: null, agent };
  backend = await startBackend('a');
  gateway = await startApplicationGateway({ ...settings, timeoutSeconds: 0.05 });
  expect(answered(await visitor(gateway.port).send('GET', '/')).status).toBe(504);
  await gateway.close();
  gateway = await startApplicationGateway({ ...settings, timeoutSeconds: 30 });
  expect(answered(await visitor(gateway.port).send('GET', '/'))).toMatchObject({ status: 200, body: 'late' });
  slow.close();
});

test('three failed probes in a row make the backend unhealthy, a good one brings it back, and both are noted in Azure’s time', async () => {
  const { port } = await start(false, true);
  const clock = createPlatformClock(3000);
  const statuses: number[] = [];
  backend.answerWith(() => {
    const status = statuses.length < 4 ? 503 : 200;
    statuses.push(status);
    return status;
  });
  gateway.beginProbes(clock, 0.5);
  clock.begin();
  await until('four probes have failed', () => statuses.length >= 4);
  await until('the gateway is back', () => clock.notes.length === 1);
  clock.stop();
  // At 15, 45, 75 and 105 s they failed; the fifth, at 135 s, was good.
  expect(clock.notes[0]).toMatchObject({ azureSecond: 135 });
  expect(answered(await visitor(port).send('GET', '/')).status).toBe(200);
});

test('while no backend is healthy the gateway answers 502 by itself', async () => {
  const { port } = await start(false, true);
  const clock = createPlatformClock(3000);
  backend.answerWith(() => 503);
  gateway.beginProbes(clock, 0);
  clock.begin();
  await until('three probes have failed', () => backend.seen.length >= 3);
  await until('it answers by itself', async () => answered(await visitor(port).send('GET', '/')).status === 502);
  clock.stop();
  // A probe may still be on its way.
  const asked = (): number => backend.seen.filter((headers) => !(probeHeader in headers)).length;
  const before = asked();
  expect(answered(await visitor(port).send('GET', '/')).status).toBe(502);
  expect(asked()).toBe(before);
});

test.each<[string, object, number, boolean]>([
  ['a status among its codes', { statusCodes: ['200', '404-410'] }, 404, true],
  ['a status between its codes', { statusCodes: ['200', '404-410'] }, 403, false],
  ['what the platform takes by default', {}, 399, true],
  ['nothing beyond', {}, 400, false],
  ['no redirect to HTTPS where only 200 counts', { redirected: true, statusCodes: ['200'] }, 200, false],
])('a probe takes for healthy %s', async (_what, settings, status, healthy) => {
  backend = await startBackend('a');
  backend.answerWith(() => status);
  gateway = await startApplicationGateway({
    ...{ affinity: false, hostPreserved: true, backendPort: backend.port, backendHost: 'app.azurewebsites.net', agent },
    probe: { path: '/healthz', intervalSeconds: 30, unhealthyThreshold: 1, ...settings },
  });
  const clock = createPlatformClock(3000);
  let probed = 0;
  clock.every(1, 30, () => void probed++);
  gateway.beginProbes(clock, 0);
  clock.begin();
  await until('it has probed twice', () => probed >= 3);
  clock.stop();
  const { status: got } = answered(await visitor(gateway.port).send('GET', '/'));
  expect(got === 502).toBe(!healthy);
});
