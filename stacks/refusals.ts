import { refuse } from '../inputError';
import { isGeoReplicated, sessionStore, sessionStoreIds, usesRedis } from '../sessions/stores';
import { prefixFor, usableAddresses } from './addressSpace';
import { packagesArrive } from './app';
import { affinityLayers, allEntries, entryKind } from './entry/entries';
import type { EntryKind } from './entry/entry';
import type { Settings } from './settings';
import { experimentsIn, hasTargets, regionsOfExperiments } from './settings/chaosRegions';
import { hasAvailabilityZones, isKnownRegion, similarRegion } from './settings/zones';
import type { Variant } from './variant';

/** Makes the error for a choice of the variant that is checked. */
type Fail = (choice: string, rule: string, got: unknown, fix: string) => Error;

/**
 * Refuses combinations that cannot work; those that work badly are allowed, and a rule of the review finds them.
 *
 * @param name the variant as the user named it, for the message
 * @throws InputError with the choice, the value given, what is allowed and why
 */
export function checkVariant(name: string, variant: Variant, settings: Settings): void {
  const fail: Fail = (choice, rule, got, fix) => refuse(`${name}: ${choice}`, rule, got, fix);
  const kind = entryKind(variant.entry);
  checkRegions(kind, variant, settings, fail);
  checkInstances(name, variant, settings, fail);
  checkExistingNetworks(name, kind, variant, settings);
  checkHubs(name, kind, variant, settings);
  checkAccess(variant, settings, fail);
  checkChaos(name, variant, settings);
  kind.check?.(name, variant, settings);
  checkLayers(kind, variant, fail);
  checkSessions(name, variant, settings, fail);
  const { affinity, entry } = variant;
  if (Object.values(affinity).includes('on') && settings.domain === 'none' && kind.takesDomain)
    throw fail(
      'affinity',
      `off at every layer with entry ${entry} and domain 'none'`,
      affinity,
      "Without a domain of your own the entry overrides the host, and the affinity cookie's domain is the host that App Service saw: browsers drop it. Set `domain` in settings.ts.",
    );
}

function checkRegions(kind: EntryKind, variant: Variant, settings: Settings, fail: Fail): void {
  const { entry, regions, routing, zoneRedundant } = variant;
  if (regions > settings.regions.length)
    throw fail('regions', `at most ${settings.regions.length}`, regions, 'Add a region to settings.ts.');
  const several = allEntries().filter(([, { regions }]) => regions === 'several');
  const labels = alternatives(several.map(([, { label }]) => label));
  const choose = `choose ${alternatives(several.map(([id]) => `entry=${id}`))}.`;
  const one = allEntries().findLast(([, { regions }]) => regions === 'one');
  if (kind.regions === 'one' && regions > 1)
    throw fail('regions', `1 with entry ${entry}`, regions, `Only ${labels} routes to several regions: ${choose}`);
  if (kind.regions === 'several' && regions < 2)
    throw fail(
      'regions',
      `at least 2 with entry ${entry}`,
      regions,
      `With one origin ${kind.label} has nothing to choose: add a region to settings.ts, or choose entry=${one?.[0]}.`,
    );
  if (kind.regions === 'one' && routing === 'active-passive')
    throw fail(
      'routing',
      `active-active with entry ${entry}`,
      routing,
      `Only ${labels} has regions to choose from: ${choose}`,
    );
  for (const { location, hasAvailabilityZones: stated } of settings.regions.slice(0, regions)) {
    if (stated !== undefined || isKnownRegion(location)) continue;
    const meant = similarRegion(location);
    if (meant !== undefined || zoneRedundant)
      throw fail(
        'regions',
        'regions of Azure',
        location,
        `${meant === undefined ? '' : `Did you mean ${meant}? `}If the name is right, say in settings.ts whether it has zones: hasAvailabilityZones: true or false.`,
      );
  }
  if (!zoneRedundant) return;
  for (const region of settings.regions.slice(0, regions))
    if (!hasAvailabilityZones(region))
      throw fail(
        'zoneRedundant',
        `off in a region without availability zones`,
        region.location,
        'Choose another region in settings.ts, or say hasAvailabilityZones: true there if it has them by now.',
      );
}

/** Whether the subnets of existing networks have what this variant puts into them. */
function checkExistingNetworks(name: string, kind: EntryKind, variant: Variant, settings: Settings): void {
  for (const { location } of settings.regions.slice(0, variant.regions)) {
    const subnets = settings.existing?.networks?.[location]?.subnets;
    if (!subnets) continue;
    const at = `existing.networks.${location}.subnets`;
    const large = (part: string, range: string, addresses: number, why: string) => {
      if (usableAddresses(range) < addresses)
        throw refuse(
          `${at}.${part}.range`,
          `/${prefixFor(addresses)} or larger (${name})`,
          range,
          `${why} Azure keeps five addresses of each subnet: name a larger one in settings.ts.`,
        );
    };
    // Vault, and where there is one: storage, Redis, app and slot.
    const endpoints = privateEndpoints(kind, variant, settings);
    large('privateEndpoints', subnets.privateEndpoints.range, endpoints, `It takes ${endpoints} private endpoints.`);
    if (!kind.subnet) continue;
    const own = Object.entries(subnets).find(([part]) => part === kind.subnet?.id)?.[1];
    if (!own)
      throw refuse(
        `${at}.${kind.subnet.id}`,
        `a subnet for ${kind.label} (${name})`,
        undefined,
        'It needs one for itself: add it to settings.ts.',
      );
    const most = kind.subnet.addresses?.(settings);
    if (most !== undefined) large(kind.subnet.id, own.range, most, `${kind.label} grows to ${most} instances.`);
  }
}

