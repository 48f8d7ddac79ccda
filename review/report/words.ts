import type { EntryKind } from '../../architecture/deployment';
import { isUnknown, type Known } from '../../architecture/known';
import type { SessionStore } from '../../sessions/stores';
import { uptimeWords } from '../concerns';
import { atLeast, basis } from '../cost/cost';
import type { Finding, ReviewedRegion, ReviewedVariant } from '../review';

/** How every report names the facts. */
const entryNames: Record<EntryKind, string> = {
  'app-service': 'App Service',
  'application-gateway': 'Application Gateway',
  'front-door': 'Front Door',
};

const sessionNames: Record<SessionStore, string> = {
  'in-process': 'in process',
  redis: 'Redis',
  'redis-geo': 'Redis, geo',
  cookie: 'sealed cookie',
};

export const show = <T>(value: Known<T>, say: (value: T) => string = String) => (isUnknown(value) ? '?' : say(value));

/** `2 × 3`: two regions with three instances each. */
export function instances(regions: readonly ReviewedRegion[]): string {
  const counts = regions.map((region) => show(region.instances));
  const [first] = counts;
  if (!counts.every((count) => count === first)) return counts.join(' + ');
  return regions.length === 1 ? `${first}` : `${regions.length} × ${first}`;
}

export const zones = (regions: readonly ReviewedRegion[]): string =>
  [...new Set(regions.map((region) => show(region.zoneRedundant, (yes) => (yes ? 'spread' : 'one'))))].join(' + ');

const affinityWords = ({ affinity: { appService, applicationGateway, frontDoor } }: ReviewedVariant): string =>
  [appService, applicationGateway, frontDoor]
    .map((state) => show(state, (on) => (on === 'absent' ? '-' : on)))
    .join(' / ');

function findingCount({ findings, cannotTell }: ReviewedVariant): string {
  const open = findings.filter(({ suppressed }) => !suppressed).length;
  if (open > 0) return `${open}`;
  return cannotTell.length > 0 ? '?' : 'none';
}

/** The comparison: heads, and a row per variant. */
export const comparisonHead = [
  'variant',
  'entry',
  'instances',
  'zones',
  'affinity',
  'sessions',
  'resources',
  'findings',
];

export const comparisonRow = (variant: ReviewedVariant): string[] => [
  variant.name,
  show(variant.entry, (kind) => entryNames[kind]),
  instances(variant.regions),
  zones(variant.regions),
  affinityWords(variant),
  show(variant.sessions, (store) => sessionNames[store]),
  `${variant.resources}`,
  findingCount(variant),
];

export const affinityKey =
  'affinity: App Service (ARR) / Application Gateway / Front Door; - where there is no such layer; ? cannot be told';

/** What uptime and list price say, and how much they leave out. */
export const figuresHead = [
  'variant',
  'uptime',
  'down a month',
  'cost at floor',
  'at maximum',
  'a day',
  'without a price',
];

export const figuresRow = ({ name, availability, monthlyCost }: ReviewedVariant): string[] => [
  name,
  uptimeWords(availability.percent, availability.lowPercent),
  availability.minutesDownPerMonth === null ? '?' : `up to ${availability.minutesDownPerMonth} min`,
  money(monthlyCost.atFloor, monthlyCost),
  money(monthlyCost.atMaximum, monthlyCost),
  money(monthlyCost.perDay.atFloor, monthlyCost),
  `${monthlyCost.unpriced.length}`,
];

export const money = (amount: number | null, cost: ReviewedVariant['monthlyCost']) =>
  amount === null ? 'no price' : atLeast(amount, cost);

export function currencyKey(variants: readonly ReviewedVariant[]): string {
  const [first] = variants;
  if (!first) return '';
  return [
    `Uptime: published figures as of ${first.availability.asOf}, the lower where one could not be verified; it leaves out failover time, what fails together, and lost sessions.`,
    `Cost: ${first.monthlyCost.currency}, list prices ${basis(variants.map(({ monthlyCost }) => monthlyCost))}; > where something has no price there.`,
  ].join(' ');
}

export interface UnpricedReason {
  readonly reason: string;
  readonly resources: readonly string[];
}

/** What has no price, by reason: the same resource of several variants is named once. */
export function unpricedByReason(variants: readonly ReviewedVariant[]): UnpricedReason[] {
  const all = [...new Set(variants.flatMap(({ monthlyCost }) => monthlyCost.unpriced))].map((text) => {
    const colon = text.indexOf(': ');
    return { resource: text.slice(0, colon), reason: text.slice(colon + 2) };
  });
  return grouping(all, ({ reason }) => reason).map((same) => ({
    reason: same[0]?.reason ?? '',
    resources: same.map(({ resource }) => resource),
  }));
}

export interface RuleFindings {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly source: string;
  /** One per message, with the places where it holds. */
  readonly groups: readonly { readonly message: string; readonly fix: string; readonly places: readonly Place[] }[];
}

export interface Place {
  readonly variant: string;
  readonly resource: string;
}

/** Findings of all variants by rule and message, errors first: the same one in seven variants is read once. */
export function byRule(variants: readonly ReviewedVariant[], suppressed: boolean): RuleFindings[] {
  const all = variants.flatMap(({ name, findings }) =>
    findings.filter((finding) => finding.suppressed === suppressed).map((finding) => ({ variant: name, finding })),
  );
  const grouped = grouping(all, ({ finding }) => finding.rule).map((ofRule): RuleFindings => {
    const { rule, severity, source } = (ofRule[0] as { finding: Finding }).finding;
    return {
      rule,
      severity,
      source,
      groups: grouping(ofRule, ({ finding }) => `${finding.message}\n${finding.fix}`).map((same) => ({
        message: (same[0] as { finding: Finding }).finding.message,
        fix: (same[0] as { finding: Finding }).finding.fix,
        places: same.map(({ variant, finding }) => ({ variant, resource: finding.resource })),
      })),
    };
  });
  return [
    ...grouped.filter(({ severity }) => severity === 'error'),
    ...grouped.filter(({ severity }) => severity === 'warning'),
  ];
}

/** Items with the same key together, in the order in which keys first appear. */
export function grouping<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const list = groups.get(key(item));
    if (list) list.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()];
}

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;

/** One line of what was examined and what came of it. */
export function verdict(variants: readonly ReviewedVariant[], rules: number): string {
  const findings = variants.flatMap((variant) => variant.findings);
  const open = findings.filter(({ suppressed }) => !suppressed);
  const unsettled = variants.reduce((sum, { cannotTell }) => sum + cannotTell.length, 0);
  const accepted = findings.length - open.length;
  const examined =
    variants.length === 0 ? 'Nothing was assessed' : `${count(variants.length, 'variant')} held against ${rules} rules`;
  const errors = open.filter(({ severity }) => severity === 'error').length;
  const found =
    open.length === 0 && unsettled === 0
      ? 'nothing found'
      : `${count(open.length, 'finding')} (${count(errors, 'error')}), ${unsettled} cannot be told`;
  return `${examined}: ${found}${accepted > 0 ? `, ${accepted} suppressed` : ''}.`;
}
