import { assumable } from '../drill/plan/assume';
import { defaultMinutes } from '../lab/server/idle';
import { exitWith } from './exit';
import { withPlainWords } from './plainWords';
import { argvOf, helpText, program, start } from './program';
import { wholeNumber } from './wholeNumber';
import type { LabOptions } from './work/lab';

/** What a lab without words shows: the same zones, with carts in processes and with carts in Redis. */
const headlineVariants = ['zone-redundant-sticky', 'zone-redundant'];

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
  .action((words: string[], options: LabOptions) =>
    exitWith(async () => (await import('./work/lab')).play(words.length > 0 ? words : headlineVariants, options)),
  );

export const run = () =>
  start(
    command,
    withPlainWords(argvOf(process.argv), {
      flags: ['open'],
      options: ['port', 'seed', 'shoppers', 'speed', 'minutes', 'environment'],
    }),
  );

if (require.main === module) void run();
