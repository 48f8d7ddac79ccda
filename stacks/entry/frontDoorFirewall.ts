import { CdnFrontdoorFirewallPolicy } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-firewall-policy';
import { CdnFrontdoorSecurityPolicy } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-security-policy';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Place } from '../monitoring/place';
import { frontDoorExclusions, frontDoorRules } from './wafRules';

export interface FrontDoorFirewallProps {
  readonly place: Place;
  readonly profileId: string;
  /** Ids of the endpoint and of every custom domain: what is left out is not protected. */
  readonly domainIds: readonly string[];
}

/** Front Door's WAF with Microsoft's managed rules and its bot rules. Premium only. */
export class FrontDoorFirewall extends Construct {
  /** From here on the domains are filtered. */
  readonly assignment: ITerraformDependable;

  constructor(scope: Construct, id: string, { place, profileId, domainIds }: FrontDoorFirewallProps) {
    super(scope, id);
    const { name, resourceGroupName, settings, tags } = place;
    const { waf = {} } = settings;
    const [rules, exclusions] = [frontDoorRules(waf), frontDoorExclusions(waf)];
    const policy = new CdnFrontdoorFirewallPolicy(this, 'resource', {
      name: name('frontDoorFirewallPolicy'),
      resourceGroupName,
      skuName: 'Premium_AzureFrontDoor',
      enabled: true,
      mode: waf.mode ?? 'Prevention',
      requestBodyCheckEnabled: true,
      ...(rules.length > 0 && { customRule: rules }),
      managedRule: [
        // 2.2 exists for Front Door too, but azurerm's page lists versions up to 2.1 only. Unverified, so not used.
        // Anomaly scoring blocks at a score, so a single weak match does not.
        {
          type: 'Microsoft_DefaultRuleSet',
          version: '2.1',
          action: 'Block',
          ...(exclusions.length > 0 && { exclusion: exclusions }),
        },
        { type: 'Microsoft_BotManagerRuleSet', version: '1.1', action: 'Block' },
      ],
      tags,
    });
    this.assignment = new CdnFrontdoorSecurityPolicy(this, 'assignment', {
      name: 'waf',
      cdnFrontdoorProfileId: profileId,
      securityPolicies: {
        firewall: {
          cdnFrontdoorFirewallPolicyId: policy.id,
          association: {
            patternsToMatch: ['/*'],
            domain: domainIds.map((cdnFrontdoorDomainId) => ({ cdnFrontdoorDomainId })),
          },
        },
      },
    });
  }
}
