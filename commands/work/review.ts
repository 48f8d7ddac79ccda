import { printable } from '../../report/printable';
import { changesSince } from '../../review/changes';
import { defaultPriceFile } from '../../review/cost/priceSource';
import { defaultSuppressions } from '../../review/defaultSuppressions';
import { gate, readEarlier } from '../../review/gate';
import { readDrill, withDrill } from '../../review/measured';
import { reviewFormats } from '../../review/report/formats';
import { type ReviewResult, review } from '../../review/review';
import type { Pillar } from '../../review/rules/rule';
import { readSettings } from '../../review/settings/reviewJson';
import { architectures } from '../architectures';
import { checkDocument, type DocumentOptions, publish } from '../document';
import type { EnvironmentOption } from '../environments';
import { exitCodes } from '../exit';
import { placesFor } from '../places';
import { settingsOfDeployment } from '../reviewSettings';
import type { RuleOptions } from '../ruleOptions';
import { usageFor } from '../usage';
import { judgingBy } from './judging';

export interface ReviewOptions extends DocumentOptions, EnvironmentOption, RuleOptions {
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

/**
 * Reviews what the words of a command ask for, and publishes the report.
 *
 * @returns exit code
 * @throws InputError before anything is written
 */
export async function reviewWords(words: readonly string[], options: ReviewOptions): Promise<number> {
  checkDocument(options);
  const against = options.against === undefined ? undefined : readEarlier(options.against);
  const judging = await judgingBy(options);
  const { rules, prices } = judging;
  const drill = options.drill === undefined ? null : readDrill(options.drill);
  const deployments = await architectures(words, options.varFile, options.environment);
  const usage = usageFor(options, deployments);
  const given = options.settings === undefined ? null : readSettings(options.settings, rules);
  const settings = given === null ? settingsOfDeployment(rules) : () => given;
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
}

const inputsOf = (
  { variants: reviewed }: ReviewResult,
  { environment, config, rules, varFile = [], drill, prices, suppressions, usage, requests, against }: ReviewOptions,
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
