import { compliant, eachOr, finding, notApplicable, type Rule, whenKnown } from './rule';

export const publicDataService: Rule = {
  id: 'public-data-service',
  title: 'Turn off public access to every service that holds data',
  severity: 'error',
  pillar: 'security',
  why: 'The app reaches its data by a private endpoint; a public endpoint is open to attempts from everywhere.',
  source: 'https://learn.microsoft.com/azure/architecture/web-apps/app-service/architectures/baseline-zone-redundant',
  check: ({ caches, dataServices }) =>
    eachOr(
      [
        ...caches.map(({ address, publicAccess }) => ({
          address,
          publicAccess,
          deniesByDefault: false,
          service: 'Redis',
          meantForAll: false,
        })),
        ...dataServices,
      ],
      'there is no service that holds data',
      ({ address, service, publicAccess, deniesByDefault, meantForAll }) =>
        meantForAll
          ? notApplicable(`${address} serves a static website, which everybody may read`)
          : publicAccess === false || deniesByDefault === true
            ? compliant(address)
            : whenKnown(address, [publicAccess, deniesByDefault], () =>
                finding(
                  address,
                  `The ${service} is reachable from any network.`,
                  'Disable public network access and add a private endpoint, or deny by default and allow only the addresses that deploy.',
                ),
              ),
    ),
};
