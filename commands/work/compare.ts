import { InputError } from '../../inputError';
import { variants } from '../../main';
import { changeOf } from '../../review/changes';
import { difference } from '../../review/diff';
import { differenceFormats } from '../../review/report/formats';
import { reviewJson } from '../../review/report/json';
import { review } from '../../review/review';
import { environmentOf } from '../../synthesis/environments';
import { architectures } from '../architectures';
import { checkDocument, type DocumentOptions, publish } from '../document';
import { type EnvironmentOption, settingsFor } from '../environments';
import { exitCodes } from '../exit';
import { settingsOfDeployment } from '../reviewSettings';
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
  const [from, to, ...more] = words.length > 0 ? await architectures(words, [], options.environment, true) : [];
  if (!from || !to || more.length > 0)
    throw new InputError(
      `compare takes two different variants, got: ${words.join(' ') || 'none'}. Try npm run compare single-zone zone-redundant.`,
    );
  const by = { ...judging, settings: settingsOfDeployment(judging.rules) };
  const [before] = reviewJson(review([from], by)).variants;
  const [after] = review([to], by).variants;
  if (!before || !after) throw new Error('A deployment was not reviewed.');
  const report = {
    difference: difference(from, to, judging.prices),
    change: changeOf(before, after, judging.rules),
    namesOf: await namesOf([from.name, to.name], words, options.environment),
  };
  await publish(report, differenceFormats, options, words);
  return exitCodes.done;
}

/**
 * The environment whose names both deployments have in the comparison; null: they are of one, or one of them is not a variant.
 *
 * @param labels of the two, as in `zone-redundant@dev`
 */
async function namesOf(
  labels: readonly string[],
  words: readonly string[],
  environment: string | undefined,
): Promise<string | null> {
  if (labels.some((label) => !Object.hasOwn(variants, label.replace(/[@,].*/s, '')))) return null;
  const { environments } = await settingsFor(words, environment);
  const [first, second] = labels.map((label) => {
    const found = environments.get(environmentOf(label) || undefined)?.settings;
    return (found as { readonly environment?: string } | undefined)?.environment;
  });
  return first === second ? null : (first ?? null);
}
