import fs from 'node:fs';
import { z } from 'zod';
import { InputError } from '../../inputError';
import { defaultPriceFile } from './priceSource';

/** A row as the Retail Prices API returns it. */
const rowSchema = z.looseObject({
  currencyCode: z.string(),
  tierMinimumUnits: z.number(),
  retailPrice: z.number().nonnegative(),
  unitPrice: z.number().nonnegative(),
  armRegionName: z.string(),
  productName: z.string(),
  skuName: z.string(),
  serviceName: z.string(),
  meterName: z.string(),
  unitOfMeasure: z.string(),
  type: z.string(),
  armSkuName: z.string().optional(),
  effectiveStartDate: z.string().optional(),
});

const day = z.iso.date({ error: 'must be a day, as 2026-01-31' });

/** What we add: on which day the price was read, how sure we are, and where it was if not in the API. */
const sourcedRowSchema = rowSchema
  .extend({
    seen: day,
    confidence: z.enum(['api', 'second-hand', 'documentation'], {
      error: "must be 'api', 'second-hand' or 'documentation'",
    }),
    from: z.url({ protocol: /^https$/, error: 'must be an https address' }).optional(),
    /** What was done to the figure that stands there. */
    note: z.string().optional(),
  })
  .refine(({ confidence, from }) => confidence === 'api' || from !== undefined, {
    path: ['from'],
    error: 'must be the address where a price that the API did not give was read',
  });

const fileSchema = z
  .object({
    /** Day of the newest row. */
    asOf: day,
    currency: z.string().length(3),
    note: z.string(),
    Items: z.array(sourcedRowSchema),
  })
  .superRefine(({ asOf, currency, Items }, context) => {
    for (const [index, row] of Items.entries()) {
      if (row.seen > asOf)
        context.addIssue({ code: 'custom', path: ['Items', index, 'seen'], message: `is after asOf, ${asOf}` });
      if (row.currencyCode !== currency)
        context.addIssue({ code: 'custom', path: ['Items', index, 'currencyCode'], message: `must be ${currency}` });
    }
  });

export type ApiRow = z.infer<typeof rowSchema>;
export type PriceRow = z.infer<typeof sourcedRowSchema>;
export type PriceFile = z.infer<typeof fileSchema>;

/** @throws InputError when the file cannot be read or has another shape */
export function readPrices(file: string = defaultPriceFile): PriceFile {
  let json: unknown;
  try {
    json = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new InputError(
      `${file} cannot be read as a price file: ${why}. Run npm run prices, or give another with --prices.`,
    );
  }
  return parsePrices(json, file);
}

export function parsePrices(json: unknown, source: string): PriceFile {
  const parsed = fileSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(
    `${source} is not a price file: ${issue?.path.join('.') || 'it'} ${issue?.message ?? 'has another shape'}. It holds { asOf, currency, note, Items }: rows of the Retail Prices API, each with the day on which it was seen, its confidence, and where it is from.`,
  );
}

export const parseRows = (items: readonly unknown[], source: string): ApiRow[] =>
  items.map((item, index) => {
    const parsed = rowSchema.safeParse(item);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new InputError(
      `${source}: Items.${index}.${issue?.path.join('.')} ${issue?.message}. The Retail Prices API answers otherwise.`,
    );
  });
