import type { Deployment } from '../../../architecture/deployment';
import { isUnknown, type Known } from '../../../architecture/known';
import { gatewayMeters } from './applicationGateway';
import { frontDoorMeter } from './frontDoor';
import type { Meter } from './meter';
import { fixedMeters, publicIpMeter } from './network';
import { redisMeter } from './redis';
import { planMeter } from './servicePlan';

export interface Metered {
  readonly meters: readonly Meter[];
  /** Why a resource has no meter that could be named, by its address. */
  readonly unnamed: ReadonlyMap<string, string>;
}

/** Meters of every resource of a deployment that costs by existing, whether or not its way to an app is known. */
export function metersOf(deployment: Deployment): Metered {
  const meters: Meter[] = [];
  const unnamed = new Map<string, string>();
  const add = (resource: string, key: Known<Omit<Meter, 'resource'>>) => {
    if (isUnknown(key)) unnamed.set(resource, key.unknown);
    else meters.push({ resource, ...key });
  };
  const { plans, caches, regions, gateways, frontDoors, network, resources } = deployment;
  for (const { app } of regions)
    if (app.plan.notRead && app.plan.mayBe.length === 0)
      unnamed.set(app.address, `its plan: ${app.plan.notRead.unknown}`);
  for (const { address, skuName, os, location, instances, autoscale } of plans)
    add(address, planMeter(skuName, os, location, autoscale?.minimum ?? instances, autoscale?.maximum ?? instances));
  for (const gateway of gateways) for (const meter of gatewayMeters(gateway)) add(gateway.address, meter);
  for (const { address, skuName, open } of frontDoors) if (!open) add(address, frontDoorMeter(skuName));
  for (const cache of caches) add(cache.address, redisMeter(cache));
  const inGateways = new Set(gateways.flatMap(({ publicIps }) => publicIps));
  for (const ip of network.publicIps) if (!inGateways.has(ip.address)) add(ip.address, publicIpMeter(ip));
  for (const { address, type } of resources) {
    const fixed = Object.hasOwn(fixedMeters, type) ? fixedMeters[type] : undefined;
    if (fixed) add(address, fixed);
  }
  return { meters, unnamed };
}
