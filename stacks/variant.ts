import { refuse } from '../inputError';
import type { Settings } from './settings';

/**
 * A variant is data: the choices that decide where state lives and what is lost with an instance, a zone or a region.
 */
export interface Variant {
  /** What the client's connection reaches first: App Service's own host name, a regional gateway, or Front Door. */
  readonly entry: 'app-service' | 'application-gateway' | 'front-door';
  /** How many of the regions in the settings are used, the first ones. More than one needs Front Door. */
  readonly regions: number;
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
  /** Where sessions live: in the process, in one Redis per region, or in Redis with active geo-replication. */
  readonly sessions: 'in-process' | 'redis' | 'redis-geo';
}

export type Variants = Readonly<Record<string, Variant>>;

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

  if (sessions === 'redis-geo') {
    if (regions < 2)
      throw fail(
        'sessions',
        'redis or in-process with one region',
        sessions,
        'A geo-replication group needs a second region.',
      );
    // https://learn.microsoft.com/azure/redis/how-to-active-geo-replication
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
