import fs from 'node:fs';
import { z } from 'zod';
import { InputError } from '../inputError';
import type { ReviewResult } from './review';

const earlier = z.looseObject({
  variants: z.array(
    z.looseObject({
      name: z.string(),
      findings: z.array(z.looseObject({ rule: z.string(), resource: z.string(), suppressed: z.boolean() })),
      cannotTell: z.array(z.looseObject({ rule: z.string(), resource: z.string() })).optional(),
      monthlyCost: z
        .looseObject({ atFloor: z.number().nullable(), atMaximum: z.number().nullable(), currency: z.string() })
        .optional(),
    }),
  ),
});

export type EarlierResult = z.infer<typeof earlier>;

/** @throws InputError when the file is not what `review --json` printed */
export function readEarlier(file: string): EarlierResult {
  let json: unknown;
  try {
    json = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InputError(
      `${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}. Give what npm run review -- --json printed.`,
    );
  }
  const parsed = earlier.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new InputError(
    `${file} is no result of review --json: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}.`,
  );
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

/** Whether a result may pass: errors fail, with an earlier result only new ones; what cannot be told is no pass. */
export function gate({ variants }: ReviewResult, { against, maxIncrease }: GateOptions): Verdict {
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
    for (const { rule, resource, reason } of variant.cannotTell)
      if (!doubted.has(`${rule} ${resource}`)) doubts.push(`${variant.name}: ${rule} cannot tell: ${reason}`);
    if (maxIncrease === undefined) continue;
    for (const which of ['atFloor', 'atMaximum'] as const) {
      const [now, then] = [variant.monthlyCost[which], before?.monthlyCost?.[which]];
      if (before && (now === null || then === null || then === undefined))
        doubts.push(`${variant.name}: the cost ${words[which]} cannot be compared`);
      else if (before && now !== null && typeof then === 'number' && now - then > maxIncrease)
        failures.push(
          `${variant.name}: the cost ${words[which]} rises by ${(now - then).toFixed(2)} ${variant.monthlyCost.currency} a month, allowed are ${maxIncrease}`,
        );
    }
  }
  if (variants.length === 0) doubts.push('nothing was read');
  if (failures.length > 0) return { verdict: 'failed', because: failures };
  return doubts.length > 0 ? { verdict: 'could not assess', because: doubts } : { verdict: 'passed', because: [] };
}

const words = { atFloor: 'at the floor', atMaximum: 'at the maximum' };
