import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { subnet24 } from '../../addressSpace';
import { diagnose } from '../../monitoring/diagnostics';
import type { WatchedPlace } from '../../monitoring/place';
import type { Settings } from '../../settings';
import type { ExistingNetwork } from '../../settings/networkSchema';
import { partsOf } from '../../settings/resourceId';
import { connect, routeThrough } from './hub';
import type { SecurityRule } from './securityRule';
import { agentRules, appServiceRules, endpointRules } from './subnetRules';
import { inlineSubnets, type PlacedSubnet, type PlannedSubnet, separateSubnets } from './subnets';

/** A subnet of the entry's own in each region. */
export interface EntrySubnet {
  /** What the subnet is for, in lower case with hyphens: part of its name, its construct id and the names of rules. */
  readonly id: string;
  /**
   * Priority of the rule that lets this subnet reach the private endpoints: 300 to 399, and no other entry's, because a toggled
   * entry removes one rule and adds the other in the same apply.
   */
  readonly priority: number;
  /** What may pass, given the subnet's range. */
  rules(range: string): readonly SecurityRule[];
  /** How many addresses it takes at most. Left out: the size of an existing subnet is not checked. */
  addresses?(settings: Pick<Settings, 'size'>): number;
}

export interface NetworkProps {
  readonly place: WatchedPlace;
  /** The region's private range, at least a /22 for a network that is made. */
  readonly addressSpace: string;
  /** The subnet that the entry needs; undefined: none. */
  readonly entry: EntrySubnet | undefined;
  /** Whether the app reaches Redis, at this port. */
  readonly redisPort: number | undefined;
}

/** Ranges of the subnets, by what they are for. */
interface Ranges {
  readonly app: string;
  readonly endpoints: string;
  /** undefined: there is none. */
  readonly entry: string | undefined;
  readonly agents: string | undefined;
}

/**
 * A region's virtual network: one that is made, or an existing one. A made one has a /24 for each subnet at a fixed place in the
 * range, whether or not the others are there, so that adding one later moves nothing. Each has a packet filter with the least that
 * must pass.
 */
export class Network extends Construct {
  readonly vnet: { readonly id: string; readonly name: string };
  /** Outbound traffic of the app. */
  readonly integration: PlacedSubnet;
  readonly privateEndpoints: PlacedSubnet;
  /** The entry's own, where it needs one. Azure checks a gateway's packet filter when it moves in. */
  readonly entry: PlacedSubnet | undefined;
  /** From here on a hub leads to the network, where the settings name one. */
  readonly connected: readonly ITerraformDependable[];
  /** What the filters of an existing network must let pass, by the id of the subnet; empty for one that is made. */
  readonly requiredRules: Readonly<Record<string, readonly SecurityRule[]>>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkProps,
  ) {
    super(scope, id);
    const { place, entry } = props;
    const existing = place.settings.existing?.networks?.[place.location];
    const parts = existing ? this.use(existing) : this.make();
    this.vnet = parts.vnet;
    this.integration = parts.placed.get('app-service') as PlacedSubnet;
    this.privateEndpoints = parts.placed.get('private-endpoints') as PlacedSubnet;
    this.entry = entry && parts.placed.get(entry.id);
    this.connected = parts.connected;
    this.requiredRules = parts.requiredRules;
  }

  private make() {
    const { place, addressSpace, entry } = this.props;
    const { name, location, resourceGroupName, settings, workspaceId, tags } = place;
    const hub = settings.existing?.hubs?.[location];
    const range = (index: number) => subnet24(addressSpace, index);
    const planned = this.plan({
      app: range(0),
      entry: entry && range(1),
      endpoints: range(2),
      agents: settings.agentsSubnet ? range(3) : undefined,
    });
    const make = settings.subnets === 'inline' ? inlineSubnets : separateSubnets;
    const { vnet, placed } = make(this, {
      place,
      planned,
      routes: hub?.firewallAddress === undefined ? undefined : routeThrough(this, place, hub.firewallAddress),
      vnet: {
        name: name('virtualNetwork', location),
        location,
        resourceGroupName,
        addressSpace: [addressSpace],
        ...(hub?.dnsServers && { dnsServers: [...hub.dnsServers] }),
        tags,
      },
    });
    diagnose(this, 'logs', 'Microsoft.Network/virtualNetworks', vnet.id, workspaceId);
    const connected = hub ? connect(this, place, vnet, hub) : [];
    return { vnet, placed, connected, requiredRules: {} };
  }

  /** Filters and routes are there already, or are their owner's to add. */
  private use({ virtualNetworkId, subnets: { appService, privateEndpoints, ...others } }: ExistingNetwork) {
    const { entry } = this.props;
    const own = entry && Object.entries(others).find(([part]) => part === entry.id)?.[1];
    const planned = this.plan({
      app: appService.range,
      entry: own?.range,
      endpoints: privateEndpoints.range,
      agents: undefined,
    });
    const ids = new Map([
      ['app-service', appService.id],
      ['private-endpoints', privateEndpoints.id],
      ...(entry && own ? [[entry.id, own.id] as const] : []),
    ]);
    const idOf = (part: string) => ids.get(part) as string;
    return {
      vnet: { id: virtualNetworkId, name: partsOf(virtualNetworkId).name },
      connected: [],
      placed: new Map(planned.map(({ part }) => [part, { id: idOf(part), filtered: [], routed: [] }])),
      requiredRules: Object.fromEntries(planned.map(({ part, rules }) => [idOf(part), rules])),
    };
  }

  private plan({ app, entry: entryRange, endpoints, agents }: Ranges): PlannedSubnet[] {
    const { place, entry, redisPort } = this.props;
    const dnsServers = place.settings.existing?.hubs?.[place.location]?.dnsServers ?? [];
    const own = entry && entryRange !== undefined ? { ...entry, range: entryRange } : undefined;
    const callers = [
      ...(own ? [{ who: own.id, range: own.range, priority: own.priority }] : []),
      ...(agents === undefined ? [] : [{ who: 'agents', range: agents, priority: 400 }]),
    ];
    return [
      {
        part: 'app-service',
        range: app,
        rules: appServiceRules(app, endpoints, redisPort, dnsServers),
        delegated: true,
        routed: true,
      },
      ...(own ? [{ part: own.id, range: own.range, rules: own.rules(own.range) }] : []),
      {
        part: 'private-endpoints',
        range: endpoints,
        rules: endpointRules(endpoints, [{ who: 'app-service', range: app, priority: 200 }, ...callers], redisPort),
        endpoints: true,
      },
      ...(agents === undefined
        ? []
        : [{ part: 'agents', range: agents, rules: agentRules(agents, dnsServers), routed: true } as const]),
    ];
  }
}
