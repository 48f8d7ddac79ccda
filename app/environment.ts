import { randomBytes } from 'node:crypto';
import * as z from 'zod';

/** The stores to choose from; `memory` is the default because it needs nothing but Node. */
export const storeNames = ['memory', 'redis'] as const;

/** Input that the program cannot start with: worded for whoever typed it. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

const quote = (value: unknown) => JSON.stringify(value);

/** One environment variable. `got` says what was given, and is replaced where that could echo a secret. */
const variable = (
  name: string,
  rule: string,
  fix: string,
  holds: (text: string) => boolean,
  got: (text: string) => string = quote,
) =>
  z
    .string()
    .refine(holds, { error: ({ input }) => `\`${name}\` must be ${rule}, got: ${got(input as string)}. ${fix}` });

const wholeNumber = (least: number, most: number) => (text: string) =>
  /^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most;

// These values go out as response headers, where a line break or a character beyond ASCII would make every answer fail.
const headerText = (name: string, example: string) =>
  variable(
    name,
    '1 to 100 printable ASCII characters',
    `Set it to something like ${example}, or leave it unset.`,
    (text) => /^[\x20-\x7e]{1,100}$/.test(text),
  );

const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);
const isRedisUrl = (text: string) => {
  const url = urlOf(text);
  return (url?.protocol === 'redis:' || url?.protocol === 'rediss:') && url.hostname !== '';
};
/** Names the scheme at most: the rest of the URL may hold a password. */
const schemeOnly = (text: string) => {
  const scheme = urlOf(text)?.protocol;
  if (scheme === undefined) return 'a text that is no URL';
  return scheme.startsWith('redis') ? `a ${scheme}// URL without a host name` : `a URL that starts with ${scheme}`;
};

/** The first signs, all verify: so a secret is rotated by putting the new one in front. */
const secretsOf = (text: string) => text.split(',').map((secret) => secret.trim());
const shortestSecret = 32;
// A Key Vault reference that App Service could not resolve arrives as the reference itself: long enough, and known to all.
const isVaultReference = (text: string) => text.includes('@Microsoft.KeyVault');
const secretFix =
  'Generate one with: node -p "crypto.randomBytes(32).toString(\'hex\')". A comma between two rotates: the first signs, all verify.';

const shortestOf = (text: string) => Math.min(...secretsOf(text).map((secret) => secret.length));

const sessionSecret = variable(
  'SESSION_SECRET',
  'the secret itself',
  "Check the app's identity and its access to the vault.",
  (text) => !isVaultReference(text),
  () => 'a Key Vault reference that was not resolved',
).pipe(
  variable(
    'SESSION_SECRET',
    `at least ${shortestSecret} characters long`,
    secretFix,
    (text) => shortestOf(text) >= shortestSecret,
    (text) => `${shortestOf(text)} characters`,
  ),
);

