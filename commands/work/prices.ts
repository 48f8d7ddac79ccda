import { readPrices } from '../../review/cost/prices';
import { refreshed, writePrices } from '../../review/cost/refresh';
import { checkedSettings } from '../../synthesis/request';
import { type EnvironmentOption, settingsFor } from '../environments';
import { exitCodes } from '../exit';
import { print } from '../program';

export interface PricesOptions extends EnvironmentOption {
  readonly out: string;
  readonly url: string;
}

/**
 * Reads the list prices of regions again, and keeps them.
 *
 * @param words names of the regions; none: those of the settings
 * @returns exit code
 * @throws InputError for a price file or settings that cannot be
 */
export async function refreshPrices(
  words: readonly string[],
  { out, url, environment }: PricesOptions,
): Promise<number> {
  const regions = words.length > 0 ? words : await regionsOf(environment);
  const old = readPrices(out);
  const prices = await refreshed(old, {
    url,
    regions,
    today: new Date().toISOString().slice(0, 10),
    warn: (text) => process.stderr.write(`${text}\n`),
  });
  writePrices(out, prices);
  const fresh = prices.Items.filter(({ seen }) => seen === prices.asOf).length;
  await print(
    `${fresh} prices of today for ${regions.join(', ')}, ${prices.Items.length - fresh} older ones kept: ${out}\n`,
  );
  return exitCodes.done;
}

async function regionsOf(environment: string | undefined): Promise<string[]> {
  const read = await settingsFor([], environment);
  return checkedSettings(environment, read).regions.map(({ location }) => location);
}
