import { until } from '../support/until';
import { bundledShop } from './bundled';
import { runNode } from './process';
import { secret } from './shop';

const reference = (name: string) => `@Microsoft.KeyVault(SecretUri=https://hush.vault.azure.net/secrets/${name})`;
const onAppService = { PORT: '0', WEBSITE_SITE_NAME: 'shop', LISTEN_HOST: '127.0.0.1', REQUEST_LOG: 'off' };

test('on App Service without its secret: /healthz names the unresolved references, and everything is answered 503', async () => {
  const shop = runNode([await bundledShop()], {
    ...onAppService,
    PACKAGE_HASH: '3f2a91c0',
    SESSION_SECRET: reference('session'),
    APPSETTING_SESSION_SECRET: reference('session'),
    SESSION_SECRET_PREVIOUS: reference('before'),
    SHUTDOWN_GRACE_SECONDS: '6',
    SHUTDOWN_LINGER_SECONDS: '2',
  });
  const url = `http://127.0.0.1:${await shop.port()}`;
  const health = await fetch(`${url}/healthz`);
  const text = await health.text();
  expect([health.status, JSON.parse(text)]).toEqual([
    503,
    {
      status: 'unconfigured',
      reasons: [
        'SESSION_SECRET is a Key Vault reference that App Service did not resolve.',
        'SESSION_SECRET_PREVIOUS is a Key Vault reference that App Service did not resolve.',
      ],
      instance: expect.stringMatching(/^local-/),
      region: null,
      zone: null,
      package: '3f2a91c0',
    },
  ]);
  expect((await fetch(url)).status).toBe(503);
  await until('it says so', () => shop.stderr().includes('Until then everything is answered 503.'));
  expect(`${text}${shop.stderr()}${shop.stdout()}`).not.toContain('hush');
  // Asked to end, it goes on answering for the linger, as the shop does: the front end sends requests for a moment more.
  shop.child.kill('SIGTERM');
  const last = await until('it hands connections back', async () => {
    const answer = await fetch(url);
    await answer.text();
    return answer.headers.get('connection') === 'close' && answer;
  });
  expect(last.status).toBe(503);
  expect(await shop.exited).toBe(0);
});

test('a reference that the shop can do without degrades its health, and it opens', async () => {
  const shop = runNode([await bundledShop()], {
    ...onAppService,
    SESSION_SECRET: secret,
    SOME_OTHER_KEY: reference('other'),
  });
  const url = `http://127.0.0.1:${await shop.port()}`;
  const health = await fetch(`${url}/healthz`);
  expect([health.status, await health.json()]).toEqual([
    200,
    expect.objectContaining({
      status: 'degraded',
      reasons: ['SOME_OTHER_KEY is a Key Vault reference that App Service did not resolve.'],
    }),
  ]);
  expect((await fetch(url)).status).toBe(200);
  shop.child.kill('SIGKILL');
});

test.each([
  ['on a laptop', {}],
  ['where something else is wrong, too', { ...onAppService, SESSION_STORE: 'postgres' }],
])('%s an unresolved secret ends the start with exit code 2', async (_name, variables) => {
  const shop = runNode([await bundledShop()], { PORT: '0', ...variables, SESSION_SECRET: reference('session') });
  expect(await shop.exited).toBe(2);
  expect(shop.stderr()).toContain('`SESSION_SECRET` must be the secret itself, got: a Key Vault reference');
  expect(shop.stderr()).not.toContain('hush');
});
