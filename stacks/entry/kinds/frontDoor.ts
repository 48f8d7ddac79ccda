import { refuse } from '../../../inputError';
import { isPrivate } from '../../region/deployer';
import type { Settings } from '../../settings';
import { privateLinkLocation } from '../../settings/privateLink';
import type { Variant } from '../../variant';
import { checkSiteIsOpen } from '../deploymentSite';
import type { EntryKind } from '../entry';
import { FrontDoorEntry } from '../frontDoor';
import { openHostName } from '../hostName';

/** Azure Front Door in front of several regions, each of which lets in this profile alone. */
export const frontDoor = {
  label: 'Front Door',
  affinityLayers: ['frontDoor'],
  regions: 'several',
  proxyHops: 2,
  takesDomain: true,
  resourceProviders: ['Microsoft.Cdn'],
  check,
  declare: (stack, props) => {
    const { domain, privateOrigins, tags } = props.settings;
    const entry = new FrontDoorEntry(stack, 'front_door', props);
    return {
      // Over Private Link, Front Door's own endpoint leads to the app, and the app has no public address at all.
      ingress: privateOrigins
        ? { from: 'private-link' }
        : {
            from: 'service-tag',
            name: 'front-door',
            // The tag is shared by every customer of Front Door; the id is this profile's.
            serviceTag: 'AzureFrontDoor.Backend',
            headers: { xAzureFdid: [entry.profileGuid] },
          },
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

/** @see https://learn.microsoft.com/azure/frontdoor/private-link */
function check(_: string, { regions }: Variant, settings: Settings): void {
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
