import { createInterface } from 'node:readline';
import { type FaultName, faultNames, faults, headlineFaults, isFaultName } from '../drill/faults';
import { assumable } from '../drill/plan/assume';
import { drillFormats } from '../drill/report/formats';
import { type DrillReport, isCompleted } from '../drill/report/result';
import { defaultLimits, isLoopback, mostRequests } from '../drill/url/limits';
import { InputError, refuse } from '../inputError';
import { variants } from '../main';
import { printable, printableLines } from '../report/printable';
import { checkDocument, type DocumentOptions, publish, withDocument } from './document';
import { assumptionsOf, drilledDeployments, isDrilledPath, type Stated } from './drillDeployments';
import type { EnvironmentOption } from './environments';
import { exitCodes, exitWith } from './exit';
import { argvOf, definitionOf, helpText, program, start } from './program';

/** What a shell expects of a process that Ctrl-C ended. */
const interrupted = 130;

/** SIGHUP: the terminal was closed. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What a drill without words shows: the usual start, the recommended variant, and the one that loses least. */
const headlineVariants = ['single-zone', 'zone-redundant', 'multi-region-active-active'];

/** Fewer than in a local drill: a deployed address is asked slowly. */
const remoteShoppers = 12;

interface Options extends DocumentOptions, EnvironmentOption {
  readonly all?: boolean;
  readonly checkOracle?: boolean;
  readonly seed: number;
  readonly url?: string;
  readonly mine?: boolean;
  readonly rate: number;
  readonly seconds: number;
  readonly assume?: readonly string[];
  readonly varFile?: readonly string[];
}

const command = withDocument(
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
    numberFrom('--seed', 0, 999999999),
    1,
  )
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
    numberFrom('--rate', 1, 50),
    defaultLimits.requestsPerSecond,
  )
  .option('--seconds <number>', 'how long to ask --url', numberFrom('--seconds', 10, 3600), defaultLimits.seconds)
  .addHelpText('after', () =>
    helpText([
      '',
      `Without words: ${headlineVariants.join(', ')} under ${headlineFaults.join(', ')}.`,
      'Without variants, all of them get the faults that you name. Without faults, the variants get those four.',
      'A path leads to what the review reads, and takes facts as a variant takes overrides: plan.json,sessions=redis.',
      `Facts: ${Object.entries(assumable)
        .map(([name, values]) => `${name} (${values})`)
        .join('; ')}.`,
      'Without -- the words all, json, mine, wide, html=FILE, output=FILE, seed=N, url=ADDRESS, rate=N, seconds=N and assume=NAME=VALUE do the same in every shell.',
      '',
      'Faults:',
      ...faultNames.map((name) => definitionOf(name, faults[name].description)),
      '',
      'Here 1 means that a run went otherwise than the facts predict, 3 that a run could not be completed, or none could be drilled.',
    ]),
  )
  .action((words: string[], options: Options) =>
    exitWith(async () => {
      if (options.checkOracle)
        return (await import('./drillOracle')).checkOracles(words.map(known), statedBy(options), options);
      const work =
        options.url === undefined ? await drillVariants(words, options) : drillUrl(words, options.url, options);
      checkDocument(options);
      const report = await untilInterrupted(work);
      if (typeof report === 'number') return report;
      await publish(report, drillFormats, options, [
        options.url ?? [...new Set(report.runs.map(({ variant }) => variant))].join(', '),
      ]);
      const completed = report.runs.filter(isCompleted);
      if (completed.some(({ met }) => !met)) return exitCodes.gateFailed;
      const unfinished = report.runs.some((run) => 'notAssessed' in run);
      return unfinished || completed.length === 0 ? exitCodes.couldNotAssess : exitCodes.done;
    }),
  );

const onProgress = process.stderr.isTTY && {
  onProgress: (line: string) => void process.stderr.write(`${printable(line)}\n`),
};

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
  const { drill } = await import('../drill/drill');
  const notes = [...assumed].map(([name, facts]) => `${name}: ${facts.join(', ')}`);
  return async (signal) => {
    const report = await drill(deployments, { faults: chosen, seed, signal, ...onProgress });
    return notes.length > 0 ? { ...report, assumed: notes } : report;
  };
}

const statedBy = ({ assume = [], varFile = [], environment }: Options): Stated => ({
  ...{ assumptions: assumptionsOf(assume, '--assume'), variableFiles: varFile, environment },
});

/** @throws InputError as `drillVariants` */
function drillUrl(words: readonly string[], address: string, options: Options): Work {
  if (words.length > 0) {
    throw refuse(
      '--url',
      'alone',
      words.join(' '),
      'Leave out variants and faults: with --url, you decide what is deployed and what breaks.',
    );
  }
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '') {
    throw refuse(
      '--url',
      'an http:// or https:// address without a password',
      url?.protocol ?? address,
      'Try https://shop.example.com.',
    );
  }
  if (!isLoopback(url) && !options.mine) {
    throw new InputError(
      `${url.host} is not this machine. A drill sends it up to ${options.rate} requests a second for ${options.seconds} s; if you may do that, say so with --mine (or the word mine).`,
    );
  }
  const { seed, rate: requestsPerSecond, seconds } = options;
  const requests = mostRequests(remoteShoppers);
  if (requests.inAll > requestsPerSecond * seconds) {
    throw refuse(
      '--seconds',
      `at least ${Math.ceil(requests.inAll / requestsPerSecond)} at ${requestsPerSecond} requests a second, as ${remoteShoppers} shoppers send up to ${requests.inAll}`,
      seconds,
      `Or raise --rate to ${Math.ceil(requests.inAll / seconds)}.`,
    );
  }
  return async (signal) => {
    const { drillAddress } = await import('../drill/url/remote');
    const lines = createInterface({ input: process.stdin });
    const onMark = (mark: (label: string) => void) => void lines.on('line', mark);
    try {
      return await drillAddress(url, {
        ...{ seed, requestsPerSecond, seconds, shoppers: remoteShoppers, signal, onMark },
        ...onProgress,
      });
    } finally {
      lines.close();
      // An open pipe would keep the process.
      process.stdin.unref?.();
    }
  };
}

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

function numberFrom(option: string, least: number, most: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
    const { message } = refuse(
      option,
      `a whole number from ${least} to ${most}`,
      text,
      'Leave it out for the default.',
    );
    process.stderr.write(`error: ${message}\n`);
    process.exit(exitCodes.badInput);
  };
}

/** PowerShell eats the `--` before options, so plain words say the same. */
const plainWords = /^(all|json|mine|wide)$|^(html|output|seed|url|rate|seconds|assume|environment)=(.+)$/;

function withPlainWords(argv: readonly string[]): string[] {
  return argv.flatMap((word, index) => {
    const [, flag, option, value] = (index > 1 && plainWords.exec(word)) || [];
    if (flag) return [`--${flag}`];
    return option && value ? [`--${option}`, value] : [word];
  });
}

start(command, withPlainWords(argvOf(process.argv)));
