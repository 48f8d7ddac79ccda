import { liesWithin, overlaps, prefixFor, usableAddresses } from '../addressSpace';
import type { Existing } from './existingSchema';
import type { ExistingNetwork, Hub } from './networkSchema';
import { partsOf } from './resourceId';

interface Region {
  readonly location: string;
  readonly addressSpace: string;
}

interface Around {
  readonly regions: readonly Region[];
  readonly maximumInstances: number;
  readonly agentsSubnet: boolean;
}

/** What is wrong with `existing`, whose members are each right. */
export function existingProblems(existing: Existing, around: Around): string[] {
  const { networks = {}, hubs = {}, resourceGroups = {} } = existing;
  return [
    ...unknownRegions('networks', networks, around.regions),
    ...unknownRegions('hubs', hubs, around.regions),
    ...unknownRegions('resourceGroups', resourceGroups, around.regions, ['global']),
    ...sharedGroups(resourceGroups),
    ...sharedNetworks(networks),
    ...otherSubscriptions({
      ...prefixed('networks', networks, ({ virtualNetworkId }) => virtualNetworkId),
      ...prefixed('resourceGroups', resourceGroups, (id) => id),
    }),
    ...around.regions.flatMap((region) => {
      const [network, hub] = [networks[region.location], hubs[region.location]];
      return [
        ...(network ? networkProblems(network, region, around) : []),
        ...(hub ? hubProblems(hub, region, network !== undefined) : []),
      ];
    }),
  ];
}

const problem = (path: string, rule: string, got: unknown, fix: string) =>
  `\`existing.${path}\` must be ${rule}, got: ${JSON.stringify(got)}. ${fix}`;

function unknownRegions(
  setting: string,
  given: object,
  regions: readonly Region[],
  further: readonly string[] = [],
): string[] {
  const known = [...regions.map(({ location }) => location), ...further];
  return Object.keys(given)
    .filter((location) => !known.includes(location))
    .map((location) =>
      problem(
        setting,
        `by location, one of ${known.join(', ')}`,
        location,
        'Change it in settings.ts, or add the region.',
      ),
    );
}

/** What occurs twice, with the location that has it already. */
function shared<T>(
  given: Readonly<Record<string, T>>,
  idOf: (one: T) => string,
): { readonly location: string; readonly before: string; readonly id: string }[] {
  const seen = new Map<string, string>();
  return Object.entries(given).flatMap(([location, one]) => {
    const id = idOf(one);
    const before = seen.get(id.toLowerCase());
    seen.set(id.toLowerCase(), location);
    return before === undefined ? [] : [{ location, before, id }];
  });
}

const sharedGroups = (groups: Readonly<Record<string, string>>): string[] =>
  shared(groups, (id) => id).map(({ location, before, id }) =>
    problem(
      `resourceGroups.${location}`,
      `another group than that of ${before}`,
      id,
      'Resources of two regions share names, and losing a region should not take the other group along: name one for each.',
    ),
  );

const sharedNetworks = (networks: Readonly<Record<string, ExistingNetwork>>): string[] =>
  shared(networks, ({ virtualNetworkId }) => virtualNetworkId).map(({ location, before, id }) =>
    problem(
      `networks.${location}.virtualNetworkId`,
      `another network than that of ${before}`,
      id,
      'A virtual network is in one region: change one of them in settings.ts.',
    ),
  );

/** Ids by the setting that holds them. */
const prefixed = <T>(setting: string, given: Readonly<Record<string, T>>, idOf: (one: T) => string) =>
  Object.fromEntries(Object.entries(given).map(([location, one]) => [`${setting}.${location}`, idOf(one)]));

/**
 * A variant is deployed to one subscription, and a private endpoint is in that of its network.
 *
 * @see https://learn.microsoft.com/azure/private-link/private-endpoint-overview#private-endpoint-properties
 */
function otherSubscriptions(ids: Readonly<Record<string, string>>): string[] {
  const all = Object.entries(ids).map(([path, id]) => ({ path, id, of: partsOf(id).subscriptionId.toLowerCase() }));
  const [first] = all;
  return all
    .filter(({ of }) => of !== first?.of)
    .map(({ path, id }) =>
      problem(
        path,
        'in the subscription of the others',
        id,
        `That of ${first?.path} is in ${first?.of}. A variant is deployed to one, and its endpoints are in that of their network: change it in settings.ts.`,
      ),
    );
}

