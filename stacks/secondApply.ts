import { entryKind } from './entry/entries';
import type { Settings } from './settings';
import type { Variant } from './variant';

/**
 * What one apply cannot finish, in a sentence each, for whoever synthesizes.
 *
 * @see docs/changes.md
 */
export function secondApply(
  { entry, regions }: Variant,
  { domain, privateOrigins, access, agentsSubnet, existing, ...settings }: Settings,
): string[] {
  const kind = entryKind(entry);
  return [
    ...(domain !== 'none' && domain.dnsZoneId === undefined && !domain.dnsReady && kind.takesDomain
      ? [
          `takes two applies: ${domain.host} is bound by the second one. Make the records of the output dns_records after the first, then set dnsReady: true.`,
        ]
      : []),
    ...(privateOrigins && kind.regions === 'several'
      ? [
          'answers nobody after the first apply until each connection of Front Door is approved at its app (privateOrigins).',
        ]
      : []),
    ...(access === 'private' &&
    agentsSubnet &&
    settings.regions.slice(0, regions).some(({ location }) => !existing?.hubs?.[location])
      ? [
          "takes two applies: the first, with access: 'addresses', makes the subnet of the runner from which the second, with access: 'private', is applied.",
        ]
      : []),
  ];
}
