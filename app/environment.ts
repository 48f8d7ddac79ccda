import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import {
  clientId,
  connectionString,
  headerText,
  oneOf,
  orList,
  redisUrl,
  secret,
  secretFix,
  variable,
  wholeNumber,
} from './environmentRules';

/** The stores to choose from; `memory` is the default because it needs nothing but Node. */
export const storeNames = ['memory', 'redis', 'cookie'] as const;

/** Input that the program cannot start with. The message is for the person who typed it. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

const lingerSeconds = 1.5;

const variables = z
  .object({
    PORT: variable(
      'PORT',
      'a whole number from 0 to 65535',
      'Leave it unset for 3000, or set 0 for any free port.',
      wholeNumber(0, 65535),
    ).default('3000'),
    LISTEN_HOST: headerText('LISTEN_HOST', '127.0.0.1').optional(),
    TRUSTED_PROXY_HOPS: variable(
      'TRUSTED_PROXY_HOPS',
      'a whole number from 0 to 5',
      "Set 1 for App Service's own host name, 2 behind Application Gateway or Front Door, or leave it unset.",
      wholeNumber(0, 5),
    ).optional(),
    SESSION_STORE: oneOf(
      'SESSION_STORE',
      storeNames,
      `Run \`npm start\` with ${orList(storeNames)}, or leave it unset for memory.`,
    ).default('memory'),
    REDIS_URL: redisUrl.optional(),
    REDIS_IDENTITY_CLIENT_ID: clientId('REDIS_IDENTITY_CLIENT_ID', 'to sign in by what the URL says').optional(),
    SESSION_PREFIX: variable(
      'SESSION_PREFIX',
      '1 to 32 lower-case letters, digits and hyphens',
      'Leave it unset for shop.',
      (text) => /^[a-z0-9-]{1,32}$/.test(text),
    ).default('shop'),
    SESSION_SECRET: secret('SESSION_SECRET').optional(),
    SESSION_SECRET_PREVIOUS: secret('SESSION_SECRET_PREVIOUS').optional(),
    SHUTDOWN_GRACE_SECONDS: variable(
      'SHUTDOWN_GRACE_SECONDS',
      'a number of seconds from 0 to 120',
      'Keep it below WEBSITES_CONTAINER_STOP_TIME_LIMIT, which is 5 unless set.',
      (text) => /^\d{1,3}(\.\d{1,3})?$/.test(text) && Number(text) <= 120,
    ).default('4'),
    SHUTDOWN_LINGER_SECONDS: variable(
      'SHUTDOWN_LINGER_SECONDS',
      'a number of seconds from 0 to 119',
      'Leave it unset for 1.5, or for half of SHUTDOWN_GRACE_SECONDS where that is less.',
      (text) => /^\d{1,3}(\.\d{1,3})?$/.test(text) && Number(text) <= 119,
    ).optional(),
    SIGN_IN_STATE: oneOf('SIGN_IN_STATE', ['session', 'memory'], 'Leave it unset for session.').default('session'),
    HEALTH_CHECKS_REDIS: oneOf('HEALTH_CHECKS_REDIS', ['on', 'off'], 'Leave it unset for off.').default('off'),
    REQUEST_LOG: oneOf(
      'REQUEST_LOG',
      ['on', 'off'],
      'Leave it unset for on at App Service and off elsewhere.',
    ).optional(),
    APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString('APPLICATIONINSIGHTS_CONNECTION_STRING').optional(),
    APPLICATIONINSIGHTS_IDENTITY_CLIENT_ID: clientId(
      'APPLICATIONINSIGHTS_IDENTITY_CLIENT_ID',
      'to send by the connection string alone',
    ).optional(),
    PACKAGE_HASH: headerText('PACKAGE_HASH', '3f2a91c0').optional(),
    WEBSITE_SITE_NAME: headerText('WEBSITE_SITE_NAME', 'shop').optional(),
    WEBSITE_INSTANCE_ID: headerText('WEBSITE_INSTANCE_ID', 'a1b2c3').optional(),
    REGION_NAME: headerText('REGION_NAME', 'Sweden Central').optional(),
    INSTANCE_ZONE: headerText('INSTANCE_ZONE', '1').optional(),
  })
  .superRefine((given, context) => {
    const problem = (message: string) => context.addIssue({ code: 'custom', message });
    const onAppService = given.WEBSITE_SITE_NAME !== undefined;
    // If each instance had another secret, it would reject the cookies of the others.
    if (onAppService && given.SESSION_SECRET === undefined)
      problem(`\`SESSION_SECRET\` must be set on App Service (WEBSITE_SITE_NAME is set), got: nothing. ${secretFix}`);
    else if (given.SESSION_SECRET_PREVIOUS !== undefined && given.SESSION_SECRET === undefined)
      problem(
        '`SESSION_SECRET` must be set when SESSION_SECRET_PREVIOUS is, got: nothing. ' +
          'The previous one only verifies; something has to sign.',
      );
    if (onAppService && given.SESSION_STORE === 'redis' && given.REDIS_URL === undefined)
      problem(
        '`REDIS_URL` must be set on App Service when SESSION_STORE is redis, got: nothing. ' +
          'Set it to rediss://<name>.<region>.redis.azure.net:10000.',
      );
    if (Number(given.SHUTDOWN_LINGER_SECONDS ?? 0) > Number(given.SHUTDOWN_GRACE_SECONDS))
      problem(
        `\`SHUTDOWN_LINGER_SECONDS\` must be at most SHUTDOWN_GRACE_SECONDS, which is ${given.SHUTDOWN_GRACE_SECONDS}, ` +
          `got: "${given.SHUTDOWN_LINGER_SECONDS}". The linger is part of the grace; requests in flight need the rest.`,
      );
    if (given.REDIS_IDENTITY_CLIENT_ID !== undefined && !given.REDIS_URL?.startsWith('rediss:'))
      problem(
        '`REDIS_URL` must be a rediss:// URL when REDIS_IDENTITY_CLIENT_ID is set, ' +
          `got: ${given.REDIS_URL === undefined ? 'nothing' : 'a redis:// URL'}. Microsoft Entra tokens travel over TLS only.`,
      );
  })
  .transform((given) => {
    const onAppService = given.WEBSITE_SITE_NAME !== undefined;
    return {
      /** 0: any free port. */
      port: Number(given.PORT),
      /**
       * Address to listen on; undefined: every interface, which is what App Service needs. On a laptop the default is
       * loopback, so that the local network does not reach the shop.
       */
      listenHost: given.LISTEN_HOST ?? (onAppService ? undefined : '127.0.0.1'),
      /**
       * How many proxies in front are ours, 0 to 5: that many entries at the end of X-Forwarded-For are trusted.
       * Default 1 on App Service, whose front end is always there, and 0 elsewhere. If the number is too high, a client
       * can forge its address.
       */
      trustedProxyHops: Number(given.TRUSTED_PROXY_HOPS ?? (onAppService ? 1 : 0)),
      store: given.SESSION_STORE as (typeof storeNames)[number],
      /** undefined: none is named, and on a laptop the shop starts one. */
      redisUrl: given.REDIS_URL,
      /** When set, the shop signs in to Redis with this identity's Microsoft Entra tokens. */
      redisIdentityClientId: given.REDIS_IDENTITY_CLIENT_ID,
      /** Begins every key in Redis, so that a staging slot that shares it does not see production's sessions. */
      sessionPrefix: given.SESSION_PREFIX,
      /** The first signs and seals, all verify: the second is the previous one, while a rotation lasts. */
      sessionSecrets: [given.SESSION_SECRET ?? randomBytes(32).toString('hex'), given.SESSION_SECRET_PREVIOUS].filter(
        (text) => text !== undefined,
      ),
      /** Whether the secret was made here, so that sessions end with the process. */
      sessionSecretIsRandom: given.SESSION_SECRET === undefined,
      /** How long requests in flight may take to finish after SIGTERM. */
      shutdownGraceSeconds: Number(given.SHUTDOWN_GRACE_SECONDS),
      /**
       * How long after SIGTERM connections are still accepted. Default 1.5, or half of the grace where that is less: a
       * client that keeps a connection and sends a request a second meets the answer that hands it back, and most of the
       * 5 s that App Service gives by default are left for requests in flight.
       */
      shutdownLingerSeconds: Number(
        given.SHUTDOWN_LINGER_SECONDS ?? Math.min(lingerSeconds, Number(given.SHUTDOWN_GRACE_SECONDS) / 2),
      ),
      /**
       * Where a sign-in is kept that is half-way: `session`, with the sessions; `memory`, in the process that began it,
       * which takes affinity to come back to.
       */
      signInState: given.SIGN_IN_STATE as 'session' | 'memory',
      /** Whether `/healthz` answers 503 while carts cannot be reached in Redis. */
      healthChecksRedis: given.HEALTH_CHECKS_REDIS === 'on',
      /** Whether each request is a line of JSON on stdout. Default: on App Service, where the platform collects them. */
      requestLog: given.REQUEST_LOG === undefined ? onAppService : given.REQUEST_LOG === 'on',
      /** undefined: nothing is sent, and nothing is loaded for it. */
      applicationInsights: given.APPLICATIONINSIGHTS_CONNECTION_STRING,
      /** When set, telemetry is sent with this identity's Microsoft Entra tokens. */
      applicationInsightsIdentityClientId: given.APPLICATIONINSIGHTS_IDENTITY_CLIENT_ID,
      /** Which package runs, for `/healthz`. */
      packageHash: given.PACKAGE_HASH,
      /** Set on App Service only, so the app knows by it that it runs there. */
      siteName: given.WEBSITE_SITE_NAME,
      instanceId: given.WEBSITE_INSTANCE_ID ?? `local-${process.pid}`,
      region: given.REGION_NAME,
      /** App Service documents no variable for the zone; the drill sets this one. */
      zone: given.INSTANCE_ZONE,
    };
  });

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
