import { startApplicationGateway } from '../../../drill/frontends/applicationGateway';
import type { Hop } from '../../../drill/frontends/hop';
import { agent, answered, type FakeBackend, setCookies, startBackend, visitor } from './backends';

let backend: FakeBackend;
let gateway: Hop;
afterEach(async () => {
  await gateway.close();
  await backend.close();
});

async function start(affinity: boolean, hostPreserved: boolean): Promise<Hop> {
  backend = await startBackend('a');
  const backendHost = 'shop-app.azurewebsites.net';
  gateway = await startApplicationGateway({ affinity, backendPort: backend.port, backendHost, hostPreserved, agent });
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
