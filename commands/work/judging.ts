import { InputError } from '../../inputError';
import { type PriceFile, readPrices } from '../../review/cost/prices';
import { whyNoRule } from '../../review/rules';
import type { Rule } from '../../review/rules/rule';
import type { StatedSeverities } from '../../review/settings/apply';
import { readSuppressions, type Suppression } from '../../review/suppression';
import type { RuleOptions } from '../ruleOptions';
import { rulesWith } from '../teamRules';

/** By what deployments are judged. */
export interface Judging {
  readonly rules: readonly Rule[];
  readonly severities: StatedSeverities;
  readonly suppressions: readonly Suppression[];
  readonly prices: PriceFile;
}

/** @throws InputError for a file that cannot be read, and for a rule that is not there */
export async function judgingBy({
  config,
  rules: folder,
  severity,
  suppressions,
  prices,
}: RuleOptions): Promise<Judging> {
  const rules = await rulesWith(folder);
  const { inFile = {}, given = {} } = severity ?? {};
  const named = [
    ...Object.keys(inFile).map((id) => [config || 'config', id] as const),
    ...Object.keys(given).map((id) => ['--severity', id] as const),
  ];
  for (const [where, id] of named) {
    const missing = whyNoRule(id, rules);
    if (missing) throw new InputError(`${where}: ${missing}`);
  }
  return {
    rules,
    severities: { usual: inFile, now: given },
    suppressions: readSuppressions(suppressions, rules),
    prices: readPrices(prices),
  };
}
