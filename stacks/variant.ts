import { refuse } from '../inputError';
import { isGeoReplicated, type SessionStore, sessionStoreIds } from '../sessions/stores';
import type { Settings } from './settings';
import { privateLinkLocation } from './settings/privateLink';
import { hasAvailabilityZones } from './settings/zones';

/**
 * A variant is data: the choices that decide where state lives and what is lost with an instance, a zone or a region.
 */
export interface Variant {
  /** What the client's connection reaches first: App Service's own host name, a regional gateway, or Front Door. */
  readonly entry: 'app-service' | 'application-gateway' | 'front-door';
  /** How many of the regions in the settings are used, the first ones. Front Door needs two or more, the others take one. */
  readonly regions: number;
  /** With Front Door: whether all regions take traffic, or those after the first stand by. Without, `active-active`. */
  readonly routing: 'active-active' | 'active-passive';
  /** App Service instances in each region, 1 to 30 (the most that a Premium plan has by default). */
  readonly instances: number;
  /** Whether the plan spreads its instances over availability zones. */
  readonly zoneRedundant: boolean;
  /** Cookie affinity at each layer; `absent` exactly where the entry has no such layer. */
  readonly affinity: {
    readonly appService: 'on' | 'off';
    readonly applicationGateway: 'on' | 'off' | 'absent';
    readonly frontDoor: 'on' | 'off' | 'absent';
  };
  /** Where sessions live: a line of `sessions/stores.ts`. */
  readonly sessions: SessionStore;
}

/** A variant as `main.ts` declares it: `all` regions of the settings, and routing where there is something to choose. */
export type DeclaredVariant = Omit<Variant, 'regions' | 'routing'> & {
  readonly regions: number | 'all';
  readonly routing?: Variant['routing'];
};

export type Variants = Readonly<Record<string, DeclaredVariant>>;

/**
 * Refuses combinations that cannot work; those that work badly are allowed, and a rule of the review finds them.
 *
 * @param name the variant as the user named it, for the message
 * @throws InputError with the choice, the value given, what is allowed and why
 */
export function checkVariant(name: string, variant: Variant, settings: Settings): void {
  const { entry, regions, affinity, sessions } = variant;
  const fail = (choice: string, rule: string, got: unknown, fix: string) =>
    refuse(`${name}: ${choice}`, rule, got, fix);

  if (regions > settings.regions.length)
    throw fail('regions', `at most ${settings.regions.length}`, regions, 'Add a region to settings.ts.');
  if (regions > 1 && entry !== 'front-door')
    throw fail(
      'regions',
      `1 with entry ${entry}`,
      regions,
      'Only Front Door routes to several regions: choose entry=front-door.',
    );

  if (regions < 2 && entry === 'front-door')
    throw fail(
      'regions',
      'at least 2 with entry front-door',
      regions,
      'With one origin Front Door has nothing to choose: add a region to settings.ts, or choose entry=application-gateway.',
    );
  if (variant.routing === 'active-passive' && entry !== 'front-door')
    throw fail(
      'routing',
      `active-active with entry ${entry}`,
      variant.routing,
      'Only Front Door has regions to choose from: choose entry=front-door.',
    );
  if (variant.zoneRedundant)
    for (const region of settings.regions.slice(0, regions))
      if (!hasAvailabilityZones(region))
        throw fail(
          'zoneRedundant',
          `off in a region without availability zones`,
          region.location,
          'Choose another region in settings.ts, or say hasAvailabilityZones: true there if it has them by now.',
        );
  if (variant.instances >= settings.maximumInstances)
    throw fail(
      'instances',
      `below maximumInstances, ${settings.maximumInstances}, so that autoscale has room`,
      variant.instances,
      'Raise maximumInstances in settings.ts, or ask for fewer.',
    );

  const needed = Math.ceil((variant.instances * regions * settings.survivingRegionCarriesPercent) / 100);
  if (regions > 1 && settings.maximumInstances < needed)
    throw refuse(
      'maximumInstances',
      `at least ${needed}, so that one region can carry ${settings.survivingRegionCarriesPercent} % of what ${regions} × ${variant.instances} instances do (${name})`,
      settings.maximumInstances,
      'Raise it in settings.ts, or lower survivingRegionCarriesPercent there.',
    );
  if (entry === 'application-gateway' && settings.package === 'cli' && !settings.agentsSubnet)
    throw refuse(
      'agentsSubnet',
      `true with package 'cli' behind a gateway (${name})`,
      false,
      'The deployment site has a private address only: change one of them in settings.ts.',
    );
  if (entry === 'front-door' && settings.privateOrigins) checkPrivateOrigins(settings, regions);

  const layers = { applicationGateway: 'application-gateway', frontDoor: 'front-door' } as const;
  for (const layer of ['applicationGateway', 'frontDoor'] as const) {
    const present = entry === layers[layer];
    if (present && affinity[layer] === 'absent')
      throw fail(
        layer,
        `on or off with entry ${entry}`,
        affinity[layer],
        'The layer is there, so its affinity must be chosen.',
      );
    if (!present && affinity[layer] !== 'absent')
      throw fail(
        layer,
        `absent with entry ${entry}`,
        affinity[layer],
        `Choose entry=${layers[layer]}, or leave it out.`,
      );
  }

  if (isGeoReplicated(sessions)) {
    if (regions < 2)
      throw fail(
        'sessions',
        `${alternatives(sessionStoreIds().filter((id) => !isGeoReplicated(id)))} with one region`,
        sessions,
        'A geo-replication group needs a second region.',
      );
    // https://learn.microsoft.com/azure/redis/how-to-active-geo-replication
    if (regions > 5)
      throw fail(
        'regions',
        'at most 5 with geo-replicated sessions',
        regions,
        'A geo-replication group has no more members: ask for fewer regions.',
      );
    if (/^Balanced_B[01]$/.test(settings.redisSku))
      throw refuse(
        'redisSku',
        'Balanced_B3 or larger for geo-replicated sessions',
        settings.redisSku,
        `${name} needs it: change it in settings.ts.`,
      );
  }

  const sticky = Object.values(affinity).includes('on');
  if (sticky && settings.domain === 'none' && entry !== 'app-service')
    throw fail(
      'affinity',
      `off at every layer with entry ${entry} and domain 'none'`,
      affinity,
      "Without a domain of your own the entry overrides the host, and the affinity cookie's domain is the host that App Service saw: browsers drop it. Set `domain` in settings.ts.",
    );
}

/** `a, b or c` */
const alternatives = (words: readonly string[]) => `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** @see https://learn.microsoft.com/azure/frontdoor/private-link */
function checkPrivateOrigins(settings: Settings, regions: number): void {
  if (settings.stagingSlot)
    throw refuse(
      'stagingSlot',
      'false with privateOrigins',
      true,
      'Private Link from Front Door does not support slots: change one of them in settings.ts.',
    );
  if (settings.package === 'cli')
    throw refuse(
      'package',
      "'onedeploy' or 'blob' with privateOrigins",
      settings.package,
      'The deployment site has no address that `az webapp deploy` could reach then: change one of them in settings.ts.',
    );
  for (const region of settings.regions.slice(0, regions))
    if (privateLinkLocation(region) === undefined)
      throw refuse(
        'privateLinkLocation',
        `a region in which Front Door offers Private Link, for ${region.location}`,
        region.privateLinkLocation ?? region.location,
        'stacks/settings/privateLink.ts lists them: name the nearest in settings.ts.',
      );
}
