/** What a fault may act on: see `Stage`. */

import { isUnknown } from '../../architecture/known';
import type { Fault, Stage } from '../faults/fault';
import type { Fleet } from '../fleet/fleet';
import { shopperAddress } from '../shoppers/addresses';
import { addInsideTheLag } from '../shoppers/crowd';
import type { Shopper } from '../shoppers/shopper';
import { randomFrom } from './random';
import type { Scene } from './scene';

/** The affected region is drawn from those that normally take traffic. */
export function stageOf(
  scene: Scene,
  fault: Fault,
  shoppers: readonly Shopper[],
  { declared = scene.plan, isBlind = false }: Partial<Pick<Stage, 'declared' | 'isBlind'>> = {},
): Stage {
  const { plan, fleet, clock, entry, options } = scene;
  const random = randomFrom(options.seed, 'fault', fault.id);
  const best = Math.min(...plan.regions.map(({ priority }) => priority));
  const region = random.pick(plan.regions.filter(({ priority }) => priority === best));
  const holding = new Set(shoppers.map(homeOf));
  return {
    ...{ plan, declared, fleet, clock, random, region, isBlind },
    shoppers: shoppers.map(({ id }) => id),
    keepOldAddress: (ids, keep) => scene.keepOldAddress(ids.map(shopperAddress), keep),
    rush: async (times) =>
      void (await Promise.all(shoppers.flatMap((shopper) => Array.from({ length: times }, () => shopper.look())))),
    ...{ healthCheck: scene.healthCheck, goDark: entry.goDark, disableOrigin: entry.disable },
    holders: fleet.instances().filter((each) => each.region === region.name && holding.has(each.key)),
    frontDoorAgrees: (name, healthy) => {
      const agreed = Promise.race([entry.agree(name, healthy), neverAgreed(scene, name, healthy)]);
      return healthy ? Promise.race([agreed, emptied(fleet, name)]) : agreed;
    },
  };
}

/** Some shoppers of the affected region add once more, and nothing of that leaves the Redis primary. */
export async function writeInsideTheLag({ fleet, region }: Stage, shoppers: readonly Shopper[]): Promise<void> {
  await fleet.caches?.holdReplication(region.name);
  await addInsideTheLag(shoppers.filter((shopper) => fleet.processOf(homeOf(shopper) ?? '')?.region === region.name));
}

/** Process that acknowledged the shopper's last add. */
const homeOf = ({ ledger }: Shopper): string | undefined => ledger.adds[ledger.adds.length - 1]?.process;

/**
 * @throws once Front Door has replaced every sample it had, and one more: it does not change its mind after that. Counted in
 * Azure's seconds, which run in order however busy this machine is.
 */
async function neverAgreed({ plan, clock }: Scene, name: string, healthy: boolean): Promise<never> {
  const probe = plan.frontDoor?.probe;
  const settings = probe && !isUnknown(probe) ? probe : { sampleSize: 0, intervalSeconds: 0 };
  await clock.wait((settings.sampleSize + 2) * settings.intervalSeconds);
  const what = healthy ? 'find' : 'leave';
  throw new Error(
    `Front Door did not ${what} ${name} within ${settings.sampleSize + 2} probes, so this run cannot be judged`,
  );
}

/** @throws once no instance of the region is left: Front Door would never find it again */
async function emptied({ instances }: Fleet, region: string): Promise<never> {
  await Promise.all(instances().flatMap((each) => (each.region === region ? [each.exited] : [])));
  throw new Error(`no instance is left in ${region}, so this run cannot be judged`);
}
