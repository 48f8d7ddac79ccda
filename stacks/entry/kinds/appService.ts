import type { EntryKind } from '../entry';

/** App Service's own host name: nothing is in front of the app. */
export const appService = {
  label: 'App Service',
  affinityLayers: [],
  regions: 'one',
  proxyHops: 1,
  takesDomain: false,
  resourceProviders: [],
  declare: () => ({
    ingress: { from: 'anyone' },
    open: ([first]) => ({
      url: `https://${first.app.defaultHostname}`,
      reachable: true,
      trustedCertificate: true,
    }),
  }),
} as const satisfies EntryKind;
