import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { DnsARecord } from '@cdktf/provider-azurerm/lib/dns-a-record';
import { DnsCnameRecord } from '@cdktf/provider-azurerm/lib/dns-cname-record';
import { DnsTxtRecord } from '@cdktf/provider-azurerm/lib/dns-txt-record';
import { type ITerraformDependable, TerraformLocal, type TerraformResourceLifecycle, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

export interface DnsRecordsProps {
  /** Resource id of an Azure DNS zone. Terraform refuses to plan where it is not in the subscription that is deployed to. */
  readonly zoneId: string;
  /** Host below that zone. */
  readonly host: string;
  readonly tags: Record<string, string>;
}

/** Seconds that resolvers keep an answer: short, because a failover by hand changes it. */
const timeToLive = 300;

/**
 * Stops a plan for a zone in another subscription: azurerm takes the zone by name and group, and looks for it in the subscription
 * that is deployed to. Which one that is, only Terraform knows: no setting names it.
 */
const preconditionOnZone = [
  {
    condition: '${lower(local.dns_zone_subscription) == lower(local.deployed_subscription)}',
    errorMessage:
      'domain.dnsZoneId is in another subscription than the one that is deployed to, which is not supported yet: leave it out of settings.ts, synthesize again, and make the records of the output dns_records by hand.',
  },
];

/** The records of the shop's host in an Azure DNS zone. */
export class DnsRecords extends Construct {
  private readonly label: string;
  private readonly shared: {
    readonly zoneName: string;
    readonly resourceGroupName: string;
    readonly ttl: number;
    readonly tags: Record<string, string>;
    readonly lifecycle: TerraformResourceLifecycle;
  };

  constructor(scope: Construct, id: string, { zoneId, host, tags }: DnsRecordsProps) {
    super(scope, id);
    const [, , subscription = '', , resourceGroupName = '', , , , zoneName = ''] = zoneId.split('/');
    const stack = TerraformStack.of(this);
    new TerraformLocal(stack, 'dns_zone_subscription', subscription);
    new TerraformLocal(stack, 'deployed_subscription', new DataAzurermClientConfig(this, 'current').subscriptionId);
    this.label = host.slice(0, -zoneName.length - 1);
    this.shared = {
      zoneName,
      resourceGroupName,
      ttl: timeToLive,
      tags,
      lifecycle: { precondition: preconditionOnZone },
    };
  }

  /** Proves to App Service that the host is ours. @see https://learn.microsoft.com/azure/app-service/app-service-web-tutorial-custom-domain */
  proveToAppService(verificationId: string): ITerraformDependable {
    return new DnsTxtRecord(this, 'asuid', {
      ...this.shared,
      name: `asuid.${this.label}`,
      record: [{ value: verificationId }],
    });
  }

  /** Proves to Front Door that the host is ours. */
  proveToFrontDoor(validationToken: string): ITerraformDependable {
    return new DnsTxtRecord(this, 'dnsauth', {
      ...this.shared,
      name: `_dnsauth.${this.label}`,
      record: [{ value: validationToken }],
    });
  }

  /** Sends users to an address, once `after` is there to answer them. */
  pointTo(ipAddress: string, after: readonly ITerraformDependable[]): void {
    new DnsARecord(this, 'address', { ...this.shared, name: this.label, records: [ipAddress], dependsOn: [...after] });
  }

  /** Sends users to another host, once `after` is there to answer them. */
  aliasOf(hostName: string, after: readonly ITerraformDependable[]): void {
    new DnsCnameRecord(this, 'alias', { ...this.shared, name: this.label, record: hostName, dependsOn: [...after] });
  }
}
