import { layersInFront } from '../../architecture/layersInFront';
import { compliant, eachOr, finding, type Rule, whenKnown } from './rule';

export const retiredGateway: Rule = {
  id: 'retired-gateway',
  title: 'Use Application Gateway v2',
  severity: 'error',
  pillar: 'reliability',
  why: 'Application Gateway v1 is out of support since 28 April 2026: new ones are refused, and nothing holds for the ones that run.',
  source: 'https://learn.microsoft.com/azure/application-gateway/v1-retirement',
  check: (deployment) =>
    eachOr(layersInFront(deployment).gateways, 'there is no Application Gateway', ({ address, skuName }) =>
      whenKnown(address, [skuName], (sku) =>
        /^(Standard|WAF)_(Small|Medium|Large)$/i.test(sku)
          ? finding(
              address,
              `${sku} is Application Gateway v1.`,
              'Move to Standard_v2 or WAF_v2: it is a new gateway beside the old one.',
            )
          : compliant(address),
      ),
    ),
};
