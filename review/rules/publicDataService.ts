import { compliant, eachOr, finding, type Rule, whenKnown } from './rule';

export const publicDataService: Rule = {
  id: 'public-data-service',
  title: 'Close the public door of every service that holds data',
  severity: 'error',
  why: 'What only the app needs is reached by a private endpoint; a public name is there for everybody to try.',
  source: 'https://learn.microsoft.com/azure/architecture/web-apps/app-service/architectures/baseline-zone-redundant',
  check: ({ facts }) =>
    eachOr(
      [
        ...facts.caches.map(({ address, publicAccess }) => ({
          address,
          publicAccess,
          deniesByDefault: false,
          service: 'Redis',
        })),
        ...facts.dataServices,
      ],
      'there is no service that holds data',
      ({ address, service, publicAccess, deniesByDefault }) =>
        publicAccess === false || deniesByDefault === true
          ? compliant(address)
          : whenKnown(address, [publicAccess, deniesByDefault], () =>
              finding(
                address,
                `The ${service} is reachable from any network.`,
                'Disable public network access and add a private endpoint, or deny by default and name the addresses that deploy.',
              ),
            ),
    ),
};
