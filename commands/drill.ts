import type { Command } from 'commander';
import { faultNames, faults, headlineFaults } from '../drill/faults';
import { assumable } from '../drill/plan/assume';
import { drillFormats } from '../drill/report/formats';
import { mostAtScale } from '../drill/scale/plan';
import { defaultLimits } from '../drill/url/limits';
import { withDocument } from './document';
import { exportTargets, headlineVariants } from './drillWords';
import { exitWith } from './exit';
import { withPlainWords } from './plainWords';
import { argvOf, definitionOf, helpText, program, start } from './program';
import { wholeNumber } from './wholeNumber';
import type { DrillOptions } from './work/drill';

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
  .action((words: string[], options: DrillOptions, invoked: Command) =>
    exitWith(async () =>
      (await import('./work/drill')).drillWords(words, options, (name) => invoked.getOptionValueSource(name) === 'cli'),
    ),
  );

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
