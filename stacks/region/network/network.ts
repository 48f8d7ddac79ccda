import type { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { Construct } from 'constructs';
import { subnet24 } from '../../addressSpace';
import { diagnose } from '../../monitoring/diagnostics';
import type { WatchedPlace } from '../../monitoring/place';
import type { SecurityRule } from './securityRules';
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
}

export interface NetworkProps {
  readonly place: WatchedPlace;
  /** The region's private range, at least a /22. */
  readonly addressSpace: string;
  /** The subnet that the entry needs; undefined: none. */
  readonly entry: EntrySubnet | undefined;
  /** Whether the app reaches Redis, at this port. */
  readonly redisPort: number | undefined;
}

/**
 * A region's virtual network. Each subnet is a /24 at a fixed place in the range, whether or not the others are there,
 * so that adding one later moves nothing. Each has a packet filter with the least that must pass.
 */
export class Network extends Construct {
  readonly vnet: VirtualNetwork;
  /** Outbound traffic of the app. */
  readonly integration: PlacedSubnet;
  readonly privateEndpoints: PlacedSubnet;
  /** The entry's own, where it needs one. Azure checks a gateway's packet filter when it moves in. */
  readonly entry: PlacedSubnet | undefined;

  constructor(scope: Construct, id: string, { place, addressSpace, entry, redisPort }: NetworkProps) {
    super(scope, id);
    const { name, location, resourceGroupName, settings, workspaceId, tags } = place;
    const range = (index: number) => subnet24(addressSpace, index);
    const [app, endpoints] = [range(0), range(2)];
    const callers = [
      ...(entry ? [{ who: entry.id, range: range(1), priority: entry.priority }] : []),
      ...(settings.agentsSubnet ? [{ who: 'agents', range: range(3), priority: 400 }] : []),
    ];
    const planned: PlannedSubnet[] = [
      { part: 'app-service', range: app, rules: appServiceRules(app, endpoints, redisPort), delegated: true },
      ...(entry ? [{ part: entry.id, range: range(1), rules: entry.rules(range(1)) }] : []),
      {
        part: 'private-endpoints',
        range: endpoints,
        rules: endpointRules(endpoints, [{ who: 'app-service', range: app, priority: 200 }, ...callers], redisPort),
        endpoints: true,
      },
      ...(settings.agentsSubnet ? [{ part: 'agents', range: range(3), rules: agentRules(range(3)) }] : []),
    ];
    const make = settings.subnets === 'inline' ? inlineSubnets : separateSubnets;
    const { vnet, placed } = make(this, {
      place,
      planned,
      vnet: {
        name: name('virtualNetwork', location),
        location,
        resourceGroupName,
        addressSpace: [addressSpace],
        tags,
      },
    });
    this.vnet = vnet;
    diagnose(this, 'logs', 'Microsoft.Network/virtualNetworks', vnet.id, workspaceId);
    this.integration = placed.get('app-service') as PlacedSubnet;
    this.privateEndpoints = placed.get('private-endpoints') as PlacedSubnet;
    this.entry = entry && placed.get(entry.id);
  }
}
