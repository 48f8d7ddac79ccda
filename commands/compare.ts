import { InputError } from '../inputError';
import { changeOf } from '../review/changes';
import { difference } from '../review/diff';
import { differenceFormats } from '../review/report/formats';
import { reviewJson } from '../review/report/json';
import { review } from '../review/review';
import { architectures } from './architectures';
import { checkDocument, type DocumentOptions, publish, withDocument } from './document';
import type { EnvironmentOption } from './environments';
import { exitCodes, exitWith } from './exit';
import { program, start } from './program';
import { judgingBy, type RuleOptions, withRuleOptions } from './ruleOptions';

export const command = withRuleOptions(
  withDocument(
    program('compare', 'Say what changes from one variant to another.').argument(
      '[variant...]',
      'two variants with their overrides, or two paths of Terraform: a cdk.tf.json, or the JSON of a plan',
    ),
    differenceFormats,
  ),
).action((words: string[], options: DocumentOptions & EnvironmentOption & RuleOptions) =>
  exitWith(async () => {
    checkDocument(options);
    const judging = await judgingBy(options);
    const [from, to, ...more] = words.length > 0 ? await architectures(words, [], options.environment) : [];
    if (!from || !to || more.length > 0)
      throw new InputError(
        `compare takes two different variants, got: ${words.join(' ') || 'none'}. Try npm run compare single-zone zone-redundant.`,
      );
    const [before] = reviewJson(review([from], judging)).variants;
    const [after] = review([to], judging).variants;
    if (!before || !after) throw new Error('A deployment was not reviewed.');
    const report = {
      difference: difference(from, to, judging.prices),
      change: changeOf(before, after, judging.rules),
    };
    await publish(report, differenceFormats, options, words);
    return exitCodes.done;
  }),
);
export const run = () => start(command);

if (require.main === module) void run();
