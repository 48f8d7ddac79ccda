import type { Command } from 'commander';
import { type FaultName, faultNames, faults, headlineFaults, isFaultName } from '../drill/faults';
import { assumable } from '../drill/plan/assume';
import { drillFormats } from '../drill/report/formats';
import { type DrillReport, isCompleted } from '../drill/report/result';
import { mostAtScale } from '../drill/scale/plan';
import { mostShoppers, tooMany } from '../drill/shoppers/pace';
import { defaultLimits } from '../drill/url/limits';
import { InputError, refuse } from '../inputError';
import { variants } from '../main';
import { printable, printableLines } from '../report/printable';
import { checkDocument, publish, withDocument } from './document';
import { assumptionsOf, drilledDeployments, isDrilledPath, type Stated } from './drillDeployments';
import { exportTargets } from './drillExport';
import { checkStart, type StartOptions } from './drillOptions';
import { drillUrl } from './drillUrl';
import type { EnvironmentOption } from './environments';
import { endings, exitCodes, exitWith, interrupted } from './exit';
import { withPlainWords } from './plainWords';
import { argvOf, definitionOf, helpText, program, start } from './program';
import { wholeNumber } from './wholeNumber';

/** What a drill without words shows: the usual start, the recommended variant, and the one that loses least. */
const headlineVariants = ['single-zone', 'zone-redundant', 'multi-region-active-active'];

interface Options extends StartOptions, EnvironmentOption {
  readonly all?: boolean;
  readonly seed: number;
  readonly url?: string;
  readonly mine?: boolean;
  readonly rate: number;
  readonly seconds: number;
  readonly shoppers?: number;
  readonly seeds?: number;
  readonly watch?: string;
  readonly assume?: readonly string[];
  readonly varFile?: readonly string[];
}

export const command = withDocument(
  program('drill', 'Rehearse failures: start what each variant declares, break it, and count the carts.').argument(
    '[word...]',
    'variants or paths of Terraform with their overrides, and faults',
  ),
  drillFormats,
)
  .option('--all', 'every variant under every fault, or all of the kind that no word names')
  .option(
    '--seed <number>',
    'repeats a drill: the same shoppers do the same things',
    wholeNumber('--seed', 0, 999999999),
    1,
  )
  .option('--seeds <number>', 'drill with so many seeds, and give ranges', wholeNumber('--seeds', 1, 100))
  .option(
    '--shoppers <number>',
    'how many fill carts (60, or 12 with --url, or 250 with --export)',
    wholeNumber('--shoppers', 1, mostAtScale),
  )
  .option('--app <command>', 'drill an app of yours that keeps the session contract, as --app "node server.js"')
  .option('--check-oracle', 'start nothing: read each deployment twice, and say where the readings differ')
  .option('--assume <name=value...>', 'a fact where the Terraform leaves it open, as sessions=redis')
  .option('--var-file <file...>', 'values of variables for a folder of .tf files')
  .option(
    '--url <address>',
    'ask a deployed shop instead; what breaks there is up to you, and a line that you type marks it',
  )
  .option('--mine', 'says that you may load the host of --url; needed unless it is this machine')
  .option(
    '--rate <number>',
    'most requests a second to --url',
    wholeNumber('--rate', 1, 50),
    defaultLimits.requestsPerSecond,
  )
  .option('--seconds <number>', 'how long to ask --url', wholeNumber('--seconds', 10, 3600), defaultLimits.seconds)
  .option('--watch <duration>', 'keep shoppers going at --url while you break things, as 30m; then audit')
  .option('--export <engine>', `write a load test with the same shoppers: ${exportTargets.join(', ')}`)
  .option('--out <folder>', 'folder for --export; each variant has one of its own in it (cdktf.out/load-test)')
  .option('--ledger-secret <id>', 'for --export: secret in Key Vault with the URL of a container for the ledgers')
  .option('--secret-identity <id>', 'for --export: user-assigned identity that reads that secret')
  .option('--collect <result>', 'judge the logs that a load test brought back; name the fault that you caused')
  .addHelpText('after', () =>
    helpText([
      '',
      `Without words: ${headlineVariants.join(', ')} under ${headlineFaults.join(', ')}.`,
      'Without variants, all of them get the faults that you name. Without faults, the variants get those four.',
      'A path leads to what the review reads, and takes facts as a variant takes overrides: plan.json,sessions=redis.',
      `Facts: ${Object.entries(assumable)
        .map(([name, values]) => `${name} (${values})`)
        .join('; ')}.`,
      'Without -- the words all, json, mine, wide, html=FILE, output=FILE, seed=N, url=ADDRESS, rate=N, seconds=N, shoppers=N, seeds=N, watch=DURATION, app=COMMAND, export=ENGINE, out=FOLDER, collect=RESULT and assume=NAME=VALUE do the same in every shell.',
      '',
      'Faults:',
      ...faultNames.map((name) => definitionOf(name, faults[name].description)),
      '',
      'Here 1 means that a run went otherwise than the facts predict, 3 that a run could not be completed, or none could be drilled.',
    ]),
  )
  .action((words: string[], options: Options, invoked: Command) =>
    exitWith(async () => {
      checkStart(invoked, options);
      if (options.checkOracle)
        return (await import('./drillOracle')).checkOracles(words.map(known), statedBy(options), options);
      if (options.export !== undefined)
        return (await import('./drillExport')).exportLoadTests(words.map(known), statedBy(options), options);
      const { collect } = options;
      const work =
        collect !== undefined
          ? async () => (await import('./drillCollect')).collectResult(collect, words, statedBy(options))
          : options.url === undefined
            ? await drillVariants(words, options)
            : drillUrl(words, options.url, options, onProgress || undefined);
      checkDocument(options);
      const report = await untilInterrupted(work);
      if (typeof report === 'number') return report;
      await publish(report, drillFormats, options, [
        options.url ?? [...new Set(report.runs.map(({ variant }) => variant))].join(', '),
      ]);
      const completed = report.runs.filter(isCompleted);
      if (completed.some(({ met }) => !met)) return exitCodes.gateFailed;
      const unfinished =
        report.runs.some((run) => 'notAssessed' in run) ||
        completed.some(({ ranges }) => ranges !== undefined && ranges.notAssessed.length > 0);
      return unfinished || completed.length === 0 ? exitCodes.couldNotAssess : exitCodes.done;
    }),
  );

