import { isDeepStrictEqual } from 'node:util';
import { refuse } from '../../inputError';
import { type Blocks, blocksOf, documentOf, type Json, regionOf as placeOf, referencesOf } from './blocks';

export interface MergeProps {
  /** What was applied last. */
  readonly applied: Json;
  /** The whole variant as the settings have it now. */
  readonly next: Json;
  /** Every region of the variant, by its location, in the order of the settings. */
  readonly locations: readonly string[];
  /** The regions that are brought up to date. */
  readonly chosen: readonly string[];
}

export interface Merged {
  readonly document: Json;
  /** Addresses that differ from what was applied, or are not there any more. */
  readonly changing: readonly string[];
  /** Addresses that differ from the whole variant: they are left for later. */
  readonly later: readonly string[];
}

/**
 * The chosen regions as they are now, and everything else as it was applied: the other regions and what they share, such as Front
 * Door. A plan of it changes the chosen regions alone, without `-target`.
 *
 * What is shared comes along only where a chosen region could not be declared without it.
 *
 * @throws InputError where a region must not go first, because it reads what another one changes, and where it was not applied
 */
export function mergeRegions({ applied, next, locations, chosen }: MergeProps): Merged {
  const [before, now] = [blocksOf(applied), blocksOf(next)];
  const regionOf = (address: string) => placeOf(address, locations);
  const isChosen = (address: string) => chosen.includes(regionOf(address) ?? '');
  for (const location of chosen)
    if (![...before.keys()].some((address) => regionOf(address) === location))
      throw refuse(
        '--region',
        'a region of what was applied',
        location,
        'A region that is added changes none of the others: leave --region out, and apply the whole.',
      );

  const blocks = new Map([...before].filter(([address]) => !isChosen(address)));
  for (const [address, block] of now) if (isChosen(address)) blocks.set(address, block);
  const pulled = pullShared({ blocks, before, now, isChosen }, (moving, why) => {
    const region = regionOf(moving);
    if (region !== undefined) throw notAlone(region, chosen, why);
  });
  const differs = (address: string) => !isDeepStrictEqual(before.get(address), now.get(address));
  for (const [address, block] of blocks) {
    if (!isChosen(address) && !pulled.has(address)) continue;
    if (!differs(address)) continue;
    const read = readsOf(block, blocks).find((other) => !isChosen(other) && regionOf(other) && differs(other));
    if (read !== undefined)
      throw notAlone(regionOf(read) as string, chosen, `${address} reads ${read}, which changes as well.`);
  }
  const all = [...new Set([...before.keys(), ...now.keys()])];
  return {
    document: assemble(applied, next, blocks),
    changing: all.filter((address) => !isDeepStrictEqual(before.get(address), blocks.get(address))),
    later: all.filter((address) => !isDeepStrictEqual(blocks.get(address), now.get(address))),
  };
}

const notAlone = (region: string, chosen: readonly string[], why: string) =>
  refuse('--region', `${region}, before or together with ${chosen.join(' and ')}`, chosen.join(' '), why);

interface Pulling {
  readonly blocks: Map<string, Json>;
  readonly before: Blocks;
  readonly now: Blocks;
  readonly isChosen: (address: string) => boolean;
}

/**
 * Brings shared blocks up to date that would otherwise refer to what is gone, and adds those that new blocks refer to.
 *
 * @param allow throws where a block cannot come along
 * @returns the addresses that came along
 */
function pullShared(
  { blocks, before, now, isChosen }: Pulling,
  allow: (moving: string, why: string) => void,
): Set<string> {
  const pulled = new Set<string>();
  const isUpToDate = (address: string) => isChosen(address) || pulled.has(address);
  // A text of a person may look like an address. A reference is to what was there when its block was written.
  const broken = () => {
    for (const [from, block] of blocks) {
      const isNew = isUpToDate(from);
      for (const to of referencesOf(block))
        if (!blocks.has(to) && (isNew ? now : before).has(to)) return { from, to, isNew };
    }
    return undefined;
  };
  for (let one = broken(); one; one = broken()) {
    const { from, to, isNew } = one;
    const moving = isNew ? to : from;
    allow(moving, isNew ? `${from} needs ${to}, which is added.` : `${from} reads ${to}, which is removed.`);
    const block = now.get(moving);
    if (block) blocks.set(moving, block);
    else blocks.delete(moving);
    pulled.add(moving);
  }
  return pulled;
}

/** What a block reads, also through data sources and ephemeral resources. */
function readsOf(block: Json, blocks: Blocks): string[] {
  const seen = new Set<string>();
  const visit = (from: Json) => {
    for (const address of referencesOf(from)) {
      if (seen.has(address)) continue;
      seen.add(address);
      const inner = blocks.get(address);
      if (inner && /^(data|ephemeral)\./.test(address)) visit(inner);
    }
  };
  visit(block);
  return [...seen];
}

function assemble(applied: Json, next: Json, blocks: Blocks): Json {
  const { data: _, resource: __, ephemeral: ___, moved: moves = [], ...rest } = next;
  const resolves = (value: unknown) => [...referencesOf(value)].every((address) => blocks.has(address));
  // A move counts once what it is about is up to date.
  const moved = (moves as readonly { readonly from: string; readonly to: string }[]).filter(
    ({ from, to }) => blocks.has(to) && !blocks.has(from),
  );
  const [outputsBefore, outputs] = [sectionOf(applied, 'output'), sectionOf(next, 'output')];
  return {
    ...rest,
    ...(moved.length > 0 && { moved }),
    provider: providers(applied, next),
    // Only preconditions read local values, and a region that is left as it is takes the new ones.
    locals: { ...sectionOf(applied, 'locals'), ...sectionOf(next, 'locals') },
    output: Object.fromEntries(
      Object.entries(outputs).flatMap(([name, output]) => {
        const one = [output, outputsBefore[name]].find((given) => given !== undefined && resolves(given));
        return one === undefined ? [] : [[name, one]];
      }),
    ),
    ...documentOf(blocks),
  };
}

const sectionOf = (document: Json, name: string) => (document[name] ?? {}) as Json;

/** The providers as they are now, and those that only what is left as it was still names. */
function providers(applied: Json, next: Json): Json {
  const [before, now] = [sectionOf(applied, 'provider'), sectionOf(next, 'provider')];
  const listed = (section: Json, type: string) =>
    [section[type] ?? []].flat() as readonly { readonly alias?: string }[];
  return Object.fromEntries(
    [...new Set([...Object.keys(now), ...Object.keys(before)])].map((type) => {
      const own = listed(now, type);
      const gone = listed(before, type).filter(({ alias }) => !own.some((one) => one.alias === alias));
      return [type, [...own, ...gone]];
    }),
  );
}
