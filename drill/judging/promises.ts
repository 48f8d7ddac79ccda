/**
 * What a deployment promises its shoppers. The prediction reads the architecture by itself, apart from the plan that
 * starts the emulation, so an emulated layer that behaves wrongly does not change what is expected of it.
 */

import type { Deployment, WebApp } from '../../architecture/deployment';
import { isUnknown, type Known } from '../../architecture/known';
import { keepsSignInsInProcess } from '../../sessions/signIn';
import { isOwnStore, type SessionPlace, type SessionStore, sessionStore } from '../../sessions/stores';
import { otherRegionLatencyMs } from '../plan/assumptions';
import { type DeclaredTimers, frontDoorProbeOf, healthCheckOf } from './timers';

export interface PromisedRegion {
  readonly name: string;
  /** How many instances run at the start. */
  readonly instances: number;
  /** Whether App Service sets its affinity cookie. */
  readonly affinity: boolean;
  /** Front Door's: 1 to 5, lower first. */
  readonly priority: number;
  /** Whether the region's Redis has a replica; true where there is no Redis. */
  readonly redisReplica: boolean;
  /** The first region with the same session secret. */
  readonly secretOf: string;
  /** Whether the app's health fails with Redis, as its app setting states. Left out: it does not. */
  readonly healthChecksRedis?: boolean;
  /** null: off, or its settings are unknown. Left out: not read. */
  readonly healthCheck?: DeclaredTimers['healthCheck'];
}

export interface Promises {
  readonly variant: string;
  readonly sessions: SessionStore;
  /** Whether a sign-in that is half-way is in the process that began it, wherever the sessions are. Default: it is not. */
  readonly signInsInProcess?: boolean;
  /** False: a layer before App Service replaces the host name with the app's own. */
  readonly hostPreserved: boolean;
  /** null: clients reach the one region without it. */
  readonly frontDoor: {
    readonly affinity: boolean;
    readonly latencyWindowMs: number;
    /** Whether no origin is ever healthy, so that requests go to all of them by turns. Left out: no. */
    readonly blind?: boolean;
  } | null;
  /** How Front Door samples its origins; null: it does not, or it is unknown. Left out: not read. */
  readonly frontDoorProbe?: DeclaredTimers['frontDoor'];
  readonly regions: readonly PromisedRegion[];
}

/**
 * @param started how many instances a region starts with, where that is not what is declared
 * @param blind whether Front Door finds no origin healthy
 * @throws if a fact is unknown that the prediction needs
 */
export function promisesOf(
  deployment: Deployment,
  started: ReadonlyMap<string, number> = new Map(),
  blind = false,
): Promises {
  const { name, entry, regions, hostPreserved, affinity, latencyWindowMs } = deployment;
  const behindFrontDoor = entry === 'front-door';
  return {
    variant: name,
    sessions: ownStore(settled(deployment.sessions, 'sessions')),
    signInsInProcess: deployment.resources.some(
      ({ address, attributes }) =>
        regions.some(({ app }) => app.address === address) && keepsSignInsInProcess(attributes.app_settings),
    ),
    // Unknown is allowed only where no affinity cookie depends on it.
    hostPreserved: entry === 'app-service' || isUnknown(hostPreserved) || hostPreserved,
    frontDoor: behindFrontDoor
      ? {
          affinity: settled(affinity.frontDoor, 'affinity.frontDoor') === 'on',
          latencyWindowMs: settled(latencyWindowMs ?? { unknown: 'there is no origin group' }, 'latencyWindowMs'),
          ...(blind && { blind }),
        }
      : null,
    frontDoorProbe: behindFrontDoor ? frontDoorProbeOf(deployment) : null,
    regions: regions.map(({ name: region, app, origin, redis }) => ({
      name: region,
      instances: started.get(region) ?? settled(app.plan.instances, `${app.plan.address}, number of instances`),
      affinity: settled(app.affinity, `${app.address}, client affinity`) === 'on',
      priority: origin ? settled(origin.priority, `${origin.address}, priority`) : 1,
      redisReplica: redis === null || redis.highAvailability === true,
      secretOf: regions.find((other) => haveOneSecret(deployment, other.app, app))?.name ?? region,
      healthChecksRedis: healthChecksRedis(deployment, app.address),
      healthCheck: healthCheckOf(app),
    })),
  };
}

