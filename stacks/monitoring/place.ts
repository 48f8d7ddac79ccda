import type { Namer } from '../naming';
import type { Settings } from '../settings';

/** What the constructs of a region take from `settings.ts`. */
export type PlaceSettings = Pick<
  Settings,
  | 'access'
  | 'agentsSubnet'
  | 'alertEmail'
  | 'alertWebhook'
  | 'app'
  | 'certificate'
  | 'deployerAddresses'
  | 'deployerObjectId'
  | 'existing'
  | 'healthChecksRedis'
  | 'maximumInstances'
  | 'organization'
  | 'package'
  | 'planSku'
  | 'redisSku'
  | 'runbooks'
  | 'sessionSecret'
  | 'size'
  | 'stagingSlot'
  | 'subnets'
  | 'tags'
  | 'waf'
  | 'workload'
> & {
  /** Whether an agent in the network can apply by itself: its subnet is there, and there is one region. Left out: it cannot. */
  readonly agentsSuffice?: boolean;
};

/** What a program that is not Steadystate's own must say of a place; the rest has a default. */
export type PlaceOptions = Pick<PlaceSettings, 'alertEmail' | 'runbooks' | 'workload'> & Partial<PlaceSettings>;

const defaults: Omit<PlaceSettings, 'alertEmail' | 'runbooks' | 'workload'> = {
  agentsSubnet: false,
  certificate: 'self-signed',
  deployerAddresses: [],
  maximumInstances: 9,
  package: 'onedeploy',
  planSku: 'P0v3',
  redisSku: 'Balanced_B3',
  sessionSecret: { signs: 'a', versions: { a: 1, b: 1 } },
  size: 'production',
  stagingSlot: true,
  tags: {},
};

/** Adds what is left out: what `settings.ts` says as it comes. */
export const placeSettings = (options: PlaceOptions): PlaceSettings => ({
  ...defaults,
  ...(Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as PlaceOptions),
});

/** What the constructs of a region share. */
export interface Place {
  readonly name: Namer;
  readonly location: string;
  readonly resourceGroupName: string;
  readonly resourceGroupId: string;
  readonly settings: PlaceSettings;
  readonly tags: Record<string, string>;
}

/** A place whose resources send their logs to a Log Analytics workspace and their alerts to an action group. */
export interface WatchedPlace extends Place {
  readonly workspaceId: string;
  readonly actionGroupId: string;
}
