import type { EntryLayers, FrontDoor } from './entryLayers';

/** The entry layers that lead to an app, each with only what leads to it: an origin, say, that leads elsewhere is left out. */
export function layersInFront({ gateways, frontDoors, trafficManagers }: EntryLayers): EntryLayers {
  return {
    gateways: gateways.filter(({ apps }) => apps.length > 0),
    frontDoors: frontDoors.flatMap(inFront),
    trafficManagers: trafficManagers
      .filter(({ endpoints }) => endpoints.some(({ apps, open }) => apps.length > 0 || open))
      .map((one) => ({ ...one, endpoints: one.endpoints.filter(({ apps, open }) => apps.length > 0 && !open) })),
  };
}

function inFront(frontDoor: FrontDoor): FrontDoor[] {
  const leading = frontDoor.origins.filter(({ apps }) => apps.length > 0);
  if (leading.length === 0) return [];
  const groups = frontDoor.groups.filter(({ address }) => leading.some(({ group }) => group === address));
  return [
    {
      ...frontDoor,
      groups,
      // Of an origin that may lead to any of several apps, none is certain.
      origins: leading.filter(({ open }) => !open),
      routes: frontDoor.routes.filter((route) => groups.some(({ address }) => route.groups.includes(address))),
    },
  ];
}
