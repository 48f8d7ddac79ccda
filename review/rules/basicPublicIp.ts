import { compliant, eachOr, finding, type Rule, whenKnown } from './rule';

export const basicPublicIp: Rule = {
  id: 'basic-public-ip',
  title: 'Use Standard public addresses',
  severity: 'error',
  pillar: 'reliability',
  why: 'Basic public addresses are retired since 30 September 2025, and never were in zones.',
  source: 'https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-basic-upgrade-guidance',
  check: ({ network }) =>
    eachOr(network.publicIps, 'there is no public address', ({ address, skuName }) =>
      whenKnown(address, [skuName], (sku) =>
        sku === 'Basic'
          ? finding(
              address,
              'Its SKU is Basic, which is retired.',
              'Set `sku = "Standard"` and `allocation_method = "Static"`.',
            )
          : compliant(address),
      ),
    ),
};
