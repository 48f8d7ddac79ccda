import { Option } from 'commander';
import { defaultPriceFile, retailPrices } from '../review/cost/priceSource';
import { exitWith } from './exit';
import { program, start } from './program';
import type { PricesOptions } from './work/prices';

export const command = program('prices', 'Refresh the list prices from the public Azure Retail Prices API.')
  .argument('[region...]', 'Azure regions; the regions of settings.ts by default')
  .addOption(
    new Option('--out <file>', 'price file to refresh').default(defaultPriceFile, 'review/cost/retail-prices.json'),
  )
  .option('--url <url>', 'another address of the API', retailPrices)
  .action((words: string[], options: PricesOptions) =>
    exitWith(async () => (await import('./work/prices')).refreshPrices(words, options)),
  );
export const run = () => start(command);

if (require.main === module) void run();
