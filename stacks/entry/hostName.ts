import { type ITerraformDependable, TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import type { RegionApp } from '../region/regionApp';
import type { Settings } from '../settings';
import { DnsRecords } from './dnsRecords';
import type { OpenEntry } from './entry';

export interface HostNameProps {
  readonly domain: Exclude<Settings['domain'], 'none'>;
  readonly tags: Record<string, string>;
  /** The apps behind the entry, each of which takes the host. */
  readonly apps: readonly [RegionApp, ...RegionApp[]];
  /** TXT records beyond App Service's that prove whose the host is. */
  readonly proofs: Readonly<Record<string, string>>;
  /** What the host must lead to. */
  readonly address: string;
  /** Declares the entry's own proofs, which the address record waits for. */
  readonly prove: (records: DnsRecords) => readonly ITerraformDependable[];
  /** Declares the record that leads users to the entry, once `after` is there. */
  readonly point: (records: DnsRecords, after: readonly ITerraformDependable[]) => void;
}

/**
 * Binds the host to the apps. With a zone of Azure DNS, one apply makes the proofs, the bindings and then the address.
 * Without one, the records are outputs, and nothing is bound until `dnsReady` says that they exist.
 */
export function openHostName(
  scope: Construct,
  { domain, tags, apps, proofs, address, prove, point }: HostNameProps,
): Pick<OpenEntry, 'url' | 'reachable'> {
  const { host, dnsZoneId, dnsReady } = domain;
  const url = `https://${host}`;
  const verificationId = apps[0].app.customDomainVerificationId;
  new TerraformOutput(scope, 'entry_address', {
    value: address,
    description: `What ${host} must lead to: an address, or a host to be an alias of.`,
  });
  if (dnsZoneId !== undefined) {
    const records = new DnsRecords(scope, 'dns', { zoneId: dnsZoneId, host, tags });
    const proof = records.proveToAppService(verificationId);
    const own = prove(records);
    point(records, [...own, ...apps.map((app) => app.bind(host, [proof]))]);
    return { url, reachable: true };
  }
  if (dnsReady) {
    for (const app of apps) app.bind(host, []);
    return { url, reachable: true };
  }
  new TerraformOutput(scope, 'dns_records', {
    description:
      'Records to create at the DNS provider of the domain, before dnsReady: true. All are TXT, except that of the host itself, which leads to the entry.',
    // azurerm marks the verification id as sensitive; whoever may read the state may print it.
    sensitive: true,
    value: { [`asuid.${host}`]: verificationId, ...proofs, [host]: address },
  });
  return { url, reachable: false };
}
