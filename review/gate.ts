import { z } from 'zod';
import { unpricedText } from './cost/wording';
import { readJsonFile } from './jsonFile';
import type { ReviewResult } from './review';

/** A fact as `review --json` has it. */
const fact = z.union([z.string(), z.object({ unknown: z.string() })]);

const earlier = z.object({
  variants: z.array(
    z.object({
      name: z.string(),
      affinity: z.object({ appService: fact, applicationGateway: fact, frontDoor: fact }).partial().optional(),
      sessions: fact.optional(),
      findings: z.array(
        z.object({
          ...{ rule: z.string(), resource: z.string(), suppressed: z.boolean() },
          severity: z.string().optional(),
        }),
      ),
      cannotTell: z
        .array(z.object({ rule: z.string(), resource: z.string() }))
        .readonly()
        .optional(),
      monthlyCost: z
        .looseObject({
          atFloor: z.number().nullable(),
          atMaximum: z.number().nullable(),
          currency: z.string(),
          unpriced: z.array(z.string()).readonly().optional(),
          regionsWithoutPrice: z.array(z.string()).readonly().optional(),
        })
        .optional(),
    }),
  ),
});

export type EarlierResult = z.infer<typeof earlier>;

/** @throws InputError when the file is not what `review --json` printed */
export function readEarlier(file: string): EarlierResult {
  return readJsonFile(file, earlier, {
    unreadable: 'cannot be read',
    instead: 'Give what npm run review -- --json printed.',
    other: (where, why) => ` is not a result of review --json: ${where} ${why}.`,
  });
}

export interface GateOptions {
  /** What is compared with; without it every error counts. */
  readonly against?: EarlierResult | undefined;
  /** Largest rise of the monthly cost, at the floor or at the maximum. */
  readonly maxIncrease?: number | undefined;
}

export interface Verdict {
  readonly verdict: 'passed' | 'failed' | 'could not assess';
  /** Why, a line each. */
  readonly because: readonly string[];
}

/** Whether a result passes. Errors fail; with an earlier result, only new errors do. What is unknown does not pass. */
export function gate({ variants }: Pick<ReviewResult, 'variants'>, { against, maxIncrease }: GateOptions): Verdict {
  const failures: string[] = [];
  const doubts: string[] = [];
  for (const variant of variants) {
    const before = against?.variants.find(({ name }) => name === variant.name);
    const known = new Set(
      before?.findings.filter(({ suppressed }) => !suppressed).map(({ rule, resource }) => `${rule} ${resource}`),
    );
    for (const { rule, severity, suppressed, resource } of variant.findings)
      if (severity === 'error' && !suppressed && !known.has(`${rule} ${resource}`))
        failures.push(`${variant.name}: ${rule} at ${resource}${against ? ' is new' : ''}`);
    const doubted = new Set(before?.cannotTell?.map(({ rule, resource }) => `${rule} ${resource}`));
    for (const { rule, resource, reason, suppressed } of variant.cannotTell)
      if (!suppressed && !doubted.has(`${rule} ${resource}`))
        doubts.push(`${variant.name}: ${rule} cannot tell: ${reason}`);
    if (maxIncrease === undefined) continue;
    const { failures: rises, doubts: open } = costRises(variant, before?.monthlyCost, maxIncrease);
    failures.push(...rises);
    doubts.push(...open);
  }
  if (variants.length === 0) doubts.push('nothing was read');
  if (failures.length > 0) return { verdict: 'failed', because: failures };
  return doubts.length > 0 ? { verdict: 'could not assess', because: doubts } : { verdict: 'passed', because: [] };
}

/** How far the cost rises, where it can be compared: in one currency, from one sum to another of the same items. */
function costRises(
  { name, monthlyCost: now }: ReviewResult['variants'][number],
  then: NonNullable<EarlierResult['variants'][number]['monthlyCost']> | undefined,
  maxIncrease: number,
): { failures: string[]; doubts: string[] } {
  const doubt = (why: string) => ({ failures: [], doubts: [`${name}: the cost cannot be compared: ${why}`] });
  if (!then) return doubt('the earlier result has none of this variant');
  if (then.currency !== now.currency) return doubt(`it was in ${then.currency} and is in ${now.currency}`);
  const failures: string[] = [];
  const doubts: string[] = [];
  for (const which of ['atFloor', 'atMaximum'] as const) {
    const [present, past] = [now[which], then[which]];
    if (present === null || past === null) doubts.push(`${name}: the cost ${words[which]} cannot be compared`);
    else if (present - past > maxIncrease)
      failures.push(
        `${name}: the cost ${words[which]} rises by ${(present - past).toFixed(2)} ${now.currency} a month, allowed are ${maxIncrease}`,
      );
  }
  const known = new Set(then.unpriced);
  for (const item of now.unpriced)
    if (item.kind !== 'by use' && !known.has(unpricedText(item)))
      doubts.push(`${name}: the cost cannot be compared: new without a price: ${unpricedText(item)}`);
  return { failures, doubts };
}

const words = { atFloor: 'at the floor', atMaximum: 'at the maximum' };