function networkProblems(
  { virtualNetworkId, subnets }: ExistingNetwork,
  { location, addressSpace }: Region,
  { maximumInstances, agentsSubnet }: Around,
): string[] {
  const at = `networks.${location}.subnets`;
  const all = Object.entries(subnets).flatMap(([part, subnet]) => (subnet ? [{ part, ...subnet }] : []));
  const problems = all.flatMap(({ part, id, range }, index) => {
    const others = all.slice(0, index);
    const same = others.find((other) => other.id.toLowerCase() === id.toLowerCase());
    const beside = others.find((other) => other !== same && overlaps(other.range, range));
    return [
      ...(id.toLowerCase().startsWith(`${virtualNetworkId.toLowerCase()}/`)
        ? []
        : [problem(`${at}.${part}.id`, `a subnet of ${virtualNetworkId}`, id, 'Change one of them in settings.ts.')]),
      ...(same
        ? [
            problem(
              `${at}.${part}.id`,
              `another subnet than ${same.part}`,
              id,
              'Each of them needs one for itself: change it in settings.ts.',
            ),
          ]
        : []),
      ...(beside
        ? [
            problem(
              `${at}.${part}.range`,
              `apart from that of ${beside.part}, ${beside.range}`,
              range,
              'Look the ranges up in Azure and change them in settings.ts.',
            ),
          ]
        : []),
      ...(liesWithin(range, addressSpace)
        ? []
        : [
            problem(
              `${at}.${part}.range`,
              `within the region's addressSpace, ${addressSpace}`,
              range,
              'Change one of them in settings.ts: addressSpace is the range of the network that is there.',
            ),
          ]),
    ];
  });
  // https://learn.microsoft.com/azure/app-service/overview-vnet-integration#subnet-requirements
  const workers = 2 * maximumInstances;
  if (usableAddresses(subnets.appService.range) < workers)
    problems.push(
      problem(
        `${at}.appService.range`,
        `/${prefixFor(workers)} or larger with maximumInstances ${maximumInstances}`,
        subnets.appService.range,
        'Azure keeps five addresses, and App Service uses two for each instance while it scales up: take a larger subnet, or lower maximumInstances in settings.ts.',
      ),
    );
  if (agentsSubnet)
    problems.push(
      `\`agentsSubnet\` must be false with an existing network in ${location}, got: true. Its subnets are its owner's: run your agents in one of them, and change it in settings.ts.`,
    );
  return problems;
}

/** What only a hub that is a virtual network has, and what only a hub of Virtual WAN has. */
const membersOf = {
  virtualNetworkId: ['peering', 'useRemoteGateways', 'firewallAddress'],
  virtualHubId: ['internetSecurity'],
} as const;

function kindProblems(hub: Hub, at: string): string[] {
  const { virtualNetworkId, virtualHubId } = hub;
  if ((virtualNetworkId === undefined) === (virtualHubId === undefined))
    return [
      problem(
        at,
        'a virtual network, { virtualNetworkId }, or a hub of Virtual WAN, { virtualHubId }',
        { virtualNetworkId, virtualHubId },
        'Name one of them in settings.ts.',
      ),
    ];
  const [own, other] =
    virtualHubId === undefined
      ? (['virtualNetworkId', 'virtualHubId'] as const)
      : (['virtualHubId', 'virtualNetworkId'] as const);
  return membersOf[other]
    .filter((member) => hub[member] !== undefined)
    .map((member) =>
      problem(
        `${at}.${member}`,
        `left out with ${own}`,
        hub[member],
        `It belongs to a hub with ${other}: remove it from settings.ts.`,
      ),
    );
}

function hubProblems(hub: Hub, { location, addressSpace }: Region, inExistingNetwork: boolean): string[] {
  const at = `hubs.${location}`;
  const { virtualNetworkId, virtualHubId, firewallAddress, dnsServers = [] } = hub;
  const inside = dnsServers.find((server) => liesWithin(server, addressSpace));
  return [
    ...kindProblems(hub, at),
    ...(inExistingNetwork
      ? [
          problem(
            at,
            'left out where networks has the region',
            virtualNetworkId ?? virtualHubId,
            "Peerings and routes of an existing network are its owner's: remove one of them from settings.ts.",
          ),
        ]
      : []),
    ...(firewallAddress !== undefined && liesWithin(firewallAddress, addressSpace)
      ? [
          problem(
            `${at}.firewallAddress`,
            `outside the region's own range, ${addressSpace}`,
            firewallAddress,
            'The firewall is in the hub: change one of them in settings.ts.',
          ),
        ]
      : []),
    ...(inside === undefined
      ? []
      : [
          problem(
            `${at}.dnsServers`,
            `outside the region's own range, ${addressSpace}`,
            inside,
            'Names are resolved before anything is in that range: name a resolver in the hub in settings.ts.',
          ),
        ]),
  ];
}
