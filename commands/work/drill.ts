import { type FaultName, faultNames, headlineFaults, isFaultName } from '../../drill/faults';
import { drillFormats } from '../../drill/report/formats';
import { type DrillReport, isCompleted } from '../../drill/report/result';
import { mostShoppers, tooMany } from '../../drill/shoppers/pace';
import { InputError, refuse } from '../../inputError';
import { variants } from '../../main';
import { printable, printableLines } from '../../report/printable';
import { checkDocument, publish } from '../document';
import { assumptionsOf, drilledDeployments, isDrilledPath, type Stated } from '../drillDeployments';
import { drillUrl } from '../drillUrl';
import { headlineVariants } from '../drillWords';
import type { EnvironmentOption } from '../environments';
import { endings, exitCodes, interrupted } from '../exit';
import { checkStart, type StartOptions } from './drillStart';

export interface DrillOptions extends StartOptions, EnvironmentOption {
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

/**
 * Drills what the words of a command ask for, and publishes the report.
 *
 * @param isTyped whether an option was typed, and does not come from a config file
 * @returns exit code
 * @throws InputError before anything is started
 */
export async function drillWords(
  words: readonly string[],
  options: DrillOptions,
  isTyped: (name: string) => boolean,
): Promise<number> {
  checkStart(options, isTyped);
  if (options.checkOracle)
    return (await import('../drillOracle')).checkOracles(words.map(known), statedBy(options), options);
  if (options.export !== undefined)
    return (await import('../drillExport')).exportLoadTests(words.map(known), statedBy(options), options);
  const { collect } = options;
  const work =
    collect !== undefined
      ? async () => (await import('../drillCollect')).collectResult(collect, words, statedBy(options))
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
}

const onProgress = process.stderr.isTTY && ((line: string): void => void process.stderr.write(`${printable(line)}\n`));

type Work = (signal: AbortSignal) => Promise<DrillReport>;

/** @throws InputError for words that cannot be drilled, before anything is started */
async function drillVariants(words: readonly string[], options: DrillOptions): Promise<Work> {
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
  const { drillSeeds } = await import('../../drill/seeds');
  const { drill } = await import('../../drill/drill');
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

const statedBy = ({ assume = [], varFile = [], environment }: DrillOptions): Stated => ({
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
