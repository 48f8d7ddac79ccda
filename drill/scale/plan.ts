/** How large a load test is, how long it takes, and what its shoppers do. */

import type { Deployment } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/known';
import { isOwnStore } from '../../sessions/stores';
import { secretOf } from '../plan/secrets';
import { sharesCarts } from '../plan/sharedCarts';
import { hashOf } from '../running/random';

/** What the engines read, and what each of them writes first into its log. */
export interface ScalePlan {
  /** Raised when lines of another version could be misread. */
  readonly format: 1;
  /** Equal for engines of one export. */
  readonly export: string;
  readonly variant: string;
  readonly seed: number;
  readonly shoppers: number;
  readonly engines: number;
  /** Where users go, with scheme and without a path. */
  readonly address: string;
  /** Seconds from the start until every cart is filled, then of shopping on while somebody breaks something, then for the audit. */
  readonly fillSeconds: number;
  readonly watchSeconds: number;
  readonly auditSeconds: number;
  /** Least and most milliseconds between two requests of a shopper, after carts are filled. */
  readonly thinkMs: readonly [number, number];
  /** Whether shoppers also add while something is broken. */
  readonly mayAdd: boolean;
}

/**
 * Shoppers that one engine drives. Microsoft's guideline for the threads of an engine; how many Locust users one carries depends on
 * the script, and these wait for seconds between requests.
 * @see https://learn.microsoft.com/azure/load-testing/how-to-high-scale-load (read November 2026)
 */
export const shoppersOnEngine = 250;

/**
 * Engines of a test at most, after a request to raise the limit; without one it is 1 to 400 by kind of subscription.
 * @see https://learn.microsoft.com/azure/load-testing/resource-limits-quotas-capacity (read November 2026)
 */
export const mostEngines = 400;

/** So many shoppers at most. */
export const mostAtScale = shoppersOnEngine * mostEngines;

/** Where no number is given: one engine. */
export const usualAtScale = shoppersOnEngine;

/** Hours that a test may last by default. @see https://learn.microsoft.com/azure/load-testing/resource-limits-quotas-capacity */
const longestHours = 3;

const minute = 60;

export interface ScaleOptions {
  readonly seed: number;
  /** 1 to `mostAtScale`. */
  readonly shoppers: number;
  readonly address: string;
  readonly watchSeconds: number;
}

/** Why these engines cannot do it; null: they can. */
export function beyondEngines({
  shoppers,
  watchSeconds,
}: Pick<ScaleOptions, 'shoppers' | 'watchSeconds'>): string | null {
  if (shoppers > mostAtScale)
    return `${mostEngines} engines with ${shoppersOnEngine} shoppers each drive ${mostAtScale} at most, got: ${shoppers}`;
  const seconds = totalSeconds({ ...phasesOf(shoppers), watchSeconds });
  return seconds > longestHours * 60 * minute
    ? `a test lasts ${longestHours} hours at most, and filling, ${watchSeconds / minute} minutes and the audit take ${Math.ceil(seconds / minute)} minutes`
    : null;
}

export function planScale(deployment: Deployment, { seed, shoppers, address, watchSeconds }: ScaleOptions): ScalePlan {
  const plan = {
    format: 1 as const,
    variant: deployment.name,
    ...{ seed, shoppers, address, watchSeconds },
    engines: Math.ceil(shoppers / shoppersOnEngine),
    ...phasesOf(shoppers),
    thinkMs: [1_000, 3_000] as const,
    mayAdd: mayAdd(deployment),
  };
  return { ...plan, export: hashOf(JSON.stringify(plan)).toString(16).padStart(8, '0') };
}

/** As in a drill. What is unknown counts as carts that are not shared. */
function mayAdd(deployment: Deployment): boolean {
  const { sessions, regions } = deployment;
  const secrets = regions.map(({ app }) => secretOf(deployment, app));
  return !isUnknown(sessions) && isOwnStore(sessions) && sharesCarts(sessions, secrets);
}

/** Carts fill while engines add shoppers; an engine adds ten a second, and each then sends a dozen requests. */
function phasesOf(shoppers: number): Pick<ScalePlan, 'fillSeconds' | 'auditSeconds'> {
  const onEngine = Math.min(shoppers, shoppersOnEngine);
  return { fillSeconds: minute + Math.ceil(onEngine / spawnedASecond) * 2, auditSeconds: 3 * minute };
}

/** Shoppers that one engine adds in a second. */
const spawnedASecond = 10;

/** Of all engines together. */
export const spawnRateOf = ({ shoppers, engines }: Pick<ScalePlan, 'shoppers' | 'engines'>): number =>
  Math.min(shoppers, spawnedASecond * engines);

export const totalSeconds = ({
  fillSeconds,
  watchSeconds,
  auditSeconds,
}: Pick<ScalePlan, 'fillSeconds' | 'watchSeconds' | 'auditSeconds'>): number =>
  fillSeconds + watchSeconds + auditSeconds;
