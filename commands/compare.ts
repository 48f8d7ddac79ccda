import { differenceFormats } from '../review/report/formats';
import { withDocument } from './document';
import { exitWith } from './exit';
import { program, start } from './program';
import { withRuleOptions } from './ruleOptions';
import type { CompareOptions } from './work/compare';

export const command = withRuleOptions(
  withDocument(
    program('compare', 'Say what changes from one variant to another.').argument(
      '[variant...]',
      'two variants with their overrides, or two paths of Terraform: a cdk.tf.json, or the JSON of a plan',
    ),
    differenceFormats,
  ),
).action((words: string[], options: CompareOptions) =>
  exitWith(async () => (await import('./work/compare')).compareWords(words, options)),
);
export const run = () => start(command);

if (require.main === module) void run();
