import * as z from 'zod';

const quote = (value: unknown) => JSON.stringify(value);

/** One environment variable. `got` says what was given, and is replaced where that could echo a secret. */
export const variable = (
  name: string,
  rule: string,
  fix: string,
  holds: (text: string) => boolean,
  got: (text: string) => string = quote,
) =>
  z
    .string()
    .refine(holds, { error: ({ input }) => `\`${name}\` must be ${rule}, got: ${got(input as string)}. ${fix}` });

export const wholeNumber = (least: number, most: number) => (text: string) =>
  /^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most;

// These values go out as response headers, where a line break or a character beyond ASCII would make every answer fail.
export const headerText = (name: string, example: string) =>
  variable(
    name,
    '1 to 100 printable ASCII characters',
    `Set it to something like ${example}, or leave it unset.`,
    (text) => /^[\x20-\x7e]{1,100}$/.test(text),
  );

export const oneOf = (name: string, allowed: readonly string[], fix: string) =>
  variable(name, orList(allowed), fix, (text) => allowed.includes(text));

/** "memory, redis or cookie". */
export const orList = (words: readonly string[]) => `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

export const clientId = (name: string, otherwise: string) =>
  variable(
    name,
    'the client id (a GUID) of a user-assigned identity',
    `Copy it from the identity, or leave it unset ${otherwise}.`,
    (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
  );

const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

/** Names the scheme at most: the rest of the URL may hold a password. */
const schemeOnly = (text: string) => {
  const scheme = urlOf(text)?.protocol;
  if (scheme === undefined) return 'a text that is no URL';
  return scheme.startsWith('redis') ? `a ${scheme}// URL without a host name` : `a URL that starts with ${scheme}`;
};

export const redisUrl = variable(
  'REDIS_URL',
  'a redis:// or rediss:// URL',
  'Set it to something like redis://127.0.0.1:6379, or rediss://<name>.<region>.redis.azure.net:10000 in Azure.',
  (text) => {
    const url = urlOf(text);
    return (url?.protocol === 'redis:' || url?.protocol === 'rediss:') && url.hostname !== '';
  },
  schemeOnly,
);

/** `InstrumentationKey=<guid>;IngestionEndpoint=https://…`. It signs nobody in where local authentication is off. */
export const connectionString = (name: string) =>
  variable(
    name,
    'a connection string with InstrumentationKey= and IngestionEndpoint=https://',
    'Copy it from the Application Insights resource, or leave it unset to send nothing.',
    (text) =>
      /(^|;)\s*InstrumentationKey=[0-9a-f-]{36}(;|$)/i.test(text) &&
      /(^|;)\s*IngestionEndpoint=https:\/\/[^;]+/i.test(text),
    () => 'a text without them',
  );

const shortestSecret = 32;
export const secretFix = 'Generate one with: node -p "crypto.randomBytes(32).toString(\'hex\')".';

/** A secret that signs and seals. iron-session asks for 32 characters too. */
export const secret = (name: string) =>
  variable(
    name,
    'the secret itself',
    "Check the app's identity and its access to the vault.",
    // A Key Vault reference that App Service could not resolve arrives as the reference itself: long enough, and known to all.
    (text) => !text.includes('@Microsoft.KeyVault'),
    () => 'a Key Vault reference that was not resolved',
  ).pipe(
    variable(
      name,
      `at least ${shortestSecret} characters long`,
      secretFix,
      (text) => text.length >= shortestSecret,
      (text) => `${text.length} characters`,
    ),
  );