/** Whether one app reads what the other has signed or sealed. What is not known counts as the same. */
function haveOneSecret({ resources }: Deployment, one: WebApp, other: WebApp): boolean {
  const isLeftOpen = ({ cookieSecret }: WebApp): boolean => cookieSecret === null || isUnknown(cookieSecret);
  if (isLeftOpen(one) || isLeftOpen(other)) return true;
  if (one.cookieSecret !== 'literal' || other.cookieSecret !== 'literal')
    return one.cookieSecret === other.cookieSecret || isCopied(resources, one.cookieSecret, other.cookieSecret);
  const [a, b] = [one, other].map(
    (app) =>
      resources.find(({ address }) => address === app.address)?.attributes.app_settings as
        | Readonly<Record<string, unknown>>
        | undefined,
  );
  return a?.SESSION_SECRET === b?.SESSION_SECRET;
}

/** Whether two secrets of Key Vault have one value, because a vault's secret is written with that of another. */
function isCopied(resources: Deployment['resources'], one: Known<string | null>, other: Known<string | null>): boolean {
  const namedIn = (text: unknown): string | null =>
    typeof text === 'string' ? (text.match(/\bazurerm_key_vault_secret\.([\w-]+)/)?.[1] ?? null) : null;
  const writtenWith = (secret: string): string | null => {
    const found = resources.find(({ address }) => address === `azurerm_key_vault_secret.${secret}`)?.attributes;
    return namedIn(found?.value_wo ?? found?.value);
  };
  const chainOf = (text: Known<string | null>): readonly string[] => {
    const chain: string[] = [];
    for (let next = namedIn(text); next !== null && !chain.includes(next); next = writtenWith(next)) chain.push(next);
    return chain;
  };
  const chain = chainOf(one);
  return chainOf(other).some((secret) => chain.includes(secret));
}

/** Whether every region reads the sessions of every other. */
export const hasOneSecret = ({ regions }: Promises): boolean =>
  new Set(regions.map(({ secretOf }) => secretOf)).size <= 1;

/** Whether the promises bring this shopper's every request to the place where its cart lives. */
export function returnsHome(promises: Promises, near: string): boolean {
  const { sessions } = promises;
  const { sharedBy } = sessionStore(sessions);
  if (sharedBy === 'deployment' && hasOneSecret(promises)) return true;
  return staysInRegion(promises, near) && (sharedBy !== 'instance' || staysOnInstance(promises));
}

/**
 * Whether Front Door sends a client near this region to one and the same region as long as all are healthy: it takes those
 * of the lowest priority, and of these the fastest and every other within the latency window; its affinity holds a client
 * to one of them.
 * @see https://learn.microsoft.com/azure/frontdoor/routing-methods
 */
export function staysInRegion({ frontDoor, regions }: Promises, near: string): boolean {
  if (frontDoor?.blind) return regions.length === 1;
  if (frontDoor === null || frontDoor.affinity) return true;
  const lowest = Math.min(...regions.map(({ priority }) => priority));
  const preferred = regions.filter(({ priority }) => priority === lowest);
  if (preferred.length === 1 || frontDoor.latencyWindowMs === 0) return true;
  // Without the client's own region all of them are equally far, so all are within the window.
  return preferred.some(({ name }) => name === near) && frontDoor.latencyWindowMs < otherRegionLatencyMs;
}

/**
 * Whether App Service brings a client back to its instance. An overridden host name makes it set its cookie for a name
 * that the browser did not ask for, so the browser refuses it.
 * @see https://learn.microsoft.com/azure/architecture/best-practices/host-name-preservation
 */
export function staysOnInstance({ regions, hostPreserved }: Promises): boolean {
  if (regions.every(({ instances }) => instances === 1)) return true;
  return hostPreserved && regions.every(({ affinity }) => affinity);
}

function ownStore(place: SessionPlace): SessionStore {
  if (!isOwnStore(place))
    throw new Error(`No prediction: the shop cannot keep sessions in ${sessionStore(place).label}.`);
  return place;
}

/** @see docs/sessions.md, Health */
function healthChecksRedis({ resources }: Deployment, app: string): boolean {
  const settings = resources.find(({ address }) => address === app)?.attributes.app_settings;
  return typeof settings === 'object' && settings !== null && 'HEALTH_CHECKS_REDIS' in settings
    ? settings.HEALTH_CHECKS_REDIS === 'on'
    : false;
}

/**
 * Whether Front Door leaves a region whose Redis is out of reach: the app's health fails with it, Front Door probes that health,
 * and another region is there to take over.
 */
export const leavesWithoutRedis = ({ frontDoor, regions }: Promises, region: string): boolean =>
  frontDoor !== null &&
  regions.length > 1 &&
  regions.some(({ name, healthChecksRedis: fails }) => name === region && fails === true);

function settled<T>(fact: Known<T>, what: string): T {
  if (isUnknown(fact)) throw new Error(`No prediction: ${what} is unknown: ${fact.unknown}`);
  return fact;
}
