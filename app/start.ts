import { parseArgs } from 'node:util';
import { createApp } from './app';
import { drain } from './drain';
import { BadInput, type Environment, readEnvironment, storeNames } from './environment';
import { orList } from './environmentRules';
import { listen, portOf } from './listen';
import { type LocalRedis, startLocalRedis } from './localRedis';
import { jsonLog, type RequestSink } from './requestLog';
import { openStore } from './stores/open';
import { openTelemetry, type Telemetry } from './telemetry';

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
  SHUTDOWN_GRACE_SECONDS    time for requests in flight after SIGTERM, SIGINT or SIGHUP (default 4)
  REQUEST_LOG               on or off: a line of JSON for each request (default on at App Service, off elsewhere)
  APPLICATIONINSIGHTS_CONNECTION_STRING   send requests to Application Insights
  APPLICATIONINSIGHTS_IDENTITY_CLIENT_ID  with this user-assigned identity's Microsoft Entra tokens
  PACKAGE_HASH              which package runs, for /healthz
  INSTANCE_ZONE             zone to show (the drill sets it; App Service names none)

Exit codes: 0 stopped after draining, 1 requests were cut at the time limit, 2 bad input.
`;

/** The store named on the command line; undefined: none is named. `--help` prints and ends. */
function readWords(): string | undefined {
  let words: string[];
  try {
    const { values, positionals } = parseArgs({
      options: { help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if (values.help) {
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
  const environment = readEnvironment(word === undefined ? process.env : { ...process.env, SESSION_STORE: word });
  const log = jsonLog(environment.instanceId, (line) => process.stdout.write(line));
  const report = environment.requestLog ? log.report : (line: string) => console.error(line);

  let isDraining = false;
  let close: (() => Promise<'drained' | 'cut'>) | undefined;
  const stop = async (signal: string) => {
    // npm passes Ctrl-C on, so it arrives twice: the second must not cut the drain short.
    if (isDraining) return;
    isDraining = true;
    // Nothing listens yet; what was started ends on `exit`.
    if (close === undefined) process.exit(0);
    report(`${signal}: draining for at most ${environment.shutdownGraceSeconds} s.`);
    const outcome = await close();
    report(outcome === 'drained' ? 'Drained.' : 'Time is up: the requests still open were cut.');
    process.exit(outcome === 'drained' ? 0 : 1);
  };
  // Before anything is started: a signal that nobody handles ends the process without its `exit`. SIGHUP: the terminal
  // was closed.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);

  const redis = await redisOfOurOwn(environment);
  const store = await openStore({ ...environment, redisUrl: redis?.url ?? environment.redisUrl }, report);
  const telemetry = await telemetryOf(environment, report);
  const sinks: RequestSink[] = [];
  if (environment.requestLog) sinks.push(log.request);
  if (telemetry !== undefined) sinks.push(telemetry.request);

  const app = createApp({ environment, store, isDraining: () => isDraining, report, sinks });
  const server = await listen(app, { port: environment.port, host: environment.listenHost });
  close = async () => {
    const outcome = await drain(server, environment.shutdownGraceSeconds);
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