/**
 * A default route that a hub hands on reaches every subnet.
 *
 * @see https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#supported-user-defined-routes
 */
function checkHubs(name: string, kind: EntryKind, { regions }: Variant, { existing, ...settings }: Settings): void {
  if (!kind.subnet) return;
  for (const { location } of settings.regions.slice(0, regions))
    if (existing?.hubs?.[location]?.internetSecurity)
      throw refuse(
        `existing.hubs.${location}.internetSecurity`,
        `left out with ${kind.label} (${name})`,
        true,
        'Its subnet would learn a route of 0.0.0.0/0 to a firewall, which it does not support: remove it from settings.ts, or choose a variant with another entry.',
      );
}

/** Whether a runner can be in the network, or come to it, and resolve the names of every region. */
function checkAccess(
  { regions }: Variant,
  { access, agentsSubnet, existing, ...settings }: Settings,
  fail: Fail,
): void {
  if (access !== 'private') return;
  const { networks = {}, hubs = {}, privateDnsZones } = existing ?? {};
  const used = settings.regions.slice(0, regions).map(({ location }) => location);
  const inside = used.length === 1 && agentsSubnet;
  const without = used.filter((location) => !networks[location] && !hubs[location]);
  if (without.length > 0 && !inside)
    throw fail(
      'access',
      "'addresses' where no runner can come to the network",
      access,
      `Name the network of ${without.join(' and ')} in existing.networks, or the hub that a runner reaches it through in existing.hubs${used.length === 1 ? ', or set agentsSubnet: true,' : ''} in settings.ts.`,
    );
  const resolved = privateDnsZones !== undefined || inside || (used.length === 1 && networks[used[0] as string]);
  if (!resolved)
    throw fail(
      'access',
      "'addresses' where a runner cannot resolve the private names of every region",
      access,
      'The zones that the blueprint makes are linked to the network of one region each: set existing.privateDnsZones in settings.ts to zones that the runner resolves.',
    );
}

/** Whether Chaos Studio can act on every region, and has a region for its experiments. */
function checkChaos(name: string, { regions }: Variant, { chaos, ...settings }: Settings): void {
  if (chaos === undefined) return;
  const used = settings.regions.slice(0, regions).map(({ location }) => location);
  const without = used.find((location) => !hasTargets(location));
  if (without !== undefined)
    throw refuse(
      'chaos',
      `left out in a region without Azure Chaos Studio (${name})`,
      without,
      'Remove it from settings.ts, or choose another region there. The list is of November 2026: see stacks/settings/chaosRegions.ts.',
    );
  if (chaos.location === undefined && experimentsIn(used) === undefined)
    throw refuse(
      'chaos.location',
      `one of ${regionsOfExperiments.join(', ')}, as no region of ${name} keeps experiments`,
      used.join(', '),
      'They act on targets in other regions, too: name one in settings.ts.',
    );
}

/** How many a region has at most. */
const privateEndpoints = (kind: EntryKind, { sessions }: Variant, settings: Settings): number =>
  1 +
  (packagesArrive(settings) ? 1 : 0) +
  (usesRedis(sessions) ? 1 : 0) +
  (kind.subnet ? (settings.stagingSlot ? 2 : 1) : 0);

function checkInstances(name: string, { instances, regions }: Variant, settings: Settings, fail: Fail): void {
  const { maximumInstances, survivingRegionCarriesPercent: percent } = settings;
  if (instances >= maximumInstances)
    throw fail(
      'instances',
      `below maximumInstances, ${maximumInstances}, so that autoscale has room`,
      instances,
      'Raise maximumInstances in settings.ts, or ask for fewer.',
    );
  const needed = Math.ceil((instances * regions * percent) / 100);
  if (regions > 1 && maximumInstances < needed)
    throw refuse(
      'maximumInstances',
      `at least ${needed}, so that one region can carry ${percent} % of what ${regions} × ${instances} instances do (${name})`,
      maximumInstances,
      'Raise it in settings.ts, or lower survivingRegionCarriesPercent there.',
    );
}

function checkLayers({ affinityLayers: own }: EntryKind, { entry, affinity }: Variant, fail: Fail): void {
  for (const layer of affinityLayers()) {
    const state = affinity[layer] ?? 'absent';
    if (own.includes(layer) && state === 'absent')
      throw fail(layer, `on or off with entry ${entry}`, state, 'The layer is there, so its affinity must be chosen.');
    if (!own.includes(layer) && state !== 'absent') {
      const having = allEntries().filter(([, kind]) => kind.affinityLayers.includes(layer));
      const choose = alternatives(having.map(([id]) => `entry=${id}`));
      throw fail(layer, `absent with entry ${entry}`, state, `Choose ${choose}, or leave it out.`);
    }
  }
}

function checkSessions(name: string, { sessions, regions }: Variant, settings: Settings, fail: Fail): void {
  if (settings.app && !settings.app.sessionContract && sessionStore(sessions).keptIn !== 'process')
    throw fail(
      'sessions',
      'in-process with an app that does not honour the session contract',
      sessions,
      'Make the app keep its sessions where SESSION_STORE says (docs/your-app.md) and set app.sessionContract: true in settings.ts, or choose a variant with sessions in process.',
    );
  if (!isGeoReplicated(sessions)) return;
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

/** `a, b or c` */
const alternatives = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
