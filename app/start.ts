import { parseArgs } from 'node:util';
import { createApp } from './app';
import { type DrainLimits, drain } from './drain';
import { BadInput, type Environment, readEnvironment, storeNames } from './environment';
import { orList } from './environmentRules';
import { unresolvedReferences } from './keyVaultReferences';
import { listen, portOf } from './listen';
import { type LocalRedis, startLocalRedis } from './localRedis';
import { runningPackageHash } from './packageHash';
import { jsonLog, type RequestSink } from './requestLog';
import { openStore } from './stores/open';
import { openStreams } from './streams';
import { openTelemetry, type Telemetry } from './telemetry';
import { unconfigured, withoutReferences } from './unconfigured';

/** SIGHUP: the terminal was closed. */
const endings = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

const help = `Usage: npm start [store]

Opens the shop. The store says where sessions and carts live:
  memory   in this process (the default; needs nothing)
  redis    in the Redis at REDIS_URL; without that, in a redis-server or valkey-server
           that it starts on a free port and ends again
  cookie   in a sealed cookie in the browser (needs nothing)

Environment:
  PORT                      port to listen on (default 3000; 0: any free one)
  LISTEN_HOST               address to listen on (default 127.0.0.1; on App Service every interface)
  TRUSTED_PROXY_HOPS        how many proxies in front are ours, 0 to 5 (default 1 on App Service, 0 elsewhere)
  SESSION_STORE             the store, when no word names one
  SESSION_SECRET            at least 32 characters; signs and seals (required on App Service; elsewhere
                            one is made, and sessions end with the process)
  SESSION_SECRET_PREVIOUS   the one before, while a rotation lasts: it only verifies
  REDIS_URL                 redis:// or rediss:// (required on App Service)
  REDIS_IDENTITY_CLIENT_ID  sign in to Redis with this user-assigned identity's Microsoft Entra tokens
  SESSION_PREFIX            what every key in Redis begins with (default shop)
  SHUTDOWN_GRACE_SECONDS    time for requests in flight after SIGTERM, SIGINT or SIGHUP (default 4)
  SHUTDOWN_LINGER_SECONDS   how much of it connections are still accepted after SIGTERM (default 1.5)
  SIGN_IN_STATE             where a sign-in is kept that is half-way: session, with the sessions (the default), or
                            memory, in the process that began it
  HEALTH_CHECKS_REDIS       on: /healthz answers 503 while Redis keeps carts from working (default off)
  REQUEST_LOG               on or off: a line of JSON for each request (default on at App Service, off elsewhere)
  APPLICATIONINSIGHTS_CONNECTION_STRING   send requests to Application Insights
  APPLICATIONINSIGHTS_IDENTITY_CLIENT_ID  with this user-assigned identity's Microsoft Entra tokens
  PACKAGE_HASH              which package runs, for /healthz (default on App Service: the hash of the file that runs)
  INSTANCE_ZONE             zone to show (the drill sets it; App Service names none)

Exit codes: 0 stopped after draining, 1 requests were cut at the time limit, 2 bad input.
`;

