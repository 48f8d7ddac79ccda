import { type Command, Option } from 'commander';
import { InputError, refuse } from '../inputError';
import { defaultPriceFile, type PriceFile, readPrices } from '../review/cost/prices';
import { whyNoRule } from '../review/rules';
import type { Rule } from '../review/rules/rule';
import type { StatedSeverities } from '../review/settings/apply';
import { statedSeverities } from '../review/settings/reviewJson';
import { defaultSuppressions, readSuppressions, type Suppression } from '../review/suppression';
import { type Collected, CollectedOption } from './config/collected';
import { rulesWith } from './teamRules';

/** Options of the commands that judge deployments. */
export interface RuleOptions {
  /** The config file that was read, if there was one. */
  readonly config?: string | false;
  /** Folder with rules of a team. */
  readonly rules?: string;
  readonly severity?: Collected<(typeof statedSeverities)[number]>;
  readonly suppressions: string;
  readonly prices: string;
}

export const withRuleOptions = (command: Command): Command =>
  command
    .option('--rules <folder>', 'also ask rules of your own, a file for each')
    .addOption(
      new CollectedOption('--severity <rule=severity>', 'make a rule an error or a warning, or turn it off', {
        key: 'severities',
        check: (rule, severity) => {
          if (!(statedSeverities as readonly string[]).includes(severity))
            throw refuse(
              `severity of ${rule}`,
              statedSeverities.join(' or '),
              severity,
              'Write alerts=warning, for example.',
            );
        },
      }),
    )
    .addOption(
      new Option('--suppressions <file>', 'findings that are accepted, with their reason').default(
        defaultSuppressions,
        'review/suppressions.json',
      ),
    )
    .addOption(
      new Option('--prices <file>', 'list prices; npm run prices refreshes them').default(
        defaultPriceFile,
        'review/cost/retail-prices.json',
      ),
    );

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
