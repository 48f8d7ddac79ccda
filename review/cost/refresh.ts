import { setTimeout as pause } from 'node:timers/promises';
import { InputError, UnreachableError } from '../../inputError';
import { writeWhole } from '../../report/file';
import { retailPrices } from './priceSource';
import { type ApiRow, type PriceFile, type PriceRow, parseRows } from './prices';

export interface RefreshOptions {
  readonly url?: string;
  readonly regions: readonly string[];
  readonly today: string;
  /** Called with every query that found nothing. */
  readonly warn: (text: string) => void;
  /** Between attempts, when the service says nothing else. */
  readonly retrySeconds?: number;
  readonly timeoutSeconds?: number;
}

const attempts = 3;
const mostPages = 100;

/** Values in a filter are case-sensitive. */
const queries = (regions: readonly string[]): { readonly what: string; readonly filter: string }[] => [
  ...regions.flatMap((region) => {
    const here = `armRegionName eq '${region}' and priceType eq 'Consumption'`;
    return [
      {
        what: `App Service in ${region}`,
        filter: `serviceName eq 'Azure App Service' and contains(productName,'Premium v') and ${here}`,
      },
      {
        what: `Application Gateway v2 in ${region}`,
        filter: `serviceName eq 'Application Gateway' and contains(productName,' v2') and ${here}`,
      },
      { what: `Managed Redis in ${region}`, filter: `contains(productName,'Azure Managed Redis') and ${here}` },
      {
        what: `data to clients from ${region}`,
        filter: `serviceName eq 'Bandwidth' and productName eq 'Rtn Preference: MGN' and ${here}`,
      },
      {
        what: `logs in ${region}`,
        filter: `serviceName eq 'Log Analytics' and meterName eq 'Analytics Logs Data Ingestion' and ${here}`,
      },
      {
        what: `public addresses in ${region}`,
        filter: `serviceName eq 'Virtual Network' and productName eq 'IP Addresses' and ${here}`,
      },
    ];
  }),
  {
    what: 'Front Door',
    filter:
      "serviceName eq 'Azure Front Door Service' and productName eq 'Azure Front Door' and armRegionName eq 'Zone 1'",
  },
  {
    what: 'private endpoints',
    filter:
      "serviceName eq 'Virtual Network' and productName eq 'Virtual Network Private Link' and armRegionName eq 'Global'",
  },
  {
    what: 'DNS zones',
    filter: "serviceName eq 'Azure DNS' and productName eq 'Azure DNS' and armRegionName eq 'Zone 1'",
  },
  {
    what: 'DDoS protection plans',
    filter: "serviceName eq 'Azure DDOS Protection' and armRegionName eq 'Global'",
  },
];

/**
 * Asks the Retail Prices API for everything that a variant is priced by, and merges the answers over what was known.
 * All or nothing: a query that fails leaves the old file as it is.
 *
 * @throws UnreachableError when the API cannot be reached, or stays busy or broken
 * @throws InputError when it does not answer as it should, or knows no row of a region
 */
