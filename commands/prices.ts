import { Option } from 'commander';
import { defaultPriceFile, readPrices } from '../review/cost/prices';
import { refreshed, retailPrices, writePrices } from '../review/cost/refresh';
import { parseSettings } from '../stacks/settings';
import type { EnvironmentSettings } from '../synthesis/environments';
import { inFile } from '../synthesis/request';
import { type EnvironmentOption, settingsFor } from './environments';
import { exitCodes, exitWith } from './exit';
import { print, program, start } from './program';

interface Options extends EnvironmentOption {
  readonly out: string;
  readonly url: string;
}

export const command = program('prices', 'Refresh the list prices from the public Azure Retail Prices API.')
  .argument('[region...]', 'Azure regions; the regions of settings.ts by default')
  .addOption(
    new Option('--out <file>', 'price file to refresh').default(defaultPriceFile, 'review/cost/retail-prices.json'),
  )
  .option('--url <url>', 'another address of the API', retailPrices)
  .action((words: string[], { out, url, environment }: Options) =>
    exitWith(async () => {
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
    }),
  );
export const run = () => start(command);

async function regionsOf(environment: string | undefined): Promise<string[]> {
  const { environments } = await settingsFor([], environment);
  const { settings, file } = environments.get(environment) as EnvironmentSettings;
  return inFile(file, () => parseSettings(settings)).regions.map(({ location }) => location);
}

if (require.main === module) void run();
