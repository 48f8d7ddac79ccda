import { type ITerraformDependable, TerraformOutput, type TerraformStack } from 'cdktf';
import type { Region } from '../region/region';
import type { Settings } from '../settings';
import type { Variant } from '../variant';
import { ApplicationGatewayEntry } from './applicationGateway';
import { DnsRecords } from './dnsRecords';
import type { FrontDoorEntry } from './frontDoor';

export interface EntryParts {
  readonly variant: Variant;
  readonly settings: Settings;
  readonly frontDoor: FrontDoorEntry | undefined;
  readonly regions: readonly Region[];
}

export interface OpenEntry {
  /** Where users go. */
  readonly url: string;
  /** Whether they get there after this apply, or DNS records are still to be made by hand. */
  readonly reachable: boolean;
}

/** Puts the entry in front of the regions, which host their apps by now, and the host name in front of the entry. */
export function openEntry(stack: TerraformStack, { variant, settings, frontDoor, regions }: EntryParts): OpenEntry {
  const [first] = regions as [Region];
  if (variant.entry === 'app-service') return { url: `https://${first.app.defaultHostname}`, reachable: true };

  const domain = settings.domain === 'none' ? undefined : settings.domain;
  if (frontDoor) {
    for (const region of regions) frontDoor.addOrigin(region);
    const open = frontDoor.route();
    if (!domain) return { url: `https://${frontDoor.hostName}`, reachable: true };
    return nameEntry(stack, domain, settings, regions, {
      proofs: { [`_dnsauth.${domain.host}`]: frontDoor.validationToken },
      address: frontDoor.hostName,
      prove: (records) => records.proveToFrontDoor(frontDoor.validationToken),
      point: (records, after) => records.aliasOf(frontDoor.hostName, [...after, ...open]),
    });
  }
  const gateway = new ApplicationGatewayEntry(stack, 'gateway', {
    region: first,
    affinity: variant.affinity.applicationGateway === 'on',
    host: domain?.host,
  });
  if (!domain) return { url: `https://${gateway.host}`, reachable: true };
  return nameEntry(stack, domain, settings, regions, {
    proofs: {},
    address: gateway.publicIp.ipAddress,
    prove: () => {},
    point: (records, after) => records.pointTo(gateway.publicIp.ipAddress, [...after, gateway.gateway]),
  });
}

interface Naming {
  /** TXT records beyond App Service's that prove whose the host is. */
  readonly proofs: Readonly<Record<string, string>>;
  /** What the host must lead to. */
  readonly address: string;
  readonly prove: (records: DnsRecords) => void;
  readonly point: (records: DnsRecords, after: readonly ITerraformDependable[]) => void;
}

/**
 * Binds the host to the apps. With a zone of Azure DNS, one apply makes the proofs, the bindings and then the address;
 * without, the records are outputs until they are said to be there.
 */
function nameEntry(
  stack: TerraformStack,
  domain: Exclude<Settings['domain'], 'none'>,
  { tags }: Settings,
  regions: readonly Region[],
  naming: Naming,
): OpenEntry {
  const { host, dnsZoneId, dnsReady } = domain;
  const [first] = regions as [Region];
  const url = `https://${host}`;
  const verificationId = first.app.customDomainVerificationId;
  new TerraformOutput(stack, 'entry_address', {
    value: naming.address,
    description: `What ${host} must lead to: an address, or a host to be an alias of.`,
  });
  if (dnsZoneId !== undefined) {
    const records = new DnsRecords(stack, 'dns', { zoneId: dnsZoneId, host, tags });
    const proof = records.proveToAppService(verificationId);
    naming.prove(records);
    for (const region of regions) region.bind(host, [proof]);
    naming.point(
      records,
      regions.flatMap((region) => region.bindings),
    );
    return { url, reachable: true };
  }
  if (dnsReady) {
    for (const region of regions) region.bind(host, []);
    return { url, reachable: true };
  }
  new TerraformOutput(stack, 'dns_records', {
    description:
      'Records to make where the domain is kept, before dnsReady: true. TXT, but for the host itself, which leads to the entry.',
    // azurerm holds the verification id to be sensitive; whoever may read the state may print it.
    sensitive: true,
    value: { [`asuid.${host}`]: verificationId, ...naming.proofs, [host]: naming.address },
  });
  return { url, reachable: false };
}
