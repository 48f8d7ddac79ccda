import { compliant, eachOr, finding, notApplicable, type Rule, whenKnown } from './rule';

export const inertGatewayAffinity: Rule = {
  id: 'inert-gateway-affinity',
  title: 'Turn off gateway affinity where the gateway has one backend to choose from',
  severity: 'warning',
  why: 'An App Service app is one host name to the gateway: its cookie cannot choose an instance, App Service does.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-http-settings',
  check: ({ facts, affinity }) =>
    eachOr(facts.gateways, 'there is no Application Gateway', ({ address, backends }) =>
      whenKnown(address, [affinity.applicationGateway], (state) =>
        state !== 'on'
          ? notApplicable(`${address} has no affinity`)
          : whenKnown(address, [backends], (count) =>
              count > 1
                ? compliant(address)
                : finding(
                    address,
                    'The affinity cookie of the gateway names its only backend, so it pins nobody to an instance; it looks like stickiness without being any.',
                    'Set `cookie_based_affinity = "Disabled"`; what pins clients to an instance is App Service\'s own affinity.',
                  ),
            ),
      ),
    ),
};
