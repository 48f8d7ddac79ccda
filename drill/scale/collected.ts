/** The lines that engines write into their logs, read back and checked. */

import { z } from 'zod';
import { InputError } from '../../inputError';
import type { ResultText } from './results';

/** What the script puts before each of its lines; the log adds words of its own before that. */
export const linePrefix = 'steadystate-ledger ';

const count = z.int().nonnegative();
const units = z.record(z.string(), count);

const planLine = z.object({
  kind: z.literal('plan'),
  format: z.literal(1),
  export: z.string().regex(/^[0-9a-f]{8}$/),
  variant: z.string().min(1),
  seed: count,
  shoppers: z.int().positive(),
  address: z.url(),
});

const shopperLine = z.object({
  kind: z.literal('shopper'),
  id: count,
  /** Product, when, and who acknowledged it. */
  adds: z.array(z.tuple([z.string(), z.enum(['before', 'after']), z.string()])),
  ordered: count,
  ambiguous: z.array(z.string()),
  counts: z.object({
    ...{ requests: count, requestsFailed: count, outages: count, unanswered: count, retriedSuccesses: count },
    ...{ ambiguousAdds: count, forms: count, formsRefused: count, checkouts: count, staleReads: count },
  }),
  /** What the first look at the audit showed; null: no answer. */
  found: units.nullable(),
  /** Who answered it. */
  by: z.string().nullable(),
  /** What a second look showed; null: there was none, or no answer. */
  later: units.nullable(),
  /** Region by who answered, where the app says it. */
  regions: z.record(z.string(), z.string()),
  /** Seconds after the start of the first outage that the shopper met, and of the last; null: it met none. */
  failed: z.tuple([z.number(), z.number()]).nullable(),
});

/** Somebody whose cart was full only when something may have been broken already. */
const lateLine = z.object({ kind: z.literal('late'), id: count });

export type CollectedPlan = z.infer<typeof planLine>;
export type CollectedShopper = z.infer<typeof shopperLine>;

export interface Collected {
  readonly plan: CollectedPlan;
  /** Sorted by id. At most as many as planned. */
  readonly shoppers: readonly CollectedShopper[];
  /** How many lines are cut off. */
  readonly cut: number;
  /** How many filled their carts too late to be audited. */
  readonly late: number;
}

type Line = z.infer<typeof anyLine>;
const anyLine = z.discriminatedUnion('kind', [planLine, shopperLine, lateLine]);

const fix = 'Give the logs of one run of an export of this drill.';

/**
 * @param place as it was typed, for messages
 * @throws InputError for what is not a result of this drill, and for more than one run
 */
export function collect(place: string, texts: readonly ResultText[]): Collected {
  const plans = new Map<string, CollectedPlan>();
  const shoppers = new Map<number, { readonly line: string; readonly shopper: CollectedShopper }>();
  const late = new Set<number>();
  let cut = 0;
  for (const { from, text } of texts)
    for (const line of linesOf(text)) {
      const record = recordOf(from, line);
      if (record === null) cut++;
      else if (record.kind === 'plan') plans.set(record.export, record);
      else if (record.kind === 'late') late.add(record.id);
      else {
        const known = shoppers.get(record.id);
        // Azure may hand out one log twice, as a file and in an archive.
        if (known && known.line !== JSON.stringify(record))
          throw new InputError(
            `${place} holds two audits of shopper ${record.id} that differ, so it is more than one run. ${fix}`,
          );
        shoppers.set(record.id, { line: JSON.stringify(record), shopper: record });
      }
    }
  const [plan, ...others] = plans.values();
  if (plan === undefined)
    throw new InputError(
      `${place} is not a result of this drill: none of its ${texts.length} files has a line with ${linePrefix.trim()} and a plan. ${fix}`,
    );
  if (others.length > 0)
    throw new InputError(
      `${place} holds results of several exports (${[...plans.keys()].join(', ')}), and each has its own shoppers. ${fix}`,
    );
  if (shoppers.size > plan.shoppers)
    throw new InputError(
      `${place} holds audits of ${shoppers.size} shoppers, and the test has ${plan.shoppers}, so it is more than one run. ${fix}`,
    );
  return {
    ...{ plan, cut, late: late.size },
    shoppers: [...shoppers.values()].map(({ shopper }) => shopper).sort((a, b) => a.id - b.id),
  };
}

/** What follows the prefix on each line that has it. */
const linesOf = (text: string): readonly string[] =>
  text.split(/\r?\n/).flatMap((line) => {
    const at = line.indexOf(`${linePrefix}{`);
    return at < 0 ? [] : [line.slice(at + linePrefix.length)];
  });

/** null: the line is cut off. */
function recordOf(from: string, line: string): Line | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const parsed = anyLine.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const what = `${issue?.path.join('.') || 'kind'}: ${issue?.message ?? 'unknown'}`;
  throw new InputError(
    `${from} has a line of the ledger that this drill does not write: ${what}, in ${excerpt(line)}. ${fix}`,
  );
}

const excerpt = (line: string): string => JSON.stringify(line.length > 60 ? `${line.slice(0, 60)}…` : line);
