import { refuse } from '../../../inputError';
import { arrivalOf } from '../../app';
import type { Settings } from '../../settings';
import type { Variant } from '../../variant';
import { constructs } from '../constructs';
import type { EntryKind } from '../entry';
import { gatewaySubnet } from '../gatewaySubnet';

/** Application Gateway in front of one region, whose app has a private endpoint and no public address. */
export const applicationGateway = {
  label: 'Application Gateway',
  affinityLayers: ['applicationGateway'],
  regions: 'one',
  proxyHops: 2,
  takesDomain: true,
  resourceProviders: [],
  subnet: gatewaySubnet,
  check,
  checkDeployable,
  declare: (stack, { variant, settings }) => ({
    ingress: { from: 'private-endpoint' },
    open: (apps) => {
      const { ApplicationGatewayEntry, openHostName } = constructs();
      const { domain, certificate } = settings;
      const gateway = new ApplicationGatewayEntry(stack, 'gateway', {
        app: apps[0],
        affinity: variant.affinity.applicationGateway === 'on',
        host: domain === 'none' ? undefined : domain.host,
      });
      // No certificate authority signs for the name that Azure gives a public address.
      if (domain === 'none') return { url: `https://${gateway.host}`, reachable: true, trustedCertificate: false };
      const named = openHostName(stack, {
        domain,
        tags: settings.tags,
        apps,
        proofs: {},
        address: gateway.publicIp.ipAddress,
        prove: () => [],
        point: (records, after) => records.pointTo(gateway.publicIp.ipAddress, [...after, gateway.gateway]),
      });
      return { ...named, trustedCertificate: typeof certificate !== 'string' };
    },
  }),
} as const satisfies EntryKind;

function check(name: string, _: Variant, settings: Settings): void {
  const [first] = settings.regions;
  const { networks = {}, hubs = {} } = settings.existing ?? {};
  const reached = first && (networks[first.location] ?? hubs[first.location]);
  if (arrivalOf(settings) === 'cli' && !settings.agentsSubnet && !reached)
    throw refuse(
      'agentsSubnet',
      `true with package 'cli' behind a gateway (${name})`,
      false,
      'The deployment site has a private address only: change one of them in settings.ts.',
    );
}

/** The gateway could not read the certificate: nothing says as whom. */
function checkDeployable(name: string, { certificate }: Settings): void {
  if (typeof certificate !== 'string' && (certificate.keyVaultId ?? certificate.identityId) === undefined)
    throw refuse(
      'certificate',
      `with keyVaultId or identityId behind a gateway (${name})`,
      certificate,
      'Nothing lets the gateway read it: add the id of the vault, in which its new identity is then granted the secret, or that of an identity which may read it already, to settings.ts.',
    );
}
