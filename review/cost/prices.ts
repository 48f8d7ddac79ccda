import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { InputError } from '../../inputError';

/** A row as the Retail Prices API returns it, with what we know of where we have it from. */
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
  /** Ours: when it was read, and how sure we are. */
  seen: z.string().optional(),
  confidence: z.enum(['api', 'second-hand', 'documentation']).optional(),
  from: z.string().optional(),
});

const fileSchema = z.object({
  /** Day of the newest row. */
  asOf: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  currency: z.string().length(3),
  note: z.string(),
  Items: z.array(rowSchema),
});

export type PriceRow = z.infer<typeof rowSchema>;
export type PriceFile = z.infer<typeof fileSchema>;

export const defaultPriceFile = path.join(__dirname, 'retail-prices.json');

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
    `${source} is no price file: ${issue?.path.join('.') || 'it'} ${issue?.message ?? 'has another shape'}. It holds { asOf, currency, note, Items } with rows of the Retail Prices API.`,
  );
}

export const parseRows = (items: readonly unknown[], source: string): PriceRow[] =>
  items.map((item, index) => {
    const parsed = rowSchema.safeParse(item);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new InputError(
      `${source}: Items.${index}.${issue?.path.join('.')} ${issue?.message}. The Retail Prices API answers otherwise.`,
    );
  });
