import { InputError } from '../inputError';
import { changeOf } from '../review/changes';
import { readPrices } from '../review/cost/prices';
import { difference } from '../review/diff';
import { differenceFormats } from '../review/report/formats';
import { reviewJson } from '../review/report/json';
import { review } from '../review/review';
import { defaultSuppressions, readSuppressions } from '../review/suppression';
import { architectures } from './architectures';
import { checkDocument, type DocumentOptions, publish, withDocument } from './document';
import type { EnvironmentOption } from './environments';
import { exitCodes, exitWith } from './exit';
import { program, start } from './program';

const command = withDocument(
  program('compare', 'Say what changes from one variant to another.').argument(
    '[variant...]',
    'two variants with their overrides, or two paths of Terraform: a cdk.tf.json, or the JSON of a plan',
  ),
  differenceFormats,
).action((words: string[], options: DocumentOptions & EnvironmentOption) =>
  exitWith(async () => {
    checkDocument(options);
    const [from, to, ...more] = words.length > 0 ? await architectures(words, [], options.environment) : [];
    if (!from || !to || more.length > 0)
      throw new InputError(
        `compare takes two different variants, got: ${words.join(' ') || 'none'}. Try npm run compare single-zone zone-redundant.`,
      );
    const prices = readPrices();
    const suppressions = readSuppressions(defaultSuppressions);
    const [before] = reviewJson(review([from], { prices, suppressions })).variants;
    const [after] = review([to], { prices, suppressions }).variants;
    if (!before || !after) throw new Error('A deployment was not reviewed.');
    const report = { difference: difference(from, to, prices), change: changeOf(before, after) };
    await publish(report, differenceFormats, options, words);
    return exitCodes.done;
  }),
);
start(command);
