/** What a report opens with: one sentence, one table, and which variant to start from and why. */

import { isUnknown } from '../../architecture/known';
import { type Column, headsOf } from '../../report/layout';
import { shortened } from '../../report/names';
import { uptimeWords } from '../concerns';
import { type Part, parts } from '../losses';
import { objection, type Recommendation, recommended, shareOf } from '../recommendation';
import type { ReviewedVariant } from '../review';
import { standingOf } from './columns';
import { basisOf, basisWords, counted, peopleWords, untilPeople, wordedLoss } from './losses';

export interface Answer {
  readonly sentence: string;
  /** null: none is. */
  readonly recommendation: Recommendation | null;
  /** Why it is recommended, or why none is, and what it does not cover; a sentence each. */
  readonly reasons: readonly string[];
  /** Where the figures are from, and what they leave out. */
  readonly key: string;
  /** What short words of `answerColumns` mean; empty where none is used. */
  readonly shortWords: string;
}

export function answerOf(variants: readonly ReviewedVariant[]): Answer {
  const recommendation = recommended(variants);
  return {
    sentence: sentenceOf(variants, recommendation),
    recommendation,
    reasons: recommendation ? reasonsFor(recommendation) : reasonsAgainst(variants),
    key: variants.length === 0 ? '' : `${basisWords(variants)} ${moneyWords(variants)}`,
    shortWords: peopleWords(variants),
  };
}

const failures: Readonly<Record<Part, string>> = {
  instance: 'One crash',
  zone: 'The loss of a zone',
  region: 'The loss of a region',
};

/** The first failure, of those that come most often, that tells the variants apart. */
function sentenceOf(variants: readonly ReviewedVariant[], recommendation: Recommendation | null): string {
  const [only, ...others] = variants;
  if (!only) return 'Nothing was assessed.';
  if (variants.every(({ losses }) => parts.every((part) => shareOf(losses[part]) === null))) {
    if (others.length > 0) return `Of none of ${variants.length} variants is it known what a failure costs.`;
    if (only.services.length > 0)
      return `The apps of ${shortened(only.name)} serve different requests: what a failure costs is shown for each of them.`;
    const { share } = only.losses.instance;
    return `What a failure costs in ${shortened(only.name)} is unknown${isUnknown(share) ? `: ${share.unknown}` : ''}.`;
  }
  const part = parts.find((each) => variants.some(({ losses }) => (shareOf(losses[each]) ?? 1) > 0));
  if (!part)
    return others.length === 0
      ? `${shortened(only.name)} loses no cart with an instance, a zone or a region${from(only)}.`
      : `No variant loses a cart with an instance, a zone or a region${recommendation ? `; ${shortened(recommendation.variant.name)} costs least${from(recommendation.variant)}` : ''}.`;
  const worst = variants.reduce((most, each) => (lostIn(each, part) > lostIn(most, part) ? each : most), only);
  const cost = `${failures[part]} costs ${cartsLost(worst, part)} in ${shortened(worst.name)}`;
  const best = recommendation?.variant;
  if (!best || best === worst) return others.length === 0 ? `${cost}${from(only)}.` : `${cost}.`;
  const share = shareOf(best.losses[part]);
  return `${cost}; ${shortened(best.name)} loses ${share === 0 ? 'none' : cartsLost(best, part)}${from(best)}.`;
}

/** A loss that is unknown is no better than any other. */
const lostIn = ({ losses }: ReviewedVariant, part: Part): number => shareOf(losses[part]) ?? -1;

function cartsLost({ losses }: ReviewedVariant, part: Part): string {
  const { measured, share } = losses[part];
  if (measured) return `${measured.cartsLost} of ${measured.shoppers} carts`;
  if (isUnknown(share)) return 'an unknown number of carts';
  if (share === 0) return 'no cart';
  if (share === 1) return 'every cart';
  return share === 0.5 ? 'half of the carts' : `${wordedLoss(losses[part], false).lost} carts`;
}

const from = ({ monthlyCost: { atFloor, currency, regionsWithoutPrice: missing } }: ReviewedVariant): string =>
  atFloor === null
    ? ''
    : `, from ${wholeAmount(atFloor)} ${currency} a month${missing.length > 0 ? ` without ${missing.join(', ')}` : ''}`;

