import * as z from 'zod';
import { isUnresolvedReference } from './keyVaultReferences';

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

/** What is wrong with a URL for Redis; undefined: nothing is. It repeats the scheme at most: the rest may hold a password. */
function redisUrlMistake(text: string): string | undefined {
  const url = urlOf(text);
  if (url === undefined) return 'a text that is not a URL';
  const { protocol, hostname, port, pathname, username, password } = url;
  if (protocol !== 'redis:' && protocol !== 'rediss:')
    return protocol.startsWith('redis')
      ? `a ${protocol}// URL without a host name`
      : `a URL that starts with ${protocol}`;
  if (hostname === '') return `a ${protocol}// URL without a host name`;
  if (port === '0') return `a ${protocol}// URL with port 0`;
  if (!/^\/?$|^\/\d{1,5}$/.test(pathname)) return `a ${protocol}// URL whose path is not the number of a database`;
  if (!decodes(hostname)) return `a ${protocol}// URL whose host name has a % that encodes nothing`;
  if (!decodes(username) || !decodes(password))
    return `a ${protocol}// URL whose user or password has a % that encodes nothing (write % as %25)`;
  return undefined;
}

function decodes(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

export const redisUrl = variable(
  'REDIS_URL',
  'a redis:// or rediss:// URL',
  'Set it to something like redis://127.0.0.1:6379, or rediss://<name>.<region>.redis.azure.net:10000 in Azure.',
  (text) => redisUrlMistake(text) === undefined,
  (text) => redisUrlMistake(text) ?? '',
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
    // A Key Vault reference that App Service could not resolve is long enough, and known to all.
    (text) => !isUnresolvedReference(text),
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
