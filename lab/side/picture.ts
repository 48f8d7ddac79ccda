/** What the page draws of a side: its facts, and how they stand now. */

import type { FleetRegion } from '../../drill/fleet/fleet';
import type { Instance } from '../../drill/fleet/instance';
import type { FleetPlan } from '../../drill/plan/fleetPlan';
import type { Scene } from '../../drill/running/scene';
import { isGeoReplicated, sessionStore } from '../../sessions/stores';
import type { DrawnZone, InstanceState, Picture } from '../messages';
import type { Carts } from './carts';
import type { WatchedCaches } from './watchedCaches';

export interface Standing {
  readonly word: string;
  readonly scene: Scene;
  readonly carts: Carts;
  readonly caches: WatchedCaches;
  readonly dark: ReadonlySet<string>;
}

export function pictureOf(standing: Standing): Picture {
  const { word, scene, carts, caches, dark } = standing;
  const { plan, fleet } = scene;
  const { keptIn, label } = sessionStore(plan.store);
  const homes = carts.shoppers.flatMap((shopper) => carts.homeOf(shopper) ?? []);
  const best = Math.min(...plan.regions.map(({ priority }) => priority));
  const regionOf = (key: string): string | undefined => fleet.processOf(key)?.region;
  const cached = (region: string): number =>
    isGeoReplicated(plan.store) ? homes.length : homes.filter((key) => regionOf(key) === region).length;
  return {
    word,
    layers: layersOf(plan),
    sessions: { keptIn, label },
    link: isGeoReplicated(plan.store) && plan.regions.length > 1 ? (caches.cut.size > 0 ? 'cut' : 'up') : null,
    regions: fleet.regions.map((region) => {
      const { name, priority } = region.plan;
      const state = caches.state(name);
      return {
        name,
        role: priority === best ? 'active' : 'standby',
        dark: dark.has(name),
        zones: zonesOf(region, scene, (key) =>
          keptIn === 'process' ? homes.filter((home) => home === key).length : 0,
        ),
        cache: state && { ...state, carts: cached(name) },
      };
    }),
    shoppers: carts.shoppers.map((shopper) => ({
      id: shopper.id,
      near: Math.max(
        0,
        plan.regions.findIndex(({ name }) => name === shopper.near),
      ),
      cart: carts.cartOf(shopper),
    })),
  };
}

function layersOf({ frontDoor, applicationGateway, regions }: FleetPlan): Picture['layers'] {
  const onOff = (on: boolean): 'on' | 'off' => (on ? 'on' : 'off');
  return [
    ...(frontDoor ? [{ name: 'Front Door', affinity: onOff(frontDoor.affinity) }] : []),
    ...(applicationGateway ? [{ name: 'Application Gateway', affinity: onOff(applicationGateway.affinity) }] : []),
    { name: 'App Service', affinity: onOff(regions.every(({ appServiceAffinity }) => appServiceAffinity)) },
  ];
}

function zonesOf({ plan, listed }: FleetRegion, scene: Scene, cartsIn: (key: string) => number): readonly DrawnZone[] {
  const instances = listed();
  const inRotation = new Set(
    scene
      .healthCheck(plan.name)
      .inRotation()
      .map(({ key }) => key),
  );
  const stateOf = (instance: Instance): InstanceState => {
    if (!instance.alive()) return 'gone';
    if (scene.fleet.isEnding(instance)) return 'draining';
    return inRotation.has(instance.key) ? 'running' : 'out';
  };
  // Every zone in which the plan places an instance stays in the picture, also once it is empty.
  const zones = [...new Set([...plan.instances, ...instances].map(({ zone }) => zone))].sort();
  return zones.map((zone) => ({
    zone,
    assumed: plan.zoneBalanced !== true,
    instances: instances.flatMap((instance, ordinal) =>
      instance.zone === zone
        ? [
            {
              ...{ key: instance.key, id: instance.id.slice(0, 6), ordinal },
              ...{ state: stateOf(instance), carts: cartsIn(instance.key) },
            },
          ]
        : [],
    ),
  }));
}
