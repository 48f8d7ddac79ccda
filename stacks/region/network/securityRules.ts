import { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import { NetworkSecurityRule } from '@cdktf/provider-azurerm/lib/network-security-rule';
import { SubnetNetworkSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/subnet-network-security-group-association';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { diagnose } from '../../monitoring/diagnostics';
import type { WatchedPlace } from '../../monitoring/place';
import type { SecurityRule } from './securityRule';

export interface SubnetSecurityProps {
  readonly place: WatchedPlace;
  /** What the subnet is for, as a part of the name. */
  readonly part: string;
  /** The subnet that gets the filter in a call of its own. Left out: whoever makes the subnet names the filter. */
  readonly subnet?: { readonly id: string };
  readonly rules: readonly SecurityRule[];
}

/** The packet filter of one subnet: stateful per flow, and blind to who the client is. */
export class SubnetSecurity extends Construct {
  readonly groupId: string;
  /** From here on the subnet is filtered; without a subnet: the filter has all its rules. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { place, part, subnet, rules }: SubnetSecurityProps) {
    super(scope, id);
    const { name, location, resourceGroupName, workspaceId, tags } = place;
    const group = new NetworkSecurityGroup(this, 'resource', {
      name: name('networkSecurityGroup', part, location),
      location,
      resourceGroupName,
      tags,
    });
    const declared = rules.map((rule) => {
      const { from, to, ports } = rule;
      return new NetworkSecurityRule(this, rule.name.replaceAll('-', '_'), {
        name: rule.name,
        resourceGroupName,
        networkSecurityGroupName: group.name,
        direction: rule.direction,
        access: rule.access ?? 'Allow',
        protocol: rule.protocol ?? 'Tcp',
        priority: rule.priority,
        sourceAddressPrefix: from,
        sourcePortRange: '*',
        ...(typeof to === 'string' ? { destinationAddressPrefix: to } : { destinationAddressPrefixes: [...to] }),
        ...(ports.length === 1 ? { destinationPortRange: ports[0] as string } : { destinationPortRanges: [...ports] }),
      });
    });
    this.groupId = group.id;
    this.ready = subnet
      ? [
          new SubnetNetworkSecurityGroupAssociation(this, 'association', {
            subnetId: subnet.id,
            networkSecurityGroupId: group.id,
            // An empty group allows less than the owner of the subnet needs for its setup.
            dependsOn: declared,
          }),
        ]
      : declared;
    diagnose(this, 'logs', 'Microsoft.Network/networkSecurityGroups', group.id, workspaceId);
  }
}
