import { type Command, Option } from 'commander';
import { refuse } from '../inputError';
import { defaultPriceFile } from '../review/cost/priceSource';
import { defaultSuppressions } from '../review/defaultSuppressions';
import { statedSeverities } from '../review/settings/severities';
import { type Collected, CollectedOption } from './config/collected';

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