/** The store named on the command line; undefined: none is named. `help` and `--help` print and end. */
function readWords(): string | undefined {
  let words: string[];
  try {
    const { values, positionals } = parseArgs({
      options: { help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    // npm takes --help for itself, so the word does the same.
    if (values.help || positionals[0] === 'help') {
      process.stdout.write(help);
      process.exit(0);
    }
    words = positionals;
  } catch {
    const option = process.argv.slice(2).find((word) => word.startsWith('-'));
    throw new BadInput(
      `The only option is \`--help\`, got: ${JSON.stringify(option)}. Run \`npm start redis\` to choose a store.`,
    );
  }
  if (words.length > 1)
    throw new BadInput(
      `\`store\` must be one word, ${orList(storeNames)}, got: ${JSON.stringify(words.join(' '))}. Run \`npm start redis\`.`,
    );
  return words[0];
}

async function start(): Promise<void> {
  const word = readWords();
  const variables = word === undefined ? process.env : { ...process.env, SESSION_STORE: word };
  const unresolved = unresolvedReferences(variables);
  const given = await readOrWait(variables, unresolved);
  if (given === undefined) return;
  const environment =
    given.packageHash === undefined && given.siteName !== undefined
      ? { ...given, packageHash: runningPackageHash() }
      : given;
  const log = jsonLog(environment.instanceId, (line) => process.stdout.write(line));
  const report = environment.requestLog ? log.report : (line: string) => console.error(line);

  const streams = openStreams();
  const ending = { isDraining: false };
  let close: ((signal: string) => Promise<'drained' | 'cut'>) | undefined;
  // Before anything is started: a signal that nobody handles ends the process without its `exit`.
  endOnSignals(ending, async (signal) => {
    streams.close();
    // Nothing listens yet; what was started ends on `exit`.
    if (close === undefined) process.exit(0);
    report(`${signal}: draining for at most ${environment.shutdownGraceSeconds} s.`);
    const outcome = await close(signal);
    report(outcome === 'drained' ? 'Drained.' : 'Time is up: the requests still open were cut.');
    return outcome;
  });

  const redis = await redisOfOurOwn(environment);
  const store = await openStore({ ...environment, redisUrl: redis?.url ?? environment.redisUrl }, report);
  const telemetry = await telemetryOf(environment, report);
  const sinks: RequestSink[] = [];
  if (environment.requestLog) sinks.push(log.request);
  if (telemetry !== undefined) sinks.push(telemetry.request);

  const app = createApp({
    environment,
    store,
    isDraining: () => ending.isDraining,
    report,
    unresolved,
    streams,
    sinks,
  });
  const server = await listen(app, { port: environment.port, host: environment.listenHost });
  close = async (signal) => {
    const outcome = await drain(server, limitsFor(signal, environment));
    await store.close();
    redis?.stop();
    await telemetry?.close();
    return outcome;
  };
  console.log(`The shop is open at http://localhost:${portOf(server)}`);
  console.log(`Sessions live ${store.keeps}.`);
  if (redis !== undefined) console.log(`A ${redis.program} was started for it at ${redis.url}; it ends with the shop.`);
  if (environment.sessionSecretIsRandom)
    report('SESSION_SECRET is not set: a random one was made, so sessions end with this process.');
}

/** Ends the process on the first signal. npm passes Ctrl-C on, so it arrives twice: the second must not cut the drain short. */
function endOnSignals(ending: { isDraining: boolean }, drained: (signal: string) => Promise<'drained' | 'cut'>): void {
  const stop = async (signal: string) => {
    if (ending.isDraining) return;
    ending.isDraining = true;
    process.exit((await drained(signal)) === 'drained' ? 0 : 1);
  };
  for (const signal of endings) process.on(signal, stop);
}

/** A person at a terminal has no front end that still sends requests, and should not wait for one. */
const limitsFor = (signal: string, { shutdownLingerSeconds, shutdownGraceSeconds }: Environment): DrainLimits => ({
  lingerSeconds: signal === 'SIGTERM' ? shutdownLingerSeconds : 0,
  graceSeconds: shutdownGraceSeconds,
});

/**
 * Reads the environment. undefined: on App Service it holds Key Vault references that were not resolved in places that the
 * shop cannot do without, and a server that only says so listens instead, until the platform ends it.
 */
async function readOrWait(
  variables: NodeJS.ProcessEnv,
  unresolved: readonly string[],
): Promise<Environment | undefined> {
  try {
    return readEnvironment(variables);
  } catch (error) {
    const environment = withoutReferences(variables, unresolved);
    if (environment === undefined) throw error;
    const ending = { isDraining: false };
    const listener = unconfigured(environment, unresolved, () => ending.isDraining);
    const server = await listen(listener, { port: environment.port, host: environment.listenHost });
    // A front end still sends requests here, and an answer of 503 says more than a connection that breaks.
    endOnSignals(ending, (signal) => drain(server, limitsFor(signal, environment)));
    console.log(`Health is answered at http://localhost:${portOf(server)}`);
    console.error(`${error instanceof Error ? error.message : String(error)} Until then everything is answered 503.`);
    return undefined;
  }
}

/** On a laptop, where no REDIS_URL names one; undefined: not needed. */
async function redisOfOurOwn({ store, redisUrl, siteName }: Environment): Promise<LocalRedis | undefined> {
  if (store !== 'redis' || redisUrl !== undefined || siteName !== undefined) return undefined;
  return startLocalRedis(process.env.PATH ?? process.env.Path ?? '');
}

/** undefined: no connection string is set. */
async function telemetryOf(environment: Environment, report: (line: string) => void): Promise<Telemetry | undefined> {
  if (environment.applicationInsights === undefined) return undefined;
  return openTelemetry({
    connectionString: environment.applicationInsights,
    identityClientId: environment.applicationInsightsIdentityClientId,
    roleName: environment.siteName ?? 'shop',
    instanceId: environment.instanceId,
    report,
  });
}

start().catch((error: unknown) => {
  console.error(
    error instanceof BadInput ? error.message : error instanceof Error ? String(error.stack) : String(error),
  );
  // Exit and not exitCode: a store already open would keep the process.
  process.exit(error instanceof BadInput ? 2 : 1);
});
