import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describeWithRedis } from '../support/redis';
import { until } from '../support/until';
import { bundledShop } from './bundled';
import { certificate, key } from './certificate';
import { runNode } from './process';
import { quantities, secret } from './shop';
import { newShopper } from './shopper';

let folder: string;
let bundle: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'steadystate-app-'));
  bundle = await bundledShop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const runBundle = (words: readonly string[] = [], variables: Record<string, string> = {}) =>
  runNode([bundle, ...words], { PORT: '0', ...variables }, folder);
const at = (port: number) => ({ url: `http://127.0.0.1:${port}` });
const onAppService = { WEBSITE_SITE_NAME: 'shop', SESSION_SECRET: secret, LISTEN_HOST: '127.0.0.1' };

describeWithRedis('`npm start redis` without a REDIS_URL', () => {
  test('starts a Redis of its own, says where, and ends it with the shop', async () => {
    const shop = runBundle(['redis']);
    const here = at(await shop.port());
    const shopper = newShopper();
    await shopper.post(here, { productId: 'anchor', quantity: 2 });
    expect(quantities(await shopper.cart(here))).toEqual({ anchor: 2 });
    const url = await until(
      'it says where its Redis is',
      () =>
        /^A (?:redis|valkey)-server was started for it at (redis:\/\/127\.0\.0\.1:\d+); it ends with the shop\.$/m.exec(
          shop.stdout(),
        )?.[1],
    );
    shop.child.kill('SIGINT');
    expect(await shop.exited).toBe(0);
    const { port } = new URL(url);
    await until('its Redis is gone', () =>
      fetch(`http://127.0.0.1:${port}`).then(
        () => false,
        (error) => error.cause?.code === 'ECONNREFUSED',
      ),
    );
  });
});

test('`npm start redis` without a REDIS_URL and without a Redis to start: one clear error, exit code 2', async () => {
  const shop = runBundle(['redis'], { PATH: folder });
  expect(await shop.exited).toBe(2);
  expect([shop.stderr(), shop.stdout()]).toEqual([
    '`REDIS_URL` must be set where neither redis-server nor valkey-server is on the PATH, got: nothing. ' +
      'Install one of them (Debian: apt install redis-server; macOS: brew install redis), point REDIS_URL to a Redis, ' +
      'or run `npm start memory`.\n',
    '',
  ]);
});

describe('on App Service', () => {
  test('/healthz names the package by the file that runs, without any setting', async () => {
    const shop = runBundle([], { ...onAppService, SESSION_STORE: 'cookie' });
    const here = at(await shop.port());
    const file = readFileSync(bundle);
    expect(await (await fetch(`${here.url}/healthz`)).json()).toMatchObject({
      package: createHash('sha256').update(file).digest('hex').slice(0, 12),
    });
    shop.child.kill('SIGTERM');
    await shop.exited;
  });

  test('each request is a line of JSON, and /healthz says which package runs', async () => {
    const shop = runBundle([], { ...onAppService, SESSION_STORE: 'cookie', PACKAGE_HASH: '3f2a91c0' });
    const here = at(await shop.port());
    expect(await (await fetch(`${here.url}/healthz`)).json()).toMatchObject({ status: 'ready', package: '3f2a91c0' });
    await fetch(`${here.url}/cart?x=hush`);
    const line = await until('the request is logged', () => /^\{.*"path":"\/cart".*\}$/m.exec(shop.stdout())?.[0]);
    expect(JSON.parse(line)).toMatchObject({
      method: 'GET',
      path: '/cart',
      route: '/cart',
      status: 200,
      level: 'info',
    });
    shop.child.kill('SIGTERM');
    expect(await shop.exited).toBe(0);
    // Two lines for people at the start, and all else is JSON, which is what a log reader then can count on.
    const said = shop.stdout().trim().split('\n').slice(2);
    expect(said.map((text) => JSON.parse(text).message).filter(Boolean)).toEqual([
      'SIGTERM: draining for at most 4 s.',
      'Drained.',
    ]);
    expect([shop.stderr(), shop.stdout().includes('hush')]).toEqual(['', false]);
  });

  test('REQUEST_LOG=off keeps it silent', async () => {
    const shop = runBundle([], { ...onAppService, REQUEST_LOG: 'off' });
    const here = at(await shop.port());
    await fetch(`${here.url}/cart`);
    shop.child.kill('SIGTERM');
    await shop.exited;
    expect(shop.stdout().trim().split('\n')).toHaveLength(2);
  });
});

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
};

test('with a connection string, requests arrive at Application Insights, from the bundle, at the latest at the end', async () => {
  const received: string[] = [];
  writeFileSync(join(folder, 'trusted.pem'), certificate);
  const ingestion = createServer({ key, cert: certificate }, async (request, response) => {
    received.push(await bodyOf(request));
    response.setHeader('content-type', 'application/json').end('{"itemsReceived":1,"itemsAccepted":1,"errors":[]}');
  });
  await new Promise<void>((done) => ingestion.listen(0, '127.0.0.1', done));
  const { port } = ingestion.address() as AddressInfo;
  const shop = runBundle([], {
    APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=0a1b2c3d-0000-4000-8000-0123456789ab;IngestionEndpoint=https://127.0.0.1:${port}/`,
    NODE_EXTRA_CA_CERTS: join(folder, 'trusted.pem'),
    WEBSITE_INSTANCE_ID: 'abc',
    ...onAppService,
  });
  const here = at(await shop.port());
  await fetch(`${here.url}/products/anchor`, { headers: { traceparent: `00-${'4'.repeat(32)}-${'5'.repeat(16)}-01` } });
  await fetch(`${here.url}/nowhere`);
  shop.child.kill('SIGTERM');
  expect([await shop.exited, shop.stderr()]).toEqual([0, '']);
  ingestion.close();
  const items = received.flatMap((body) => body.split('\n').flatMap((line) => JSON.parse(line)));
  const requests = items.filter(({ data }) => data.baseType === 'RequestData');
  expect(
    requests.map(({ data, tags }) => [
      tags['ai.operation.name'],
      data.baseData.responseCode,
      tags['ai.cloud.role'],
      tags['ai.cloud.roleInstance'],
    ]),
  ).toEqual([
    ['GET /products/:id', '200', 'shop', 'abc'],
    ['GET /nowhere', '404', 'shop', 'abc'],
  ]);
  // The caller's trace goes on.
  expect(requests[0].tags['ai.operation.id']).toBe('4'.repeat(32));
  expect(requests[0].data.baseData.properties['request.id']).toMatch(/^[0-9a-f-]{36}$/);
});
