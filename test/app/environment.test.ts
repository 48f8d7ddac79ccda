import fc from 'fast-check';
import { createClient } from 'redis';
import { BadInput, readEnvironment } from '../../app/environment';

const secretFix = 'Generate one with: node -p "crypto.randomBytes(32).toString(\'hex\')".';
const long = 'x'.repeat(32);
const identity = '0a1b2c3d-0000-4000-8000-0123456789ab';

const refusalOf = (variables: Record<string, string>): string => {
  try {
    readEnvironment(variables);
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
  throw new Error(`This was accepted: ${JSON.stringify(variables)}`);
};

test('an empty environment opens a shop on a laptop: port 3000, loopback, memory, a secret of its own', () => {
  expect(readEnvironment({})).toMatchObject({
    port: 3000,
    listenHost: '127.0.0.1',
    store: 'memory',
    sessionSecretIsRandom: true,
    shutdownGraceSeconds: 4,
    instanceId: `local-${process.pid}`,
    region: undefined,
    zone: undefined,
  });
  expect(readEnvironment({}).sessionSecrets).not.toEqual(readEnvironment({}).sessionSecrets);
});

test('on App Service it listens on every interface and takes the names it is given', () => {
  expect(
    readEnvironment({
      PORT: '8080',
      WEBSITE_SITE_NAME: 'shop',
      WEBSITE_INSTANCE_ID: 'abc',
      REGION_NAME: 'Sweden Central',
      SESSION_SECRET: long,
      SESSION_STORE: 'redis',
      REDIS_URL: 'rediss://shop.swedencentral.redis.azure.net:10000',
      REDIS_IDENTITY_CLIENT_ID: identity,
    }),
  ).toMatchObject({
    port: 8080,
    listenHost: undefined,
    store: 'redis',
    redisUrl: 'rediss://shop.swedencentral.redis.azure.net:10000',
    redisIdentityClientId: identity,
    sessionSecrets: [long],
    instanceId: 'abc',
    region: 'Sweden Central',
  });
});

test('a variable that is set to nothing counts as unset', () => {
  expect(readEnvironment({ PORT: '', SESSION_STORE: ' ', SESSION_SECRET: '', REGION_NAME: '' })).toMatchObject({
    port: 3000,
    store: 'memory',
    sessionSecretIsRandom: true,
    region: undefined,
  });
});

test('the secret signs, the previous one only verifies', () => {
  const [now, previous] = ['n'.repeat(32), 'o'.repeat(32)];
  expect(readEnvironment({ SESSION_SECRET: now }).sessionSecrets).toEqual([now]);
  expect(readEnvironment({ SESSION_SECRET: now, SESSION_SECRET_PREVIOUS: previous }).sessionSecrets).toEqual([
    now,
    previous,
  ]);
});

test('trusts one proxy on App Service, none on a laptop, and more when the setting says so', () => {
  expect(readEnvironment({}).trustedProxyHops).toBe(0);
  expect(readEnvironment({ WEBSITE_SITE_NAME: 'shop', SESSION_SECRET: long }).trustedProxyHops).toBe(1);
  expect(readEnvironment({ TRUSTED_PROXY_HOPS: '2' }).trustedProxyHops).toBe(2);
});

test('requests are logged on App Service and not on a laptop, unless the setting says otherwise', () => {
  const onAppService = { WEBSITE_SITE_NAME: 'shop', SESSION_SECRET: long };
  expect(readEnvironment({}).requestLog).toBe(false);
  expect(readEnvironment({ REQUEST_LOG: 'on' }).requestLog).toBe(true);
  expect(readEnvironment(onAppService).requestLog).toBe(true);
  expect(readEnvironment({ ...onAppService, REQUEST_LOG: 'off' }).requestLog).toBe(false);
});

test.each([
  ['PORT', '65535'],
  ['PORT', '0'],
  ['SESSION_SECRET', long],
  ['SHUTDOWN_GRACE_SECONDS', '0.5'],
  ['SHUTDOWN_GRACE_SECONDS', '120'],
  ['REDIS_URL', 'rediss://:password@host:10000'],
  ['INSTANCE_ZONE', 'z'.repeat(100)],
  ['SESSION_STORE', 'cookie'],
  ['TRUSTED_PROXY_HOPS', '0'],
  ['TRUSTED_PROXY_HOPS', '5'],
  [
    'APPLICATIONINSIGHTS_CONNECTION_STRING',
    `InstrumentationKey=${identity};IngestionEndpoint=https://x.in.applicationinsights.azure.com/;LiveEndpoint=https://x.livediagnostics.monitor.azure.com/`,
  ],
])('%s takes %s, just inside what is allowed', (name, value) => {
  expect(() => readEnvironment({ [name]: value })).not.toThrow();
});

test.each([
  [
    { SESSION_STORE: 'x' },
    '`SESSION_STORE` must be memory, redis or cookie, got: "x". Run `npm start` with memory, redis or cookie, or leave it unset for memory.',
  ],
  [
    { PORT: '65536' },
    '`PORT` must be a whole number from 0 to 65535, got: "65536". Leave it unset for 3000, or set 0 for any free port.',
  ],
  [
    { PORT: '80a' },
    '`PORT` must be a whole number from 0 to 65535, got: "80a". Leave it unset for 3000, or set 0 for any free port.',
  ],
  [
    { REDIS_URL: 'http://user:hush@host' },
    '`REDIS_URL` must be a redis:// or rediss:// URL, got: a URL that starts with http:. Set it to something like redis://127.0.0.1:6379, or rediss://<name>.<region>.redis.azure.net:10000 in Azure.',
  ],
  [
    { REDIS_URL: 'localhost:6379' },
    '`REDIS_URL` must be a redis:// or rediss:// URL, got: a URL that starts with localhost:. Set it to something like redis://127.0.0.1:6379, or rediss://<name>.<region>.redis.azure.net:10000 in Azure.',
  ],
  [
    { REDIS_URL: 'hush' },
    '`REDIS_URL` must be a redis:// or rediss:// URL, got: a text that is not a URL. Set it to something like redis://127.0.0.1:6379, or rediss://<name>.<region>.redis.azure.net:10000 in Azure.',
  ],
  ...(
    [
      ['redis://:hush@host:6379/first', 'a redis:// URL whose path is not the number of a database'],
      ['redis://:hush@host:6379/1/2', 'a redis:// URL whose path is not the number of a database'],
      ['redis://:hush%@host', 'a redis:// URL whose user or password has a % that encodes nothing (write % as %25)'],
      [
        'rediss://hush%zz:x@host',
        'a rediss:// URL whose user or password has a % that encodes nothing (write % as %25)',
      ],
      ['redis://:hush@host:0', 'a redis:// URL with port 0'],
      ['redis://:hush@host:65536', 'a text that is not a URL'],
    ] as const
  ).map(([url, mistake]): [Record<string, string>, string] => [
    { REDIS_URL: url },
    `\`REDIS_URL\` must be a redis:// or rediss:// URL, got: ${mistake}. Set it to something like redis://127.0.0.1:6379, or rediss://<name>.<region>.redis.azure.net:10000 in Azure.`,
  ]),
  [
    { REDIS_URL: 'redis:' },
    '`REDIS_URL` must be a redis:// or rediss:// URL, got: a redis:// URL without a host name. Set it to something like redis://127.0.0.1:6379, or rediss://<name>.<region>.redis.azure.net:10000 in Azure.',
  ],
  [
    { SESSION_SECRET: 'hush'.padEnd(31, 'x') },
    `\`SESSION_SECRET\` must be at least 32 characters long, got: 31 characters. ${secretFix}`,
  ],
  [
    { SESSION_SECRET: long, SESSION_SECRET_PREVIOUS: 'hush' },
    `\`SESSION_SECRET_PREVIOUS\` must be at least 32 characters long, got: 4 characters. ${secretFix}`,
  ],
  [
    {
      SESSION_SECRET: long,
      SESSION_SECRET_PREVIOUS: '@Microsoft.KeyVault(SecretUri=https://hush.vault.azure.net/secrets/old)',
    },
    "`SESSION_SECRET_PREVIOUS` must be the secret itself, got: a Key Vault reference that was not resolved. Check the app's identity and its access to the vault.",
  ],
  [
    { SESSION_SECRET_PREVIOUS: long },
    '`SESSION_SECRET` must be set when SESSION_SECRET_PREVIOUS is, got: nothing. The previous one only verifies; something has to sign.',
  ],
  [
    { TRUSTED_PROXY_HOPS: '6' },
    '`TRUSTED_PROXY_HOPS` must be a whole number from 0 to 5, got: "6". Set 1 for App Service\'s own host name, 2 behind Application Gateway or Front Door, or leave it unset.',
  ],
  [
    { REQUEST_LOG: 'yes' },
    '`REQUEST_LOG` must be on or off, got: "yes". Leave it unset for on at App Service and off elsewhere.',
  ],
  [
    { APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=hush' },
    '`APPLICATIONINSIGHTS_CONNECTION_STRING` must be a connection string with InstrumentationKey= and IngestionEndpoint=https://, got: a text without them. Copy it from the Application Insights resource, or leave it unset to send nothing.',
  ],
  [
    { SESSION_SECRET: '@Microsoft.KeyVault(SecretUri=https://hush.vault.azure.net/secrets/session)' },
    "`SESSION_SECRET` must be the secret itself, got: a Key Vault reference that was not resolved. Check the app's identity and its access to the vault.",
  ],
  [
    { WEBSITE_SITE_NAME: 'shop' },
    `\`SESSION_SECRET\` must be set on App Service (WEBSITE_SITE_NAME is set), got: nothing. ${secretFix}`,
  ],
  [
    { WEBSITE_SITE_NAME: 'shop', SESSION_SECRET: long, SESSION_STORE: 'redis' },
    '`REDIS_URL` must be set on App Service when SESSION_STORE is redis, got: nothing. Set it to rediss://<name>.<region>.redis.azure.net:10000.',
  ],
  [
    { REDIS_IDENTITY_CLIENT_ID: 'me', REDIS_URL: 'rediss://host' },
    '`REDIS_IDENTITY_CLIENT_ID` must be the client id (a GUID) of a user-assigned identity, got: "me". Copy it from the identity, or leave it unset to sign in by what the URL says.',
  ],
  [
    { REDIS_IDENTITY_CLIENT_ID: identity, REDIS_URL: 'redis://host' },
    '`REDIS_URL` must be a rediss:// URL when REDIS_IDENTITY_CLIENT_ID is set, got: a redis:// URL. Microsoft Entra tokens travel over TLS only.',
  ],
  [
    { SHUTDOWN_GRACE_SECONDS: '121' },
    '`SHUTDOWN_GRACE_SECONDS` must be a number of seconds from 0 to 120, got: "121". Keep it below WEBSITES_CONTAINER_STOP_TIME_LIMIT, which is 5 unless set.',
  ],
  [
    { SHUTDOWN_LINGER_SECONDS: '5' },
    '`SHUTDOWN_LINGER_SECONDS` must be at most SHUTDOWN_GRACE_SECONDS, which is 4, got: "5". The linger is part of the grace; requests in flight need the rest.',
  ],
  [
    { SHUTDOWN_LINGER_SECONDS: '-1' },
    '`SHUTDOWN_LINGER_SECONDS` must be a number of seconds from 0 to 119, got: "-1". Leave it unset for 1.5, or for half of SHUTDOWN_GRACE_SECONDS where that is less.',
  ],
  [
    { SESSION_PREFIX: 'Shop:' },
    '`SESSION_PREFIX` must be 1 to 32 lower-case letters, digits and hyphens, got: "Shop:". Leave it unset for shop.',
  ],
  [{ HEALTH_CHECKS_REDIS: 'yes' }, '`HEALTH_CHECKS_REDIS` must be on or off, got: "yes". Leave it unset for off.'],
  [
    { REGION_NAME: 'Sweden\r\nSet-Cookie: x' },
    '`REGION_NAME` must be 1 to 100 printable ASCII characters, got: "Sweden\\r\\nSet-Cookie: x". Set it to something like Sweden Central, or leave it unset.',
  ],
])('%j is refused with what was given and how to fix it', (variables, message) => {
  const refusal = refusalOf(variables);
  expect(refusal).toBe(message);
  expect(refusal).not.toContain('hush');
});

test.each([
  [{}, 1.5],
  [{ SHUTDOWN_GRACE_SECONDS: '25' }, 1.5],
  [{ SHUTDOWN_GRACE_SECONDS: '1' }, 0.5],
  [{ SHUTDOWN_LINGER_SECONDS: '0' }, 0],
  [{ SHUTDOWN_LINGER_SECONDS: '4' }, 4],
])('with %j connections are accepted for %s s after SIGTERM', (variables, seconds) => {
  expect(readEnvironment(variables).shutdownLingerSeconds).toBe(seconds);
});

test('every REDIS_URL that is taken is one that the Redis client takes', () => {
  // `createClient` makes a class with hundreds of commands each time. A duplicate reads its URL in the same way.
  const client = createClient();
  expect(() => client.duplicate({ url: 'redis://host:x' })).toThrow();
  const part = fc.string({ maxLength: 6 });
  const port = fc.constantFrom('', ':6379', ':0', ':x', ':65536');
  const path = fc.oneof(
    fc.constantFrom('', '/', '/0', '/15'),
    part.map((text) => `/${text}`),
  );
  fc.assert(
    fc.property(part, part, port, path, (user, password, port, path) => {
      const url = `redis://${user}:${password}@host${port}${path}`;
      try {
        readEnvironment({ REDIS_URL: url });
      } catch (error) {
        expect(error).toBeInstanceOf(BadInput);
        return;
      }
      expect(() => client.duplicate({ url })).not.toThrow();
    }),
    { numRuns: 500 },
  );
});

test('two mistakes are two lines', () => {
  expect(refusalOf({ PORT: 'x', SESSION_STORE: 'y' }).split('\n')).toEqual([
    expect.stringContaining('`PORT`'),
    expect.stringContaining('`SESSION_STORE`'),
  ]);
});

test('no refusal of a secret or a Redis URL repeats any part of it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[g-z]{12,30}$/), (hidden) => {
      expect(refusalOf({ SESSION_SECRET: hidden })).not.toContain(hidden);
      expect(refusalOf({ REDIS_URL: `http://:${hidden}@host` })).not.toContain(hidden);
      expect(refusalOf({ REDIS_URL: hidden })).not.toContain(hidden);
    }),
    { numRuns: 50 },
  );
});
