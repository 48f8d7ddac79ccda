/** The tables that every report shows: a column says its head and how to word a variant, and the report how it looks. */

import type { EntryKind } from '../../architecture/deployment';
import { isUnknown, type Known } from '../../architecture/known';
import { readMajors } from '../../architecture/terraform/provider';
import type { Column } from '../../report/layout';
import { sessionStore } from '../../sessions/stores';
import { uptimeWords } from '../concerns';
import { amount, basis, trafficWords } from '../cost/wording';
import type { ReviewedRegion, ReviewedVariant } from '../review';

const entryNames: Record<EntryKind, string> = {
  'app-service': 'App Service',
  'application-gateway': 'Application Gateway',
  'front-door': 'Front Door',
};

export const show = <T>(value: Known<T>, say: (value: T) => string = String) =>
  isUnknown(value) ? 'unknown' : say(value);

export const entryWords = ({ entry }: Pick<ReviewedVariant, 'entry'>): string =>
  show(entry, (kind) => entryNames[kind]);

/** `2 × 3`: two regions with three instances each. */
export function instances(regions: readonly ReviewedRegion[]): string {
  const counts = regions.map((region) => show(region.instances));
  const [first] = counts;
  if (!counts.every((count) => count === first)) return counts.join(' + ');
  return regions.length === 1 ? `${first}` : `${regions.length} × ${first}`;
}

export const zones = (regions: readonly ReviewedRegion[]): string =>
  [...new Set(regions.map((region) => show(region.zoneRedundant, (yes) => (yes ? 'spread' : 'one'))))].join(' + ');

/** Layers whose cookie brings a client back, by name; `off` where none does. A layer that is unknown says so. */
export function affinityWords({ appService, applicationGateway, frontDoor }: ReviewedVariant['affinity']): string {
  const layers = [
    ['App Service', appService],
    ['gateway', applicationGateway],
    ['Front Door', frontDoor],
  ] as const;
  const words = layers.flatMap(([name, state]) =>
    isUnknown(state) ? [`unknown at ${name}`] : state === 'on' ? [`on at ${name}`] : [],
  );
  return words.length === 0 ? 'off' : words.join(', ');
}

/** Words for a variant; where its apps serve different requests, the words for each of them. */
const ofServices = (
  variant: ReviewedVariant,
  words: (one: Pick<ReviewedVariant, 'regions' | 'sessions'>) => string,
): string => (variant.services.length === 0 ? words(variant) : [...new Set(variant.services.map(words))].join(' / '));

export const sessionWords = (sessions: ReviewedVariant['sessions']): string =>
  show(sessions, (store) => sessionStore(store).label);

/** How a variant came out of the rules. */
export interface Standing {
  readonly kind: 'nothing found' | 'warning' | 'error' | 'unknown';
  /** Findings that are not suppressed. */
  readonly findings: number;
}

export function standingOf({ findings, cannotTell }: ReviewedVariant): Standing {
  const open = findings.filter(({ suppressed }) => !suppressed);
  if (open.length > 0)
    return { kind: open.some(({ severity }) => severity === 'error') ? 'error' : 'warning', findings: open.length };
  return { kind: cannotTell.some(({ suppressed }) => !suppressed) ? 'unknown' : 'nothing found', findings: 0 };
}

const standingWords = ({ kind, findings }: Standing): string =>
  findings > 0 ? `${findings}` : kind === 'unknown' ? 'unknown' : 'none';

type VariantColumn = Column<ReviewedVariant>;

export const findingsColumn: VariantColumn = {
  head: 'findings',
  numeric: true,
  text: (variant) => standingWords(standingOf(variant)),
};

/** What a variant is, side by side; the findings are the last column. */
export const comparisonColumns: readonly VariantColumn[] = [
  { head: 'variant', text: ({ name }) => name },
  { head: 'entry', text: entryWords },
  { head: 'instances', text: (variant) => ofServices(variant, ({ regions }) => instances(regions)) },
  { head: 'zones', text: ({ regions }) => zones(regions) },
  { head: 'affinity', text: ({ affinity }) => affinityWords(affinity) },
  { head: 'sessions', text: (variant) => ofServices(variant, ({ sessions }) => sessionWords(sessions)) },
  { head: 'resources', numeric: true, text: ({ resources }) => `${resources}` },
  findingsColumn,
];

export const affinityKey =
  'affinity: the layers whose cookie brings a client back to the same place; off where none of them does';

