import type { Settings } from '../../settings';
import { isPrivate } from '../../settings/access';
import type { Variant } from '../../variant';
import { checkSiteIsOpen } from '../deploymentSite';
import type { EntryKind } from '../entry';

/** App Service's own host name: nothing is in front of the app. */
export const appService = {
  label: 'App Service',
  affinityLayers: [],
  regions: 'one',
  proxyHops: 1,
  takesDomain: false,
  resourceProviders: [],
  check,
  declare: () => ({
    ingress: { from: 'anyone' },
    open: ([first]) => ({
      url: `https://${first.app.defaultHostname}`,
      reachable: true,
      trustedCertificate: true,
    }),
  }),
} as const satisfies EntryKind;

/** A public app has no private endpoint, and its deployment site refuses every public address then. */
function check(name: string, _: Variant, settings: Settings): void {
  if (isPrivate(settings)) checkSiteIsOpen(settings, `access 'private' where the app is its own entry (${name})`);
}
