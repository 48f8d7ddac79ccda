import { layersInFront } from '../../architecture/layersInFront';
import { type Answer, cannotTell, compliant, finding, type Rule, whenKnown } from './rule';

/** 1.2 and 1.3, as each service writes them. */
const current = /1[._]?[23]$|^AppGwSslPolicy(20170401S|20220101S?)$/;

export const oldTls: Rule = {
  id: 'old-tls',
  title: 'Accept TLS 1.2 and later only',
  severity: 'error',
  pillar: 'security',
  why: 'TLS 1.0 and 1.1 are broken, and an attacker can make a client use them wherever they are accepted.',
  source: 'https://learn.microsoft.com/azure/app-service/overview-tls',
  check: (deployment): readonly Answer[] => {
    const judge = (resource: string, version: Parameters<typeof whenKnown>[1][number], argument: string) =>
      whenKnown(resource, [version], (least) =>
        current.test(String(least))
          ? compliant(resource)
          : finding(resource, `\`${argument}\` is ${String(least)}.`, `Set \`${argument}\` to TLS 1.2.`),
      );
    return [
      ...deployment.regions
        .flatMap(({ app }) => [app, ...app.slots])
        .map(({ address, minimumTls }) => judge(address, minimumTls, 'site_config.minimum_tls_version')),
      // Without one a gateway created through an API version before 2023-02-01 has TLS 1.0, a later one 1.2.
      // @see https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview
      ...layersInFront(deployment).gateways.map(({ address, tlsPolicy }) =>
        tlsPolicy === null
          ? cannotTell(address, {
              unknown: `${address}.ssl_policy is left out: which TLS version it accepts depends on the API version that created it`,
            })
          : judge(address, tlsPolicy, 'ssl_policy'),
      ),
      ...deployment.caches.map(({ address, minimumTls }) => judge(address, minimumTls, 'minimum_tls_version')),
      ...deployment.dataServices.flatMap(({ address, minimumTls }) =>
        minimumTls === null ? [] : [judge(address, minimumTls, 'minimum_tls_version')],
      ),
    ];
  },
};