const variables = z
  .object({
    PORT: variable(
      'PORT',
      'a whole number from 0 to 65535',
      'Leave it unset for 3000, or set 0 for any free port.',
      wholeNumber(0, 65535),
    ).default('3000'),
    LISTEN_HOST: headerText('LISTEN_HOST', '127.0.0.1').optional(),
    SESSION_STORE: variable(
      'SESSION_STORE',
      storeNames.join(' or '),
      'Run `npm start memory` or `npm start redis`, or leave it unset for memory.',
      (text) => (storeNames as readonly string[]).includes(text),
    ).default('memory'),
    REDIS_URL: variable(
      'REDIS_URL',
      'a redis:// or rediss:// URL',
      'Set it to something like redis://127.0.0.1:6379, or rediss://<name>.<region>.redis.azure.net:10000 in Azure.',
      isRedisUrl,
      schemeOnly,
    ).optional(),
    REDIS_IDENTITY_CLIENT_ID: variable(
      'REDIS_IDENTITY_CLIENT_ID',
      'the client id (a GUID) of a user-assigned identity',
      'Copy it from the identity, or leave it unset to sign in by what the URL says.',
      (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
    ).optional(),
    SESSION_SECRET: sessionSecret.optional(),
    SHUTDOWN_GRACE_SECONDS: variable(
      'SHUTDOWN_GRACE_SECONDS',
      'a number of seconds from 0 to 120',
      'Keep it below WEBSITES_CONTAINER_STOP_TIME_LIMIT, which is 5 unless set.',
      (text) => /^\d{1,3}(\.\d{1,3})?$/.test(text) && Number(text) <= 120,
    ).default('4'),
    WEBSITE_SITE_NAME: headerText('WEBSITE_SITE_NAME', 'shop').optional(),
    WEBSITE_INSTANCE_ID: headerText('WEBSITE_INSTANCE_ID', 'a1b2c3').optional(),
    REGION_NAME: headerText('REGION_NAME', 'Sweden Central').optional(),
    INSTANCE_ZONE: headerText('INSTANCE_ZONE', '1').optional(),
  })
  .superRefine((given, context) => {
    const problem = (message: string) => context.addIssue({ code: 'custom', message });
    const onAppService = given.WEBSITE_SITE_NAME !== undefined;
    // A secret of its own per instance would make every instance reject the cookies of the others.
    if (onAppService && given.SESSION_SECRET === undefined)
      problem(`\`SESSION_SECRET\` must be set on App Service (WEBSITE_SITE_NAME is set), got: nothing. ${secretFix}`);
    if (onAppService && given.SESSION_STORE === 'redis' && given.REDIS_URL === undefined)
      problem(
        '`REDIS_URL` must be set on App Service when SESSION_STORE is redis, got: nothing. ' +
          'Set it to rediss://<name>.<region>.redis.azure.net:10000.',
      );
    if (given.REDIS_IDENTITY_CLIENT_ID !== undefined && !given.REDIS_URL?.startsWith('rediss:'))
      problem(
        '`REDIS_URL` must be a rediss:// URL when REDIS_IDENTITY_CLIENT_ID is set, ' +
          `got: ${given.REDIS_URL === undefined ? 'nothing' : 'a redis:// URL'}. Microsoft Entra tokens travel over TLS only.`,
      );
  })
  .transform((given) => ({
    /** 0: any free port. */
    port: Number(given.PORT),
    /**
     * Address to listen on; undefined: every interface, which is what App Service needs. On a laptop the default is
     * loopback, so that the shop is not offered to the café's network.
     */
    listenHost: given.LISTEN_HOST ?? (given.WEBSITE_SITE_NAME === undefined ? '127.0.0.1' : undefined),
    store: given.SESSION_STORE as (typeof storeNames)[number],
    redisUrl: given.REDIS_URL ?? 'redis://127.0.0.1:6379',
    /** When set, Redis is entered with this identity's Microsoft Entra tokens. */
    redisIdentityClientId: given.REDIS_IDENTITY_CLIENT_ID,
    /** The first signs, all verify. */
    sessionSecrets:
      given.SESSION_SECRET === undefined ? [randomBytes(32).toString('hex')] : secretsOf(given.SESSION_SECRET),
    /** Whether the secret was made here, so that sessions end with the process. */
    sessionSecretIsRandom: given.SESSION_SECRET === undefined,
    /** How long requests in flight may take to finish after SIGTERM. */
    shutdownGraceSeconds: Number(given.SHUTDOWN_GRACE_SECONDS),
    /** Set on App Service only, which is how the app tells that it runs there. */
    siteName: given.WEBSITE_SITE_NAME,
    instanceId: given.WEBSITE_INSTANCE_ID ?? `local-${process.pid}`,
    region: given.REGION_NAME,
    /** App Service documents no variable for the zone; the drill sets this one. */
    zone: given.INSTANCE_ZONE,
  }));

export type Environment = Readonly<z.infer<typeof variables>>;

/**
 * Reads and checks the environment once; nothing else in the app looks at `process.env`.
 * An empty variable counts as unset, because a blank app setting means that.
 *
 * @throws BadInput with a line per problem; no line echoes a secret.
 */
export function readEnvironment(given: Readonly<Record<string, string | undefined>>): Environment {
  const set = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const result = variables.safeParse(set);
  if (result.success) return result.data;
  throw new BadInput(result.error.issues.map((issue) => issue.message).join('\n'));
}
