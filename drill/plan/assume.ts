/** Facts that somebody states beside the Terraform: where it leaves one open, or to drill it otherwise than it declares. */

import type { Deployment, RedisCache, Region } from '../../architecture/deployment';
import { isUnknown, type Known } from '../../architecture/known';
import { type SessionStore, sessionStoreIds, storeBySetting, usesRedis } from '../../sessions/stores';

/** `name=value` as typed. Names and values: see `assumable`. */
export type Assumptions = ReadonlyMap<string, string>;

/** What can be stated, with its allowed values. */
export const assumable: Readonly<Record<string, string>> = {
  sessions: sessionStoreIds().join(', '),
  appService: 'on, off',
  instances: 'a whole number from 1 to 30',
  zoneBalanced: 'on, off',
  hostPreserved: 'on, off',
  entry: 'app-service',
  app: 'the address of one app of several',
};

const switches = new Set(['on', 'off']);

/** What is allowed where the value is not; null: it is. */
export function refusal(name: string, value: string): string | null {
  const allowed = assumable[name];
  if (allowed === undefined) return `one of ${Object.keys(assumable).join(', ')}`;
  const fits =
    name === 'app' ||
    (name === 'sessions' && storeOf(value) !== undefined) ||
    (name === 'instances' && /^([1-9]|[12]\d|30)$/.test(value)) ||
    (name === 'entry' && value === 'app-service') ||
    (allowed === 'on, off' && switches.has(value));
  return fits ? null : allowed;
}

/** By its id, or by what the app's `SESSION_STORE` calls it. */
const storeOf = (value: string): SessionStore | undefined =>
  sessionStoreIds().find((id) => id === value) ?? storeBySetting(value, false);

export interface Assumed {
  readonly deployment: Deployment;
  /** What had to be stated, as `name=value`. */
  readonly used: readonly string[];
}

/**
 * @param onlyUnknown whether a fact that the Terraform states stays as it is
 * @throws RangeError if no app has that address
 */
export function assume(given: Deployment, assumptions: Assumptions, onlyUnknown: boolean): Assumed {
  const used = new Set<string>();
  const open = (fact: unknown): boolean => !onlyUnknown || isUnknown(fact);
  const value = <T>(name: string, fact: Known<T>, read: (text: string) => T): Known<T> => {
    const text = assumptions.get(name);
    if (text === undefined || !open(fact)) return fact;
    used.add(`${name}=${text}`);
    return read(text);
  };
  const isOn = (text: string): boolean => text === 'on';
  const onOff = (text: string): 'on' | 'off' => (isOn(text) ? 'on' : 'off');

  const regionOf = (region: Region): Region => {
    const { app } = region;
    const sessions = value('sessions', app.sessions, (text) => storeOf(text) ?? 'in-process');
    const needsCache = !isUnknown(sessions) && usesRedis(sessions) && region.redis === null;
    const instances = value('instances', app.plan.instances, Number);
    return {
      ...region,
      redis: needsCache ? assumedCache(region) : region.redis,
      app: {
        ...app,
        sessions,
        affinity: value('appService', app.affinity, onOff),
        plan: {
          ...app.plan,
          instances,
          zoneBalanced: value('zoneBalanced', app.plan.zoneBalanced, isOn),
          autoscale: instances === app.plan.instances ? app.plan.autoscale : null,
        },
      },
    };
  };
  const regions = oneApp(given, assumptions.get('app'), used).map(regionOf);
  const [first] = regions;
  const entry = value('entry', given.entry, () => 'app-service' as const);
  const deployment = {
    ...given,
    ...{ regions, entry },
    sessions: value('sessions', given.sessions, (text) => storeOf(text) ?? 'in-process'),
    hostPreserved: value('hostPreserved', given.hostPreserved, isOn),
    affinity: {
      ...given.affinity,
      // What is in front is left out then.
      ...(entry !== given.entry && { applicationGateway: 'absent' as const, frontDoor: 'absent' as const }),
      appService: first?.app.affinity ?? given.affinity.appService,
    },
  };
  return { deployment, used: [...used] };
}

/** @throws RangeError if no app has that address */
function oneApp({ regions }: Deployment, address: string | undefined, used: Set<string>): readonly Region[] {
  if (address === undefined) return regions;
  const found = regions.filter(({ app }) => app.address === address || app.address.endsWith(`.${address}`));
  if (found.length === 0) {
    const addresses = regions.map(({ app }) => app.address);
    throw new RangeError(`\`app\` must be one of ${addresses.join(', ')}, got: "${address}".`);
  }
  if (found.length < regions.length) used.add(`app=${address}`);
  return found;
}

/** A cache that the Terraform does not declare, with what Managed Redis has by default. */
const assumedCache = ({ name, location }: Region): RedisCache => ({
  ...{ address: `a cache of ${name} that was assumed`, kind: 'managed', location, skuName: 'Balanced_B3' },
  ...{ highAvailability: true, accessKeys: false, publicAccess: false, encrypted: true, minimumTls: '1.2' },
  ...{ geoGroup: null, linked: false, geoReplicated: false, persistent: false },
  ...{ zones: [], clusteringPolicy: 'NoCluster', statesClusteringPolicy: true, evictionPolicy: 'NoEviction' },
});
