import { DnsARecord } from '@cdktf/provider-azurerm/lib/dns-a-record';
import { DnsCnameRecord } from '@cdktf/provider-azurerm/lib/dns-cname-record';
import { DnsTxtRecord } from '@cdktf/provider-azurerm/lib/dns-txt-record';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { type ITerraformDependable, type TerraformProvider, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

export interface DnsRecordsProps {
  /** Resource id of an Azure DNS zone, in whichever subscription. */
  readonly zoneId: string;
  /** Host below that zone. */
  readonly host: string;
  readonly tags: Record<string, string>;
}

/** Seconds that resolvers keep an answer: short, because a failover by hand changes it. */
const timeToLive = 300;

/** The records of the shop's host in an Azure DNS zone. */
export class DnsRecords extends Construct {
  private readonly label: string;
  private readonly shared: {
    readonly zoneName: string;
    readonly resourceGroupName: string;
    readonly ttl: number;
    readonly tags: Record<string, string>;
    readonly provider: TerraformProvider;
  };

  constructor(scope: Construct, id: string, { zoneId, host, tags }: DnsRecordsProps) {
    super(scope, id);
    const [, , subscription = '', , resourceGroupName = '', , , , zoneName = ''] = zoneId.split('/');
    const stack = TerraformStack.of(this);
    // azurerm takes a zone by name and group, and looks for it in its own subscription.
    const provider = new AzurermProvider(stack, 'azurerm_dns', {
      alias: 'dns',
      subscriptionId: subscription,
      features: [{}],
      resourceProviderRegistrations: 'none',
    });
    this.label = host.slice(0, -zoneName.length - 1);
    this.shared = {
      zoneName,
      resourceGroupName,
      ttl: timeToLive,
      tags,
      provider,
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
