import { Option } from 'commander';
import { InputError, refuse } from '../inputError';
import { reviewFormats } from '../review/report/formats';
import { rules as ours } from '../review/rules';
import { pillars } from '../review/rules/rule';
import { withDocument } from './document';
import { exitWith } from './exit';
import { helpText, program, start } from './program';
import { withRuleOptions } from './ruleOptions';
import type { ReviewOptions } from './work/review';

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
  .action((words: string[], options: ReviewOptions) =>
    exitWith(async () => {
      // In a config file it is for the runs that are compared with an earlier result.
      if (command.getOptionValueSource('maxIncrease') === 'cli' && options.against === undefined)
        throw new InputError('--max-increase needs --against: a rise is one over an earlier result.');
      return (await import('./work/review')).reviewWords(words, options);
    }),
  );
export const run = () => start(command);

function amount(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw refuse('--max-increase', 'an amount, 0 or more', text, 'Write it as in --max-increase 50.');
}

function count(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw refuse('--requests', 'a whole number, 0 or more', text, 'Write it as in --requests 10000000.');
}

if (require.main === module) void run();
