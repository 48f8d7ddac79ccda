import { InputError } from '../../inputError';
import { changeOf } from '../../review/changes';
import { difference } from '../../review/diff';
import { differenceFormats } from '../../review/report/formats';
import { reviewJson } from '../../review/report/json';
import { review } from '../../review/review';
import { architectures } from '../architectures';
import { checkDocument, type DocumentOptions, publish } from '../document';
import type { EnvironmentOption } from '../environments';
import { exitCodes } from '../exit';
import type { RuleOptions } from '../ruleOptions';
import { judgingBy } from './judging';

export type CompareOptions = DocumentOptions & EnvironmentOption & RuleOptions;

/**
 * Compares the two deployments that the words of a command name, and publishes the report.
 *
 * @returns exit code
 * @throws InputError before anything is written
 */
export async function compareWords(words: readonly string[], options: CompareOptions): Promise<number> {
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
}
