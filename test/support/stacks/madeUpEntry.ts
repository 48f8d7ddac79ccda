import { TrafficManagerProfile } from '@cdktf/provider-azurerm/lib/traffic-manager-profile';
import { InputError } from '../../../inputError';
import type { EntryKind } from '../../../stacks/entry/entry';
import { openHostName } from '../../../stacks/entry/hostName';
import { denyAll } from '../../../stacks/region/network/securityRule';

/** An entry that exists in tests only. It answers every question otherwise than the real ones do. */
export const madeUpEntry = {
  label: 'Made-up Entry',
  affinityLayers: ['madeUp'],
  regions: 'several',
  proxyHops: 3,
  takesDomain: true,
  resourceProviders: ['Microsoft.MadeUp'],
  subnet: { id: 'made-up', priority: 310, rules: () => [denyAll('Inbound')] },
  check: (name, _, { planSku }) => {
    if (planSku === 'P5mv3') throw new InputError(`${name}: no made-up entry leads to P5mv3`);
  },
  declare: (stack, { base, variant, settings: { domain, tags } }) => ({
    ingress: { from: 'service-tag', name: 'made-up', serviceTag: 'MadeUp.Backend', headers: {} },
    open: (apps) => {
      const { place } = apps[0].region;
      const profile = new TrafficManagerProfile(stack, 'made_up', {
        name: `made-up-${base}-${variant.affinity.madeUp}`,
        resourceGroupName: place.resourceGroupName,
        trafficRoutingMethod: variant.routing === 'active-passive' ? 'Priority' : 'Performance',
        dnsConfig: { relativeName: base, ttl: 60 },
        monitorConfig: { protocol: 'HTTPS', port: 443, path: '/' },
      });
      if (domain === 'none') return { url: `https://${profile.fqdn}`, reachable: true, trustedCertificate: false };
      const named = openHostName(stack, {
        domain,
        tags,
        apps,
        proofs: {},
        address: profile.fqdn,
        prove: () => [],
        point: (records, after) => records.aliasOf(profile.fqdn, [...after, profile]),
      });
      return { ...named, trustedCertificate: true };
    },
  }),
} as const satisfies EntryKind;