/** Which azurerm each variant is for, a sentence; empty: none says it. */
export function providerKey(variants: readonly ReviewedVariant[]): string {
  const words = new Map<string, string[]>();
  for (const { name, provider } of variants) {
    if (!provider) continue;
    const { version, from, majors } = provider;
    const read =
      majors.length === 0 ? `not read: arguments of ${readMajors.join(', ')} are` : `major ${majors.join(' or ')}`;
    const said = `${version} (${read}), as ${from === 'plan' ? 'the plan' : from === 'lock file' ? 'the lock file' : from} says`;
    words.set(said, [...(words.get(said) ?? []), name]);
  }
  if (words.size === 0) return '';
  const [[only = ''] = []] = words;
  const all = words.size === 1 && words.get(only)?.length === variants.length;
  return `azurerm: ${all ? only : [...words].map(([said, names]) => `${said}: ${names.join(', ')}`).join('; ')}`;
}

/** What uptime and list price say, and how much they leave out. */
export const figuresColumns = (variants: readonly ReviewedVariant[]): readonly VariantColumn[] => {
  const currency = variants[0]?.monthlyCost.currency ?? '';
  return [
    { head: 'variant', text: ({ name }) => name },
    { head: 'uptime', text: ({ availability: { percent, lowPercent } }) => uptimeWords(percent, lowPercent) },
    {
      head: 'down a month',
      numeric: true,
      text: ({ availability: { minutesDownPerMonth: minutes } }) => (minutes === null ? 'unknown' : `${minutes} min`),
    },
    {
      head: `${currency} a month, at floor`,
      numeric: true,
      text: ({ monthlyCost }) => amount(monthlyCost.atFloor, monthlyCost),
    },
    { head: 'with use', numeric: true, text: ({ monthlyCost }) => amount(monthlyCost.withUse, monthlyCost) },
    { head: 'at maximum', numeric: true, text: ({ monthlyCost }) => amount(monthlyCost.atMaximum, monthlyCost) },
    {
      head: `${currency} a day`,
      numeric: true,
      text: ({ monthlyCost }) => amount(monthlyCost.perDay.atFloor, monthlyCost),
    },
    { head: 'without a price', numeric: true, text: ({ monthlyCost }) => `${monthlyCost.unpriced.length}` },
  ];
};

/** What the figures are, and the regions that are missing from some of them. */
export function figuresKey(variants: readonly ReviewedVariant[]): string {
  const [first] = variants;
  if (!first) return '';
  const incomplete = variants.filter(({ monthlyCost }) => monthlyCost.regionsWithoutPrice.length > 0);
  const unlinked = [...new Set(variants.flatMap(({ monthlyCost }) => monthlyCost.unlinked))];
  const regions = [...new Set(incomplete.flatMap(({ monthlyCost }) => monthlyCost.regionsWithoutPrice))].sort();
  return [
    `Uptime: published figures as of ${first.availability.asOf}, the lower where one could not be verified. It leaves out failover time, what fails together, and lost sessions.`,
    `A month is 30 days of uptime and ${first.monthlyCost.hoursPerMonth} hours of cost.`,
    `Cost: ${first.monthlyCost.currency}, list prices ${basis(variants.map(({ monthlyCost }) => monthlyCost))}. > marks a sum from which something without a price is missing.`,
    `With use: at the floor, with ${trafficWords(first.monthlyCost.byUse)}. What does not follow from that, such as logs and other data, is not in it.`,
    ...unfairUse(variants),
    ...(unlinked.length > 0 ? [`In the sums although no way from it to an app is known: ${unlinked.join(', ')}.`] : []),
    ...(regions.length > 0
      ? [
          `Do not compare the cost of ${incomplete.map(({ name }) => name).join(', ')} with others: prices in ${regions.join(', ')} are missing. Get them with npm run prices ${regions.join(' ')}.`,
        ]
      : []),
  ].join(' ');
}

/** Where use has no price in one variant and does in another, their sums with use cannot be compared. */
function unfairUse(variants: readonly ReviewedVariant[]): string[] {
  const missing = ({ monthlyCost }: ReviewedVariant) =>
    monthlyCost.byUse.unpriced.filter(({ kind }) => kind === 'no price');
  const unfair = variants.filter((variant) => missing(variant).length > 0);
  if (unfair.length === 0) return [];
  const what = [...new Set(unfair.flatMap(missing).map((one) => one.what))];
  const regions = [...new Set(unfair.flatMap(missing).flatMap(({ region }) => region ?? []))].sort();
  return [
    `Do not compare the cost with use of ${unfair.map(({ name }) => name).join(', ')} with others: ${what.join(', ')} ${what.length === 1 ? 'has' : 'have'} no price there. Get it with npm run prices${regions.map((region) => ` ${region}`).join('')}.`,
  ];
}