export async function refreshed(old: PriceFile, options: RefreshOptions): Promise<PriceFile> {
  const { regions, today, warn } = options;
  const fetched: PriceRow[] = [];
  for (const { what, filter } of queries(regions)) {
    const rows = await allPages(filter, what, options);
    const own = rows.filter(({ type, currencyCode }) => type === 'Consumption' && currencyCode === old.currency);
    const costly = new Set(own.filter(({ retailPrice }) => retailPrice > 0).map(meterOf));
    // What is free by itself is of no use; the first, free tier of a meter that costs later is.
    const usable = own.filter((row) => costly.has(meterOf(row)));
    if (usable.length === 0) warn(`No price of ${what}; what was known of it stays.`);
    fetched.push(
      ...usable.map(({ seen: _seen, from: _from, note: _note, ...row }) => ({
        ...row,
        seen: today,
        confidence: 'api' as const,
      })),
    );
  }
  for (const region of regions)
    if (!fetched.some(({ armRegionName }) => armRegionName === region))
      throw new InputError(
        `The Retail Prices API knows no price in ${region}. Write the region as Azure does, for instance swedencentral.`,
      );
  const merged = new Map([...old.Items, ...fetched].map((row) => [keyOf(row), row]));
  return {
    asOf: today,
    currency: old.currency,
    note: `Pay-as-you-go list prices. Rows with confidence api were read from ${retailPrices} on the day in seen; the others are older, each from the address beside it.`,
    Items: [...merged.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
  };
}

const meterOf = (row: ApiRow) =>
  [row.serviceName, row.productName, row.skuName, row.meterName, row.armRegionName, row.type].join('|');

const keyOf = (row: ApiRow) => `${meterOf(row)}|${row.tierMinimumUnits}`;

async function allPages(filter: string, what: string, options: RefreshOptions): Promise<ApiRow[]> {
  const base = new URL(options.url ?? retailPrices);
  base.searchParams.set('$filter', filter);
  const rows: ApiRow[] = [];
  let next: string | null = base.href;
  for (let page = 0; next !== null; page++) {
    if (page === mostPages)
      throw new InputError(
        `${what}: more than ${mostPages} pages. The filter of the Retail Prices API no longer holds.`,
      );
    const answer = await ask(next, what, options);
    const { Items, NextPageLink, Count } = answer;
    if (!Array.isArray(Items))
      throw new InputError(`${what}: the answer has no Items. The Retail Prices API answers otherwise.`);
    if (typeof Count === 'number' && Count !== Items.length)
      throw new InputError(
        `${what}: the answer announces ${Count} rows and holds ${Items.length}. It was cut short; try again.`,
      );
    rows.push(...parseRows(Items, what));
    next = typeof NextPageLink === 'string' && NextPageLink !== '' ? NextPageLink : null;
    // A page elsewhere would be somebody else's prices.
    if (next !== null && new URL(next, base).host !== base.host)
      throw new InputError(
        `${what}: the next page is at ${new URL(next, base).host} instead of ${base.host}. Nothing was taken.`,
      );
  }
  return rows;
}

async function ask(
  url: string,
  what: string,
  { retrySeconds = 2, timeoutSeconds = 30 }: RefreshOptions,
): Promise<Record<string, unknown>> {
  for (let attempt = 1; ; attempt++) {
    const failure = await tried(url, timeoutSeconds);
    if (!('retry' in failure)) return failure.json;
    if (attempt < attempts && failure.retry) {
      await pause((failure.afterSeconds ?? retrySeconds * attempt) * 1000);
      continue;
    }
    const message = `${what}: ${failure.why}. The price file is unchanged; run npm run prices again later.`;
    throw failure.retry ? new UnreachableError(message) : new InputError(message);
  }
}

type Tried = { json: Record<string, unknown> } | { retry: boolean; why: string; afterSeconds?: number | undefined };

async function tried(url: string, timeoutSeconds: number): Promise<Tried> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
      headers: { accept: 'application/json' },
    });
    if (!response.ok) {
      const after = Number(response.headers.get('retry-after') ?? Number.NaN);
      await response.body?.cancel();
      return {
        retry: response.status === 429 || response.status >= 500,
        why: `the Retail Prices API answered ${response.status}`,
        afterSeconds: Number.isFinite(after) ? Math.min(after, 60) : undefined,
      };
    }
    const json = (await response.json()) as unknown;
    if (typeof json !== 'object' || json === null) return { retry: false, why: 'the answer is not a JSON object' };
    return { json: json as Record<string, unknown> };
  } catch (error) {
    const { name, cause, message } = error as Error & { cause?: { code?: string } };
    if (name === 'SyntaxError') return { retry: true, why: 'the answer was cut off' };
    return {
      retry: true,
      why: name === 'TimeoutError' ? `no answer within ${timeoutSeconds} s` : `no answer (${cause?.code ?? message})`,
    };
  }
}

/** @throws InputError when the file cannot be written; it is then unchanged */
export const writePrices = (file: string, prices: PriceFile): void =>
  writeWhole(file, `${JSON.stringify(prices, null, 2)}\n`, 'Give another with --out.');
