import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { variants } from '../main';
import { settings } from '../settings';
import { synthesize } from '../synthesis/synthesize';

/** Whether synth grows with the number of regions and no faster: what a further region costs, from few to many. */
const counts = [2, 4, 8, 16] as const;
const rounds = 7;
/** With sessions in a cookie: a geo-replication group of Redis has no more than five regions. */
const variant = 'multi-region-active-active,sessions=cookie';

const regions = [
  'swedencentral',
  'germanywestcentral',
  'westeurope',
  'northeurope',
  'uksouth',
  'francecentral',
  'norwayeast',
  'italynorth',
  'eastus',
  'eastus2',
  'centralus',
  'westus2',
  'westus3',
  'southcentralus',
  'canadacentral',
  'brazilsouth',
].map((location, index) => ({ location, addressSpace: `10.${index}.0.0/16` }));

function secondsFor(count: number): number {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-bench-'));
  try {
    const started = process.hrtime.bigint();
    synthesize({
      variants,
      settings: { ...settings, regions: regions.slice(0, count), survivingRegionCarriesPercent: 10 },
      words: [variant],
      outdir,
    });
    return Number(process.hrtime.bigint() - started) / 1e9;
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

// Once each before it counts, then by turns, so that a busy machine slows all alike.
const runs = new Map<number, number[]>(counts.map((count) => [count, []]));
for (let round = 0; round <= rounds; round++)
  for (const count of counts) {
    const seconds = secondsFor(count);
    if (round > 0) runs.get(count)?.push(seconds);
  }
const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const medians = counts.map((count) => ({ count, seconds: median(runs.get(count) ?? []) }));

console.log(`Regions: ${variant} in one warm process, median of ${rounds} runs by turns\n`);
for (const { count, seconds } of medians)
  console.log(`${String(count).padStart(2)} regions  ${(seconds * 1000).toFixed(0).padStart(5)} ms`);
const perRegion = medians.slice(1).map(({ count, seconds }, index) => {
  const before = medians[index] as (typeof medians)[number];
  return (seconds - before.seconds) / (count - before.count);
});
const [first = Number.NaN] = perRegion;
console.log(`\na further region costs ${perRegion.map((seconds) => `${(seconds * 1000).toFixed(1)} ms`).join(', ')}`);
console.log(
  `the last against the first  ${((perRegion.at(-1) ?? Number.NaN) / first).toFixed(2)} times   (1 is linear)`,
);