const wholeAmount = (value: number) => Math.round(value).toLocaleString('en-US');

function reasonsFor({ variant, equals, servesOn }: Recommendation): string[] {
  const lossless = parts.every((part) => shareOf(variant.losses[part]) === 0);
  const loses = lossless
    ? 'it loses no cart with an instance, a zone or a region'
    : `it loses the least: ${parts.map((part) => `${wordedLoss(variant.losses[part], false).lost} with ${articles[part]}`).join(', ')}`;
  const cost = equals > 1 ? `; of the ${equals} that lose as little it costs least` : '';
  return [
    `Recommended: ${variant.name}. No rule finds an error in it; ${loses}${cost}.`,
    ...(variant.losses.region.needsPeople === true
      ? [
          `It does not serve while its region is away: people must deploy it elsewhere.${servesOn ? ` ${servesOn.name} serves on${from(servesOn)}.` : ''}`,
        ]
      : []),
  ];
}

const articles: Readonly<Record<Part, string>> = { instance: 'an instance', zone: 'a zone', region: 'a region' };

function reasonsAgainst(variants: readonly ReviewedVariant[]): string[] {
  if (variants.length < 2) return [];
  const erring = variants.filter((variant) => objection(variant) === 'errors').length;
  const open = variants.length - erring;
  const why = [
    ...(erring > 0 ? [`in ${erring} the rules find an error`] : []),
    ...(open > 0 ? [`of ${open} it is unknown what a loss costs`] : []),
  ];
  return [`None of ${variants.length} variants is recommended: ${why.join(', ')}.`];
}

/** Columns of the first table. */
export function answerColumns(variants: readonly ReviewedVariant[]): readonly Column<ReviewedVariant>[] {
  const mixed = basisOf(variants) === 'both';
  const lossColumn = (part: Part): Column<ReviewedVariant> => ({
    head: `${part} lost`,
    text: ({ losses }) => {
      const { lost, remarks } = wordedLoss(losses[part], mixed);
      return remarks.length === 0
        ? lost
        : `${lost} (${remarks.map((remark) => (remark === untilPeople ? 'people' : remark)).join(', ')})`;
    },
  });
  return [{ head: 'variant', text: ({ name }) => name }, ...parts.map(lossColumn), ...figureColumns(variants)];
}

export const answerHeads = (variants: readonly ReviewedVariant[]): string[] => headsOf(answerColumns(variants));

/** Money, uptime and findings. */
export const figureColumns = (variants: readonly ReviewedVariant[]): readonly Column<ReviewedVariant>[] => [
  { head: `${variants[0]?.monthlyCost.currency ?? ''}/month from`.trim(), numeric: true, text: monthly },
  { head: 'uptime', numeric: true, text: ({ availability: { lowPercent } }) => uptimeWords(lowPercent, lowPercent) },
  { head: 'findings', text: findingWords },
];

function monthly({ monthlyCost: { atFloor, regionsWithoutPrice } }: ReviewedVariant): string {
  if (atFloor === null) return 'no price';
  return regionsWithoutPrice.length > 0
    ? `${wholeAmount(atFloor)} without ${regionsWithoutPrice.join(', ')}`
    : wholeAmount(atFloor);
}

function findingWords(variant: ReviewedVariant): string {
  const { kind, findings } = standingOf(variant);
  if (findings === 0) return kind === 'unknown' ? 'unknown' : 'none';
  const errors = variant.findings.filter(({ severity, suppressed }) => severity === 'error' && !suppressed).length;
  return errors === 0
    ? counted(findings, 'warning')
    : errors === findings
      ? counted(errors, 'error')
      : `${findings} (${counted(errors, 'error')})`;
}

function moneyWords(variants: readonly ReviewedVariant[]): string {
  const [first] = variants;
  if (!first) return '';
  return `Money is the list price of what costs by existing, at the fewest instances, as of ${first.monthlyCost.asOf}; use comes on top. Uptime is what Microsoft’s contracts promise together, the lower figure where one is unverified.`;
}
