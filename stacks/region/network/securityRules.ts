import { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import { NetworkSecurityRule } from '@cdktf/provider-azurerm/lib/network-security-rule';
import { SubnetNetworkSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/subnet-network-security-group-association';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { diagnose } from '../../monitoring/diagnostics';
import type { WatchedPlace } from '../../monitoring/place';

/** What a rule allows, or the final deny rule. Addresses are CIDR, a service tag, or `*`. */
export interface SecurityRule {
  readonly name: string;
  readonly direction: 'Inbound' | 'Outbound';
  /**
   * 200 to 4000, its own in its group and direction, and a contract like an address. Terraform writes rules in any order, and
   * Azure refuses a rule at the priority of another (SecurityRuleConflict), so a priority is never handed on: a rule keeps
   * its number whichever others are there, and the number of a rule that is gone stays unused. In hundreds, which leaves
   * room for the rules that a team adds. 100 to 199 stay free: rules were once numbered there by position.
   */
  readonly priority: number;
  readonly from: string;
  /** Several: addresses only. */
  readonly to: string | readonly string[];
  /** `443`, `65200-65535` or `*`. */
  readonly ports: readonly string[];
  readonly access?: 'Deny';
  readonly protocol?: 'Tcp' | '*';
}

/** The last rule of a direction, at Azure's last priority: what no rule before it named does not pass, not even inside the network. */
export const denyAll = (direction: SecurityRule['direction']): SecurityRule => ({
  name: `deny-all-${direction.toLowerCase()}`,
  direction,
  priority: 4096,
  from: '*',
  to: '*',
  ports: ['*'],
  access: 'Deny',
  protocol: '*',
});

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
