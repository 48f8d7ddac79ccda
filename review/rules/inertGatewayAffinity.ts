import { layersInFront } from '../../architecture/layersInFront';
import { compliant, eachOr, eachService, finding, notApplicable, type Rule, whenKnown } from './rule';

export const inertGatewayAffinity: Rule = {
  id: 'inert-gateway-affinity',
  title: 'Turn off gateway affinity where the gateway has one backend to choose from',
  severity: 'warning',
  pillar: 'performance-efficiency',
  why: 'To the gateway an App Service app is one host name: its cookie cannot choose an instance, only App Service can.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-http-settings',
  check: (whole) =>
    eachService(whole, (deployment) =>
      eachOr(layersInFront(deployment).gateways, 'there is no Application Gateway', ({ address, backends }) =>
        whenKnown(address, [deployment.affinity.applicationGateway], (state) =>
          state !== 'on'
            ? notApplicable(`${address} has no affinity`)
            : whenKnown(address, [backends], (count) =>
                count > 1
                  ? compliant(address)
                  : finding(
                      address,
                      'The affinity cookie of the gateway names its only backend, so it keeps no client on an instance, although it looks as if it did.',
                      'Set `cookie_based_affinity = "Disabled"`; only App Service\'s own affinity keeps clients on an instance.',
                    ),
              ),
        ),
      ),
    ),
};