const onProgress = process.stderr.isTTY && ((line: string): void => void process.stderr.write(`${printable(line)}\n`));

type Work = (signal: AbortSignal) => Promise<DrillReport>;

/** @throws InputError for words that cannot be drilled, before anything is started */
async function drillVariants(words: readonly string[], options: Options): Promise<Work> {
  const { all, seed } = options;
  const asked = [...new Set(words.filter(isFaultName))];
  const named = words.filter((word) => !isFaultName(word)).map(known);
  const chosen: readonly FaultName[] = asked.length > 0 ? asked : all ? faultNames : headlineFaults;
  const headline = headlineVariants.filter((name) => Object.hasOwn(variants, name));
  const wanted = named.length > 0 || all || asked.length > 0 ? named : headline;
  const { deployments, assumed } = await drilledDeployments(wanted, statedBy(options));
  const { shoppers, seeds = 1 } = options;
  if (shoppers !== undefined && shoppers > mostShoppers)
    throw refuse(
      '--shoppers',
      `a whole number from 1 to ${mostShoppers}`,
      shoppers,
      'Leave it out for the default, or see --export for larger crowds.',
    );
  const crowded = shoppers === undefined ? null : tooMany(shoppers);
  if (crowded !== null) throw new InputError(`--shoppers: ${crowded}. Give fewer.`);
  const { drillSeeds } = await import('../drill/seeds');
  const { drill } = await import('../drill/drill');
  const notes = [...assumed].map(([name, facts]) => `${name}: ${facts.join(', ')}`);
  return async (signal) => {
    const settings = {
      ...{ faults: chosen, seed, signal },
      ...(shoppers !== undefined && { shoppers }),
      ...(options.app !== undefined && { appCommand: options.app }),
      ...(onProgress && { onProgress }),
    };
    const report = await (seeds === 1 ? drill(deployments, settings) : drillSeeds(deployments, settings, seeds));
    return notes.length > 0 ? { ...report, assumed: notes } : report;
  };
}

const statedBy = ({ assume = [], varFile = [], environment }: Options): Stated => ({
  ...{ assumptions: assumptionsOf(assume, '--assume'), variableFiles: varFile, environment },
});

async function untilInterrupted(work: Work): Promise<DrillReport | number> {
  const abort = new AbortController();
  const stop = () => abort.abort();
  for (const name of endings) process.once(name, stop);
  try {
    return await work(abort.signal);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const what = abort.signal.aborted ? 'interrupted' : `the drill could not assess: ${(error as Error).message}`;
    process.stderr.write(`error: ${printableLines(what)}. Every process that it had started has ended.\n`);
    return abort.signal.aborted ? interrupted : exitCodes.couldNotAssess;
  } finally {
    for (const name of endings) process.off(name, stop);
  }
}

/** Refuses a word that is neither, with both lists. The synth checks everything else about a variant. */
function known(word: string): string {
  if (isFaultName(word)) return word;
  const [name = ''] = word.split(/[,@]/);
  if (name.includes('=') || isDrilledPath(word) || Object.hasOwn(variants, name)) return word;
  throw refuse(
    'word',
    `a variant (${Object.keys(variants).join(', ')}) or a fault (${faultNames.join(', ')})`,
    name,
    'Run `npm run drill help` for what each does.',
  );
}

export const run = () =>
  start(
    command,
    withPlainWords(argvOf(process.argv), {
      flags: ['all', 'json', 'mine', 'wide'],
      options: [
        'html',
        'output',
        'seed',
        'seeds',
        'shoppers',
        'url',
        'rate',
        'seconds',
        'watch',
        'app',
        'export',
        'out',
        'collect',
        'assume',
        'environment',
      ],
    }),
  );

if (require.main === module) void run();
