import type { Deployment } from '../../../architecture/deployment';
import { isUnknown, type Known } from '../../../architecture/known';
import { layersInFront } from '../../../architecture/layersInFront';
import type { MeterKey } from '../meters/meter';
import type { UsageKey } from './keys';
import { gigabytes } from './traffic';
import { amountsFor, type Usage } from './usage';

/** What of a resource is billed by use. */
export interface UseMeter {
  readonly resource: string;
  readonly what: string;
  /** By which a usage file says how much it is. */
  readonly key: UsageKey;
  readonly row: Known<MeterKey>;
  /** How much a month, in `unit`. */
  readonly quantity: Known<number>;
  readonly unit: 'requests' | 'GB' | 'queries' | 'capacity units';
  /** Whether somebody said it of this resource, or of the traffic as a whole; or it is assumed. */
  readonly basis: 'stated' | 'assumed';
}

/** What meters of one deployment share. */
export interface UseContext {
  readonly deployment: Deployment;
  readonly usage: Usage;
  /** Addresses of the gateways and Front Doors that are known to lead to an app. */
  readonly gateways: ReadonlySet<string>;
  readonly frontDoors: ReadonlySet<string>;
  /** The part of all requests that these apps get. */
  readonly shareOf: (apps: readonly string[]) => number;
  /** Gigabytes a month of a part of all requests. */
  readonly gigabytesOf: (share: number, kilobytes: number) => number;
  /** A meter with what the usage says of its resource, and otherwise with what follows from the traffic. */
  readonly meter: (one: Omit<UseMeter, 'basis'>) => UseMeter;
}

export function useContext(deployment: Deployment, usage: Usage): UseContext {
  const { gateways, frontDoors } = layersInFront(deployment);
  const shares = sharesOf(deployment);
  const types = new Map(deployment.resources.map(({ address, type }) => [address, type]));
  const basis = usage.stated.length > 0 ? 'stated' : 'assumed';
  return {
    deployment,
    usage,
    gateways: new Set(gateways.map(({ address }) => address)),
    frontDoors: new Set(frontDoors.map(({ address }) => address)),
    shareOf: (apps) => apps.reduce((sum, app) => sum + (shares.get(app) ?? 0), 0),
    gigabytesOf: (share, kilobytes) => gigabytes(usage.traffic.monthlyRequests * share, kilobytes),
    meter: (one) => {
      const said = amountsFor(usage, one.resource, types.get(one.resource) ?? '')[one.key];
      return said === undefined ? { ...one, basis } : { ...one, quantity: said, basis: 'stated' };
    },
  };
}

/** Spread evenly over the regions that take traffic; with roles unknown every region may. */
function sharesOf({ regions }: Deployment): ReadonlyMap<string, number> {
  const active = regions.filter(({ role }) => role === 'active');
  const taking = active.length > 0 ? active : regions.filter(({ role }) => isUnknown(role));
  return new Map(taking.map(({ app }) => [app.address, 1 / taking.length]));
}

export const notLinked = (address: string) => ({ unknown: `no way from ${address} to an app is known` });

export const notDerived = { unknown: 'how much it is does not follow from the traffic' };
