import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import type { Network } from './network';

/** Declares as an output what the filters of existing subnets must let pass, for whoever owns them. */
export function declareRequiredRules(
  scope: Construct,
  regions: readonly { readonly network: Pick<Network, 'requiredRules'> }[],
): void {
  const bySubnet = Object.assign({}, ...regions.map(({ network }) => network.requiredRules));
  if (Object.keys(bySubnet).length === 0) return;
  new TerraformOutput(scope, 'required_security_rules', {
    description: 'What the network security groups of the existing subnets must let pass, by subnet.',
    value: Object.fromEntries(
      Object.entries(bySubnet as Network['requiredRules']).map(([subnet, rules]) => [
        subnet,
        rules.map(({ name, direction, from, to, ports, protocol = 'Tcp', access = 'Allow' }) => ({
          name,
          direction,
          access,
          protocol,
          from,
          to,
          ports: [...ports],
        })),
      ]),
    ),
  });
}
