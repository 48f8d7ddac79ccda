import type { Deployment } from '../../architecture/deployment';
import { layersInFront } from '../../architecture/layersInFront';

/** Entry layers and plans from which no way to an app is known, by address. They cost all the same. */
export function unlinkedOf(deployment: Deployment): string[] {
  const { gateways, frontDoors, trafficManagers, plans, regions } = deployment;
  const inFront = layersInFront(deployment);
  const linked = new Set([
    ...[...inFront.gateways, ...inFront.frontDoors, ...inFront.trafficManagers].map(({ address }) => address),
    ...regions.map(({ app }) => app.plan.address),
  ]);
  return [...gateways, ...frontDoors, ...trafficManagers, ...plans]
    .map(({ address }) => address)
    .filter((address) => address !== '' && !linked.has(address))
    .sort();
}
