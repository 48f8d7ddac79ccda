/** How far a region has come. From `asked` on, users may see the change. */
export type Progress =
  | { readonly at: 'not started' }
  /** In storage; the app runs what it ran. */
  | { readonly at: 'uploaded' }
  /** Azure refused to fetch it; the app runs what it ran. */
  | { readonly at: 'refused'; readonly because: string }
  /** Azure was asked to fetch it, and how that ended is unknown. */
  | { readonly at: 'asked'; readonly because: string }
  /** Deployed, or half deployed, and not healthy. */
  | { readonly at: 'unhealthy'; readonly because: string }
  /** Deployed by Azure's word; the app was not asked or not reached. */
  | { readonly at: 'unseen'; readonly because: string }
  | { readonly at: 'running'; readonly instances: number };

export interface RegionState {
  readonly location: string;
  progress: Progress;
  /** Package that ran before, as `/healthz` said, or the newest one kept beside the new one; undefined: none is known. */
  before: string | undefined;
  /** The command that swaps the slot with the app; undefined: no slot was shipped. */
  readonly swap: string | undefined;
  /** The command that closes the storage's firewall, where it may still be open. */
  openFirewall: string | undefined;
}

export interface Shipment {
  readonly label: string;
  readonly hash: string;
  readonly slot: string | undefined;
  readonly regions: readonly RegionState[];
}

/**
 * How a shipment ended: `failed` where a region does not run the package or its storage may still be open, `unseen` where it was
 * deployed and not seen to run.
 */
export function outcomeOf({ regions }: Shipment): 'shipped' | 'failed' | 'unseen' {
  const states = regions.map(({ progress }) => progress.at);
  if (states.some((at) => at !== 'running' && at !== 'unseen')) return 'failed';
  if (regions.some(({ openFirewall }) => openFirewall !== undefined)) return 'failed';
  return states.includes('unseen') ? 'unseen' : 'shipped';
}

const words = ({ progress, before }: RegionState, hash: string): string => {
  const still = before === undefined ? 'what it ran before' : before;
  switch (progress.at) {
    case 'not started':
      return `not started: runs ${still}`;
    case 'uploaded':
      return `in storage, not deployed: runs ${still}`;
    case 'refused':
      return `not deployed: runs ${still}`;
    case 'asked':
      return `MAY BE HALF DEPLOYED: Azure was asked to deploy ${hash}, and the end is unknown`;
    case 'unhealthy':
      return `NOT HEALTHY with ${hash}`;
    case 'unseen':
      return `deployed, not seen to run ${hash}`;
    case 'running':
      return `runs ${hash}: ${progress.instances === 1 ? '1 instance' : `${progress.instances} instances`} answered`;
  }
};

/** The state of every region, one line each, with the package that ran before. */
export function renderStates({ hash, regions }: Shipment): string {
  const width = Math.max(...regions.map(({ location }) => location.length));
  return regions
    .map((region) => {
      const started = !['not started', 'uploaded', 'refused'].includes(region.progress.at);
      const before =
        started && region.before !== undefined && region.before !== hash ? ` (before: ${region.before})` : '';
      return `${region.location.padEnd(width)}  ${words(region, hash)}${before}\n`;
    })
    .join('');
}

/** What is left to do after shipping to a slot: users see it after the swap. */
export const renderSwaps = ({ regions }: Shipment): string =>
  regions
    .filter(({ progress, swap }) => swap !== undefined && (progress.at === 'running' || progress.at === 'unseen'))
    .map(({ location, swap }) => `When the slot in ${location} is right: ${swap}\n`)
    .join('');

/** What went otherwise, with why and what to do: a sentence each. */
export function renderProblems(shipment: Shipment): string[] {
  const { label, hash, slot, regions } = shipment;
  const problems = regions.flatMap(({ location, progress, before }) => {
    if (!('because' in progress)) return [];
    const back =
      progress.at === 'refused' || progress.at === 'unseen'
        ? ''
        : before === undefined || before === hash
          ? ' No earlier package is known to go back to.'
          : ` To go back: npm run ship ${label} -- --region ${location}${slot === undefined ? '' : ` --slot ${slot}`} --to ${before}`;
    return [`${location}: ${sentence(progress.because)}${back}`];
  });
  const open = regions.flatMap(({ location, openFirewall }) =>
    openFirewall === undefined ? [] : [`${location}: the package storage may still be open. Close it: ${openFirewall}`],
  );
  return [...problems, ...open];
}

const sentence = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`);
