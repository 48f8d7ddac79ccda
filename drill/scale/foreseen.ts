/** What the facts of a variant say that each shopper of a load test must find, for a fault that people name. */

import type { Deployment } from '../../architecture/deployment';
import { sessionStore } from '../../sessions/stores';
import { type FaultName, faults } from '../faults';
import { type Foreseen, foresee } from '../judging/expectation';
import { placesOf, type Strike } from '../judging/places';
import { type Promises, promisesOf } from '../judging/promises';
import { reasonOf } from '../judging/reason';
import type { CollectedAudit } from './audits';

export interface ForeseenAudits {
  /** One for each audit. */
  readonly foreseen: readonly Foreseen[];
  /** The facts that they follow from. */
  readonly source: string;
}

/**
 * Which instances ended is read from who acknowledged carts and answers nobody any more.
 * @throws with the reason if the facts or the result do not say enough
 */
export function foreseeAll(
  deployment: Deployment,
  fault: FaultName,
  audits: readonly CollectedAudit[],
): ForeseenAudits {
  const promises = promisesOf(deployment);
  const { takes } = faults[fault];
  const inProcess = sessionStore(promises.sessions).keptIn === 'process';
  if (inProcess && fault === 'instance-restart')
    throw new Error(
      'a process that restarts keeps the id of its instance, so the answers do not show whose carts it had',
    );
  const homes = new Map(audits.flatMap(({ shopper, home }) => shopper.ledger.adds.map((add) => [add.process, home])));
  const answering = new Set(audits.map(({ process }) => process));
  const silent = [...homes.keys()].filter((process) => !answering.has(process));
  const struck = struckRegion(promises, takes.region, homes, silent);
  const regionOf = (process: string): string =>
    homes.get(process) ?? audits.find((audit) => audit.process === process)?.home ?? struck;
  const strike: Strike = {
    ...{ takes, region: struck, wroteInsideLag: false, cameBack: false },
    destroyed: new Set(takes.processes === 'all' ? homes.keys() : takes.processes === 'none' ? [] : silent),
  };
  const places = placesOf(promises, strike, regionOf);
  return {
    source: reasonOf({ promises, takes, region: struck, lagLost: false }),
    foreseen: audits.map(({ shopper, process, home }) =>
      foresee(promises, places.damage, {
        shopper: shopper.id,
        near: home ?? struck,
        adds: shopper.ledger.adds.map((add) => ({ ...add, place: places.of(add.process, add.when) })),
        auditPlace: places.of(process, 'after'),
      }),
    ),
  };
}

/** The one whose instances answer nobody any more; where a fault takes no region and that is unclear, the first. */
function struckRegion(
  { variant, regions }: Promises,
  takesRegion: boolean,
  homes: ReadonlyMap<string, string | null>,
  silent: readonly string[],
): string {
  const names = regions.map(({ name }) => name);
  const [first = ''] = names;
  if (names.length < 2) return first;
  const left = names.filter((name) => {
    const inRegion = [...homes].filter(([, region]) => region === name).map(([process]) => process);
    return inRegion.length > 0 && inRegion.every((process) => silent.includes(process));
  });
  if (left.length === 1) return left[0] as string;
  if (!takesRegion) return first;
  throw new Error(
    `${left.length === 0 ? 'none' : left.length} of the regions of ${variant} (${names.join(', ')}) stopped answering, so the answers do not show which one was lost`,
  );
}
