import { type FaultName, faultNames, headlineFaults, isFaultName } from '../../drill/faults';
import { drillFormats } from '../../drill/report/formats';
import { type DrillReport, isCompleted } from '../../drill/report/result';
import { mostShoppers, tooMany } from '../../drill/shoppers/pace';
import { InputError, refuse } from '../../inputError';
import { variants } from '../../main';
import { printable, printableLines } from '../../report/printable';
import { checkDocument, type DocumentOptions, publish } from '../document';
import { assumptionsOf, drilledDeployments, isDrilledPath, type Stated } from '../drillDeployments';
import type { ExportOptions } from '../drillExport';
import { drillUrl } from '../drillUrl';
import { exportTargets, headlineVariants } from '../drillWords';
import type { EnvironmentOption } from '../environments';
import { endings, exitCodes, interrupted } from '../exit';

export interface DrillOptions extends DocumentOptions, EnvironmentOption, ExportOptions {
  readonly collect?: string;
  readonly all?: boolean;
  readonly checkOracle?: boolean;
  readonly seed: number;
  readonly url?: string;
  readonly mine?: boolean;
  readonly rate: number;
  readonly seconds: number;
  readonly shoppers?: number;
  readonly seeds?: number;
  readonly app?: string;
  readonly watch?: string;
  readonly assume?: readonly string[];
  readonly varFile?: readonly string[];
}

/**
 * Drills what the words of a command ask for, and publishes the report.
 *
 * @returns exit code
 * @throws InputError before anything is started
 */
export async function drillWords(words: readonly string[], options: DrillOptions): Promise<number> {
  checkApp(options);
  if (options.checkOracle)
    return (await import('../drillOracle')).checkOracles(words.map(known), statedBy(options), options);
  checkScale(options);
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

/** @throws InputError for options that belong to an export without one, and for an export that is also something else */
function checkScale(options: DrillOptions): void {
  const { export: engine, collect, out, ledgerSecret, secretIdentity } = options;
  if (engine !== undefined && collect !== undefined)
    throw new InputError('--export and --collect exclude each other: a load test runs between them. Leave one out.');
  const idle = givenIn({ out, 'ledger-secret': ledgerSecret, 'secret-identity': secretIdentity });
  if (engine === undefined && idle.length > 0)
    throw new InputError(
      `${idle.join(' and ')}: belongs to --export. Give --export ${exportTargets[0]}, or leave it out.`,
    );
  if (collect !== undefined && (options.url !== undefined || options.watch !== undefined))
    throw new InputError('--collect asks no address: leave --url and --watch out.');
  const { json, html, output, format } = options;
  const printed = givenIn({ json, html, output, format });
  if (engine !== undefined && printed.length > 0)
    throw new InputError(
      `--export writes no report: leave ${printed.join(' and ')} out, and give them with --collect.`,
    );
}

/** @throws InputError for an app of yours where nothing is started on this machine */
function checkApp({ app, url, checkOracle, export: engine, collect }: DrillOptions): void {
  if (app === undefined) return;
  if (app.trim() === '')
    throw refuse('--app', 'the command that starts your app', app, 'Write it as in --app "node server.js".');
  const [other] = givenIn({ url, 'check-oracle': checkOracle, export: engine, collect });
  if (other) throw new InputError(`--app starts your app on this machine, and ${other} starts nothing. Leave one out.`);
}

/** As they are typed: the options that have a value. */
const givenIn = (options: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`]));

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
  if (options.watch !== undefined) throw new InputError('--watch belongs to --url. Give the address, or leave it out.');
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
