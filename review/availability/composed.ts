import { figures } from './figures';
import type { Stamp, Step } from './steps';

type Which = 'percent' | 'lowPercent';

/** Share of the time, 0 to 1, in which everything in a row works. */
export const inSeries = (steps: readonly Step[], which: Which): number =>
  steps.reduce((product, { figure, count }) => product * (figure[which] / 100) ** count, 1);

/** Equal products together, private endpoints last. */
export function merged(steps: readonly Step[]): Step[] {
  const all = [...new Set(steps.map(({ figure }) => figure))];
  const count = (figure: Step['figure']) =>
    steps.reduce((sum, step) => sum + (step.figure === figure ? step.count : 0), 0);
  return [
    ...all.filter((one) => one !== figures.privateEndpoint),
    ...all.filter((one) => one === figures.privateEndpoint),
  ].map((figure) => ({ figure, count: count(figure) }));
}

/** A deployment as a sum of promises. */
export interface Path {
  readonly stamps: readonly Stamp[];
  /** In front of all regions, or shared by all of them. */
  readonly global: readonly Step[];
}

/**
 * Uptime of the whole, in percent, and the sum in words. A Redis that several regions use is not parallel to itself: it stands
 * in series with those regions.
 */
export function composed(path: Path, which: Which): { percent: number; lines: string[] } {
  const { stamps, global } = path;
  const shared = sharedCaches(stamps);
  const own = stamps.map(({ entry, app, cache }) =>
    merged([...entry, ...app, ...(cache && !shared.has(cache.address) ? cache.steps : [])]),
  );
  const regions = anyRegion(path, which);
  const total = regions * inSeries(global, which);
  const lines = own.flatMap((steps, index) => {
    // Regions that are alike are said once.
    if (own.findIndex((other) => wordsOf(other, which) === wordsOf(steps, which)) !== index) return [];
    const alike = own.filter((other) => wordsOf(other, which) === wordsOf(steps, which)).length;
    const head =
      stamps.length === 1
        ? 'in series'
        : alike === stamps.length
          ? 'one region'
          : `a region (${alike} of ${stamps.length})`;
    return `${head}: ${wordsOf(steps, which)} = ${shown(inSeries(steps, which))}`;
  });
  const [first] = own;
  const [cache] = shared.values();
  if (stamps.length > 1 && first) {
    const alone = inSeries(first, which);
    const without = 1 - own.reduce((down, steps) => down * (1 - inSeries(steps, which)), 1);
    const same = own.every((steps) => wordsOf(steps, which) === wordsOf(first, which));
    lines.push(
      same
        ? `${stamps.length} regions, one is enough: 1 − (1 − ${shown(alone)})^${stamps.length} = ${shown(without)}`
        : `${stamps.length} regions, one is enough: ${shown(without)}`,
    );
    if (cache && shared.size === 1 && stamps.every((stamp) => stamp.cache?.address === cache.address))
      lines.push(`${shown(without)} · one Redis for all regions: ${wordsOf(cache.steps, which)} = ${shown(regions)}`);
    else if (cache) lines.push(`with a Redis that several regions share: ${shown(regions)}`);
  }
  if (global.length > 0) lines.push(`${shown(regions)} · ${wordsOf(global, which)} = ${shown(total)}`);
  return { percent: round(total * 100, 6), lines };
}

/** Caches that more than one region uses, by address. */
function sharedCaches(stamps: readonly Stamp[]): Map<string, NonNullable<Stamp['cache']>> {
  const caches = stamps.flatMap(({ cache }) => cache ?? []);
  return new Map(
    caches
      .filter(({ address }) => caches.filter((other) => other.address === address).length > 1)
      .map((cache) => [cache.address, cache]),
  );
}

/** Whether at least one region works: summed over every state of the caches that regions share. */
function anyRegion({ stamps }: Path, which: Which): number {
  const shared = [...sharedCaches(stamps).values()];
  const states = shared.reduce<readonly { up: readonly string[]; share: number }[]>(
    (all, { address, steps }) => {
      const works = inSeries(steps, which);
      return all.flatMap(({ up, share }) => [
        { up: [...up, address], share: share * works },
        { up, share: share * (1 - works) },
      ]);
    },
    [{ up: [], share: 1 }],
  );
  return states.reduce((sum, { up, share }) => {
    const down = stamps.reduce((product, { entry, app, cache }) => {
      const isShared = cache !== null && shared.some(({ address }) => address === cache.address);
      if (isShared && !up.includes(cache.address)) return product;
      return product * (1 - inSeries([...entry, ...app, ...(isShared ? [] : (cache?.steps ?? []))], which));
    }, 1);
    return sum + share * (1 - down);
  }, 0);
}

const wordsOf = (steps: readonly Step[], which: Which) =>
  steps.map(({ figure, count }) => `${figure.name} ${figure[which]}%${count > 1 ? ` × ${count}` : ''}`).join(' · ');

const shown = (share: number) => `${round(share * 100, 6)}%`;
export const round = (value: number, digits: number) => Number(value.toFixed(digits));
