import { refuse } from '../../../inputError';
import type { Settings } from '../../settings';
import { isPrivate } from '../../settings/access';
import { privateLinkLocation } from '../../settings/privateLink';
import type { Variant } from '../../variant';
import { constructs } from '../constructs';
import { checkSiteIsOpen } from '../deploymentSite';
import type { EntryKind } from '../entry';
import { frontDoorExclusions } from '../wafRules';

/** Azure Front Door in front of several regions, each of which lets in this profile alone. */
export const frontDoor = {
  label: 'Front Door',
  affinityLayers: ['frontDoor'],
  regions: 'several',
  proxyHops: 2,
  takesDomain: true,
  resourceProviders: ['Microsoft.Cdn'],
  check,
  declare: (stack, { name, base, variant, settings }) => {
    const { FrontDoorEntry, openHostName } = constructs();
    const { domain, privateOrigins, tags } = settings;
    const [{ location }] = settings.regions as [Settings['regions'][number]];
    const entry = new FrontDoorEntry(stack, 'front_door', {
      ...settings,
      name,
      groupPart: base,
      location,
      regions: variant.regions,
      affinity: variant.affinity.frontDoor === 'on',
      standby: variant.routing === 'active-passive',
      ...(domain !== 'none' && { host: domain.host, dnsZoneId: domain.dnsZoneId }),
      privateOrigins,
    });
    return {
      ingress: entry.ingress,
      open: (apps) => {
        for (const app of apps) entry.addOrigin(app);
        const routes = entry.route();
        if (domain === 'none') return { url: `https://${entry.hostName}`, reachable: true, trustedCertificate: true };
        entry.declareDomainStatus();
        const named = openHostName(stack, {
          domain,
          tags,
          apps,
          proofs: { [`_dnsauth.${domain.host}`]: entry.validationToken },
          address: entry.hostName,
          prove: (records) => [records.proveToFrontDoor(entry.validationToken)],
          point: (records, after) => records.aliasOf(entry.hostName, [...after, ...routes]),
        });
        return { ...named, trustedCertificate: true };
      },
    };
  },
} as const satisfies EntryKind;

/**
 * Exclusions of a policy of Front Door.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits (2026-07)
 */
const mostExclusions = 100;

/** @see https://learn.microsoft.com/azure/frontdoor/private-link */
function check(name: string, { regions }: Variant, settings: Settings): void {
  const exclusions = frontDoorExclusions(settings.waf ?? {}).length;
  if (exclusions > mostExclusions)
    throw refuse(
      'waf.exclusions',
      `at most ${mostExclusions} at Front Door, where an argument is three (${name})`,
      exclusions,
      'Let one with StartsWith, EndsWith or Contains stand for several in settings.ts.',
    );
  if (isPrivate(settings)) checkSiteIsOpen(settings, "access 'private' behind Front Door");
  if (!settings.privateOrigins) return;
  if (settings.stagingSlot)
    throw refuse(
      'stagingSlot',
      'false with privateOrigins',
      true,
      'Private Link from Front Door does not support slots: change one of them in settings.ts.',
    );
  checkSiteIsOpen(settings, 'privateOrigins');
  for (const region of settings.regions.slice(0, regions))
    if (privateLinkLocation(region) === undefined)
      throw refuse(
        'privateLinkLocation',
        `a region in which Front Door offers Private Link, for ${region.location}`,
        region.privateLinkLocation ?? region.location,
        'stacks/settings/privateLink.ts lists them: name the nearest in settings.ts.',
      );
}
