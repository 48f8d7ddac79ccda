import type { Deployment, Region } from '../../architecture/deployment';
import { isUnknown, type Known } from '../../architecture/known';
import { layersInFront } from '../../architecture/layersInFront';
import { isGeoReplicated } from '../../sessions/stores';
import { isKeptIn } from '../sessions';

/** What a diagram shows, before it is drawn: layers from the client inwards, and where state lives. */
export interface Drawing {
  readonly name: string;
  /** What the client itself holds of the session; null: only cookies that name another place. */
  readonly clientHolds: string | null;
  readonly global: readonly Layer[];
  readonly regions: readonly DrawnRegion[];
  /** Whether the stores of the regions are copies of each other. */
  readonly linked: boolean;
}

export interface Layer {
  readonly name: string;
  /** The affinity cookie that it gives the client; null: none. */
  readonly cookie: string | null;
}

export interface DrawnRegion {
  readonly name: string;
  readonly role: string;
  readonly gateway: Layer | null;
  readonly front: Layer;
  /** Instances by zone; one nameless zone where they are not spread. Of very many only some are drawn. */
  readonly zones: readonly { readonly name: string; readonly instances: number; readonly drawn: number }[];
  /** An unknown count is drawn as one. */
  readonly instancesKnown: boolean;
  readonly stateInProcess: boolean;
  readonly store: string | null;
}

const mostDrawnInZone = 6;

export function drawingOf(deployment: Deployment): Drawing {
  const { name, affinity, sessions, regions } = deployment;
  const { gateways, frontDoors, trafficManagers } = layersInFront(deployment);
  const cookie = (state: Known<string>, words: string) =>
    state === 'on' ? words : isUnknown(state) ? 'affinity: unknown' : null;
  const gateway = {
    name: 'Application Gateway',
    cookie: cookie(affinity.applicationGateway, 'cookie names a backend'),
  };
  const places = gateways.map(({ location }) => location);
  return {
    name,
    clientHolds: isKeptIn(sessions, 'client') ? 'the whole session, sealed in a cookie' : null,
    global: [
      ...(trafficManagers.length > 0 ? [{ name: 'Traffic Manager (DNS)', cookie: null }] : []),
      ...(frontDoors.length > 0
        ? [{ name: 'Front Door', cookie: cookie(affinity.frontDoor, 'cookie names a region') }]
        : []),
    ],
    regions: regions.map((region) =>
      drawnRegion(
        region,
        places.some((place) => isUnknown(place) || place === region.location) ? gateway : null,
        cookie(affinity.appService, 'cookie names an instance'),
      ),
    ),
    linked: !isUnknown(sessions) && isGeoReplicated(sessions),
  };
}

function drawnRegion({ name, role, app, redis }: Region, gateway: Layer | null, arr: string | null): DrawnRegion {
  const { instances, zoneBalanced } = app.plan;
  const count = isUnknown(instances) ? 1 : instances;
  const spread = zoneBalanced === true ? Math.min(3, Math.max(count, 1)) : 1;
  return {
    name,
    role: isUnknown(role) ? 'role: unknown' : role,
    gateway,
    front: { name: 'App Service', cookie: arr },
    zones: Array.from({ length: spread }, (_, index) => {
      const here = Math.floor(count / spread) + (index < count % spread ? 1 : 0);
      return {
        name: spread > 1 ? `zone ${index + 1}` : '',
        instances: here,
        drawn: Math.min(here, mostDrawnInZone),
      };
    }),
    instancesKnown: !isUnknown(instances),
    stateInProcess: isKeptIn(app.sessions, 'process'),
    store:
      redis && !isKeptIn(app.sessions, 'process')
        ? redis.highAvailability === true
          ? 'Redis, primary and replica'
          : 'Redis, one node'
        : null,
  };
}
