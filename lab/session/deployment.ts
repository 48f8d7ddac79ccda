/** What can be played in a lab, checked before anything starts. */

import type { Deployment } from '../../architecture/deployment';
import { type FleetPlan, planFleet } from '../../drill/plan/fleetPlan';
import { howToGetRedis } from '../../drill/redis/server';
import { InputError } from '../../inputError';
import { usesRedis } from '../../sessions/stores';

export interface Playable {
  /** As on the command line. */
  readonly word: string;
  readonly architecture: Deployment;
  readonly plan: FleetPlan;
}

/**
 * @param withoutRedis words that need no Redis, to offer where there is none
 * @throws InputError for a deployment that cannot be drilled, and for Redis where there is none
 */
export function playable(
  word: string,
  architecture: Deployment,
  hasRedis: boolean,
  withoutRedis: readonly string[],
): Playable {
  const plan = planFleet(architecture);
  if ('notApplicable' in plan)
    throw new InputError(`${word} cannot be played: ${plan.notApplicable}. Name another variant, or state the fact.`);
  if (usesRedis(plan.store) && !hasRedis)
    throw new InputError(
      `${word} keeps sessions in Redis, and there is ${howToGetRedis}. These need none: ${withoutRedis.join(', ')}.`,
    );
  return { word, architecture, plan };
}
