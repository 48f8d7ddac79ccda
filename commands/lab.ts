import { assumable } from '../drill/plan/assume';
import { InputError, refuse } from '../inputError';
import { defaultMinutes } from '../lab/server/idle';
import { variants } from '../main';
import { printableLines } from '../report/printable';
import { sessionStore } from '../sessions/stores';
import { drilledDeployments } from './drillDeployments';
import type { EnvironmentOption } from './environments';
import { endings, exitCodes, exitWith, interrupted } from './exit';
import { withPlainWords } from './plainWords';
import { argvOf, helpText, program, start } from './program';
import { wholeNumber } from './wholeNumber';

/** What a lab without words shows: the same zones, with carts in processes and with carts in Redis. */
const headlineVariants = ['zone-redundant-sticky', 'zone-redundant'];

const mostSides = 2;

interface Options extends EnvironmentOption {
  readonly port: number;
  readonly seed: number;
  readonly shoppers: number;
  readonly speed: number;
  readonly minutes: number;
  readonly open?: boolean;
}

export const command = program('lab', 'Play with one or two variants in a page: break something, and watch the carts.')
  .argument('[word...]', 'one or two variants or paths of Terraform, with their overrides')
  .option(
    '--port <number>',
    'port of 127.0.0.1 for the page; by default any free one',
    wholeNumber('--port', 1, 65535),
    0,
  )
  .option('--seed <number>', 'the same shoppers do the same things', wholeNumber('--seed', 0, 999999999), 1)
  .option('--shoppers <number>', 'how many shoppers a side has', wholeNumber('--shoppers', 6, 120), 24)
  .option('--speed <number>', 'how many times as fast as Azure’s its timers run', wholeNumber('--speed', 1, 600), 60)
  .option(
    '--minutes <number>',
    'the lab ends by itself after so long',
    wholeNumber('--minutes', 1, 480),
    defaultMinutes,
  )
  .option('--open', 'open the page in your browser')
  .addHelpText('after', () =>
    helpText([
      '',
      `Without words: ${headlineVariants.join(' and ')}. A path takes facts, as in plan.json,sessions=redis: ${Object.keys(assumable).join(', ')}.`,
      'The page is at an address of this machine with a secret in it, which is printed. Ctrl-C ends everything; so do two minutes without a page.',
      'Without -- the words open, port=N, seed=N, shoppers=N, speed=N and minutes=N do the same in every shell.',
    ]),
  )
  .action((words: string[], options: Options) => exitWith(() => play(words, options)));

async function play(words: readonly string[], options: Options): Promise<number> {
  const wanted = words.length > 0 ? words : headlineVariants;
  const { environment } = options;
  const stated = { assumptions: new Map(), variableFiles: [], environment };
  const read = async (given: readonly string[]) => (await drilledDeployments(given, stated)).deployments;
  const deployments = await read(wanted);
  if (deployments.length > mostSides)
    throw refuse(
      'word',
      'one or two variants',
      deployments.map(({ name }) => name).join(' '),
      'Start the lab with two of them.',
    );
  const { defaultShoppers, startLab } = await import('../lab/lab');
  const { openerOf, openPage } = await import('../lab/openPage');
  const { defaultLimits } = await import('../lab/server/idle');
  const abort = new AbortController();
  const stop = () => abort.abort();
  for (const name of endings) process.once(name, stop);
  say(`Starting ${deployments.map(({ name }) => name).join(' and ')}…`);
  try {
    const lab = await startLab({
      ...{ port: options.port, seed: options.seed, timeScale: options.speed },
      shoppers: options.shoppers ?? defaultShoppers,
      deployments: deployments.map((deployment) => [deployment.name, deployment] as const),
      deploymentOf: async (word) => {
        const [deployment] = await read([word]);
        if (!deployment) throw new InputError(`${word} names no variant.`);
        return deployment;
      },
      withoutRedis: withoutRedis(),
      signal: abort.signal,
      limits: { ...defaultLimits, mostMs: options.minutes * 60_000 },
    });
    process.stdout.write(`${lab.address}\n`);
    const opened = options.open === true && (await openPage(openerOf(lab.address)));
    if (options.open && !opened) say('No browser could be opened from here.');
    say(`${opened ? '' : 'Open this address in a browser. '}Ctrl-C ends the lab with every process of it.`);
    const reason = await lab.ended;
    say(`The lab has ended. ${reason} Every process that it had started has ended.`);
    return abort.signal.aborted ? interrupted : exitCodes.done;
  } catch (error) {
    if (error instanceof InputError) throw error;
    const what = abort.signal.aborted ? 'interrupted' : `the lab could not start: ${(error as Error).message}`;
    say(`error: ${what}. Every process that it had started has ended.`);
    return abort.signal.aborted ? interrupted : exitCodes.couldNotAssess;
  } finally {
    for (const name of endings) process.off(name, stop);
  }
}

const say = (text: string): void => void process.stderr.write(`${printableLines(text)}\n`);

const withoutRedis = (): readonly string[] =>
  Object.entries(variants).flatMap(([name, { sessions }]) => (sessionStore(sessions).keptIn === 'redis' ? [] : [name]));

export const run = () =>
  start(
    command,
    withPlainWords(argvOf(process.argv), {
      flags: ['open'],
      options: ['port', 'seed', 'shoppers', 'speed', 'minutes', 'environment'],
    }),
  );

if (require.main === module) void run();
