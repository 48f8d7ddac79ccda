import { Option } from 'commander';
import { InputError, refuse } from '../inputError';
import { variants } from '../main';
import { printable } from '../report/printable';
import { changesSince } from '../review/changes';
import { defaultPriceFile } from '../review/cost/prices';
import { gate, readEarlier } from '../review/gate';
import { readDrill, withDrill } from '../review/measured';
import { reviewFormats } from '../review/report/formats';
import { type ReviewResult, review } from '../review/review';
import { rules as ours } from '../review/rules';
import { type Pillar, pillars } from '../review/rules/rule';
import { readSettings, settingsBeside } from '../review/settings/reviewJson';
import { defaultSuppressions } from '../review/suppression';
import { architectures } from './architectures';
import { checkDocument, type DocumentOptions, publish, withDocument } from './document';
import { type EnvironmentOption, settingsFolder } from './environments';
import { exitCodes, exitWith } from './exit';
import { placesFor } from './places';
import { helpText, program, start } from './program';
import { reviewSettingsOf } from './reviewSettings';
import { judgingBy, type RuleOptions, withRuleOptions } from './ruleOptions';
import { isPath } from './terraformPath';
import { usageFor } from './usage';

interface Options extends DocumentOptions, EnvironmentOption, RuleOptions {
  readonly varFile?: readonly string[];
  readonly drill?: string;
  readonly diagrams?: boolean;
  readonly gate?: boolean;
  readonly against?: string;
  readonly maxIncrease?: number;
  readonly pillar?: Pillar[];
  readonly settings?: string;
  readonly usage?: string;
  readonly requests?: number;
}

export const command = withRuleOptions(
  withDocument(
    program(
      'review',
      'Compare variants: entry, instances, zones, affinity, sessions, where state lives, uptime, cost, and what the rules find.',
    ).argument(
      '[variant...]',
      'variants with their overrides, or paths of Terraform: a folder of .tf files, a plan or a state as JSON, a cdk.tf.json, - for standard input',
    ),
    reviewFormats,
    { page: 'also write one self-contained page, with diagrams and every difference' },
  ),
)
  .option('--var-file <file...>', 'values of variables for a folder of .tf files')
  .option('--drill <file>', 'what npm run drill -- --json printed: losses are then counted ones')
  .option('--diagrams', 'draw each variant as text, too, also in Markdown')
  .option('--gate', 'exit 1 on an error that the rules find, 3 when a rule meets an unknown')
  .option(
    '--against <file>',
    'an earlier --json result: what changed since then comes first, and the gate fails on new errors only',
  )
  .option('--max-increase <amount>', 'largest rise of the monthly cost that the gate lets pass, with --against', amount)
  .addOption(
    new Option('--pillar <pillar...>', 'only rules of these pillars of the Well-Architected Framework').choices(
      pillars,
    ),
  )
  .option(
    '--settings <file>',
    'environment, sessions, severities and suppressions of the Terraform (default: review.json beside it)',
  )
  .option('--usage <file>', "how much is used a month, as Infracost's usage files say it, in YAML or JSON")
  .option('--requests <count>', 'requests of clients a month, for what is billed by use', count)
  .addHelpText('after', () => helpText(['', `Rules: ${ours.map(({ id }) => id).join(', ')}`]))
  .action((words: string[], options: Options) =>
    exitWith(async () => {
      // In a config file it is for the runs that are compared with an earlier result.
      if (command.getOptionValueSource('maxIncrease') === 'cli' && options.against === undefined)
        throw new InputError('--max-increase needs --against: a rise is one over an earlier result.');
      checkDocument(options);
      const against = options.against === undefined ? undefined : readEarlier(options.against);
      const judging = await judgingBy(options);
      const { rules, prices } = judging;
      const drill = options.drill === undefined ? null : readDrill(options.drill);
      const deployments = await architectures(words, options.varFile, options.environment);
      const usage = usageFor(options, deployments);
      const given = options.settings === undefined ? null : readSettings(options.settings, rules);
      const settings = ({ name }: { readonly name: string }) =>
        given ??
        (isPath(name, Object.keys(variants))
          ? settingsBeside(name, rules)
          : reviewSettingsOf(name, settingsFolder, rules));
      const reviewed = review(deployments, { ...judging, settings, usage, pillars: options.pillar });
      const result = drill ? withDrill(reviewed, drill, options.drill ?? '') : reviewed;
      await publish(
        {
          deployments,
          result,
          prices,
          drill,
          diagrams: options.diagrams ?? false,
          places: placesFor(),
          rules,
          since: against ? changesSince(against, result, rules) : null,
        },
        reviewFormats,
        options,
        inputsOf(result, options),
      );
      if (!options.gate) return exitCodes.done;
      const { verdict, because } = gate(result, { against, maxIncrease: against && options.maxIncrease });
      for (const reason of because) process.stderr.write(`${verdict}: ${printable(reason)}\n`);
      return { passed: exitCodes.done, failed: exitCodes.gateFailed, 'could not assess': exitCodes.couldNotAssess }[
        verdict
      ];
    }),
  );
export const run = () => start(command);

const inputsOf = (
  { variants: reviewed }: ReviewResult,
  { environment, config, rules, varFile = [], drill, prices, suppressions, usage, requests, against }: Options,
) => [
  ...reviewed.map(({ name }) => name),
  ...(environment === undefined ? [] : [`environment ${environment}`]),
  ...(config ? [`options ${config}`] : []),
  ...(rules === undefined ? [] : [`rules ${rules}`]),
  ...varFile.map((file) => `variables ${file}`),
  ...new Set(reviewed.flatMap(({ settings }) => (settings ? [`settings ${settings.file}`] : []))),
  ...(against === undefined ? [] : [`compared with ${against}`]),
  ...(drill === undefined ? [] : [`drill ${drill}`]),
  ...(prices === defaultPriceFile ? [] : [`prices ${prices}`]),
  ...(usage === undefined ? [] : [`usage ${usage}`]),
  ...(requests === undefined ? [] : [`${requests} requests a month`]),
  ...(suppressions === defaultSuppressions ? [] : [`suppressions ${suppressions}`]),
];

function amount(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw refuse('--max-increase', 'an amount, 0 or more', text, 'Write it as in --max-increase 50.');
}

function count(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw refuse('--requests', 'a whole number, 0 or more', text, 'Write it as in --requests 10000000.');
}

if (require.main === module) void run();
