import type { Deployment, Region } from '../../architecture/deployment';
import { agreed, isUnknown } from '../../architecture/known';
import { InputError } from '../../inputError';
import { type SessionPlace, usesRedis } from '../../sessions/stores';
import type { Rule } from '../rules/rule';
import { matches } from '../suppression';
import type { ReviewSettings } from './reviewJson';
import type { Severities } from './severities';

/**
 * A deployment with the sessions that its reader states, in place of what its settings show.
 *
 * @throws InputError for an address that is not an app of the Terraform
 */
export function withStatedSessions(deployment: Deployment, { sessions, file }: ReviewSettings): Deployment {
  if (sessions === undefined) return deployment;
  const stated = typeof sessions === 'string' ? { '*': sessions } : sessions;
  const addresses = deployment.regions.map(({ app }) => app.address);
  const idle = Object.keys(stated).find((pattern) => !addresses.some((address) => matches(pattern, address)));
  if (idle !== undefined)
    throw new InputError(
      `${file}: sessions.${idle} is not an app of ${deployment.name}. Its apps are ${addresses.join(', ')}.`,
    );
  const regions = deployment.regions.map((region): Region => {
    const found = Object.entries(stated).find(([pattern]) => matches(pattern, region.app.address));
    return found ? { ...region, app: { ...region.app, sessions: placeIn(region, found[1]) } } : region;
  });
  return {
    ...deployment,
    regions,
    sessions: agreed(
      regions.map(({ app }) => app.sessions),
      'sessions differ between apps',
    ),
  };
}

/** Whether a Redis of the Terraform replicates to another region is what the Terraform says. */
function placeIn({ redis }: Region, place: SessionPlace): SessionPlace {
  if (!usesRedis(place) || redis === null || isUnknown(redis.geoReplicated)) return place;
  return redis.geoReplicated ? 'redis-geo' : 'redis';
}

/** Severities that are stated for every deployment. */
export interface StatedSeverities {
  /** Those of a team: what is said beside the Terraform of one deployment comes before them. */
  readonly usual?: Severities | undefined;
  /** Those of this run: they come before everything else. */
  readonly now?: Severities | undefined;
}

/** The rules as the reader of a deployment wants them. */
export function rulesFor(
  rules: readonly Rule[],
  settings: ReviewSettings | null,
  { usual, now }: StatedSeverities = {},
): readonly Rule[] {
  const { environment = 'production' } = settings ?? {};
  const severities: Severities = { ...usual, ...settings?.severities, ...now };
  return rules.flatMap((rule) => {
    const severity = severities[rule.id];
    if (severity === 'off' || (severity === undefined && rule.productionOnly && environment !== 'production'))
      return [];
    return severity === undefined ? [rule] : [{ ...rule, severity }];
  });
}
