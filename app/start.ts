import { parseArgs } from 'node:util';
import { createApp } from './app';
import { drain } from './drain';
import { BadInput, readEnvironment, storeNames } from './environment';
import { listen, portOf } from './listen';
import { openStore } from './stores/open';

const help = `Usage: npm start [store]

Opens the shop. The store says where sessions and carts live:
  memory   in this process (the default; needs nothing)
  redis    in the Redis at REDIS_URL

Environment:
  PORT                      port to listen on (default 3000; 0: any free one)
  LISTEN_HOST               address to listen on (default 127.0.0.1; on App Service every interface)
  SESSION_STORE             the store, when no word names one
  SESSION_SECRET            at least 32 characters; a comma between two: the first signs, all verify
                            (required on App Service; elsewhere one is made, and sessions end with the process)
  REDIS_URL                 redis:// or rediss:// (default redis://127.0.0.1:6379; required on App Service)
  REDIS_IDENTITY_CLIENT_ID  sign in to Redis with this user-assigned identity's Microsoft Entra tokens
  SHUTDOWN_GRACE_SECONDS    time for requests in flight after SIGTERM or SIGINT (default 4)
  INSTANCE_ZONE             zone to show (the drill sets it; App Service names none)

Exit codes: 0 stopped after draining, 1 requests were cut at the time limit, 2 bad input.
`;

const report = (line: string) => console.error(line);

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
      `\`store\` must be one word, ${storeNames.join(' or ')}, got: ${JSON.stringify(words.join(' '))}. Run \`npm start redis\`.`,
    );
  return words[0];
}

async function start(): Promise<void> {
  const word = readWords();
  const environment = readEnvironment(word === undefined ? process.env : { ...process.env, SESSION_STORE: word });
  let isDraining = false;
  const store = await openStore(environment, report);
  const app = createApp({ environment, store, isDraining: () => isDraining, report });
  const server = await listen(app, { port: environment.port, host: environment.listenHost });
  console.log(`The shop is open at http://localhost:${portOf(server)}`);
  console.log(`Sessions live ${store.keeps}.`);
  if (environment.sessionSecretIsRandom)
    report('SESSION_SECRET is not set: a random one was made, so sessions end with this process.');

  const stop = async (signal: string) => {
    // npm passes Ctrl-C on, so it arrives twice: the second must not cut the drain short.
    if (isDraining) return;
    isDraining = true;
    report(`${signal}: draining for at most ${environment.shutdownGraceSeconds} s.`);
    const outcome = await drain(server, environment.shutdownGraceSeconds);
    await store.close();
    report(outcome === 'drained' ? 'Drained.' : 'Time is up: the requests still open were cut.');
    process.exit(outcome === 'drained' ? 0 : 1);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

start().catch((error: unknown) => {
  report(error instanceof BadInput ? error.message : error instanceof Error ? String(error.stack) : String(error));
  // Exit and not exitCode: a store already open would keep the process.
  process.exit(error instanceof BadInput ? 2 : 1);
});
