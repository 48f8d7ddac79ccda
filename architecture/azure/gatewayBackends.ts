import type { ApplicationGateway, BackendSettings } from '../entryLayers';
import { everyKnown, isUnknown, type Known, mapKnown } from '../known';
import { booleanOf, innerBlocks, requiredText, textOf } from '../terraform/arguments';
import type { TerraformDocument, TerraformResource } from '../terraform/document';
import { addressesIn, mentioned, valuesInside } from '../terraform/references';
import type { GatewayBlocks } from './gatewayBlocks';

/** Where a gateway's connections come from. */
export function readGatewayNetwork(
  { body }: TerraformResource,
  document: TerraformDocument,
): Pick<ApplicationGateway, 'subnets' | 'publicIps' | 'namesEndpoint'> {
  const inside = (block: string) => valuesInside(body[block]);
  const subnets = inside('gateway_ip_configuration').flatMap((value) => {
    const found = addressesIn(value, document);
    return found.length > 0 ? found : typeof value === 'string' && value.startsWith('/') ? [value] : [];
  });
  return {
    subnets,
    publicIps: addressesIn(inside('frontend_ip_configuration'), document),
    namesEndpoint: mentioned(inside('backend_address_pool'), document).some(
      ({ type }) => type === 'azurerm_private_endpoint',
    ),
  };
}

/** How a gateway connects to the apps, and the headers that it changes on the way. */
export const readBackendSettings = (
  { settings }: GatewayBlocks,
  document: TerraformDocument,
): Known<readonly BackendSettings[]> =>
  everyKnown(settings, (block) => ({
    address: block.address,
    protocol: requiredText(block, 'protocol', document),
    namesHost: namesHost(block, document),
    probe: typeof block.body.probe_name === 'string' && block.body.probe_name !== '' ? block.body.probe_name : null,
  }));

function namesHost(block: TerraformResource, document: TerraformDocument): Known<boolean> {
  const picks = booleanOf(block, 'pick_host_name_from_backend_address', document, false);
  if (picks !== false) return picks;
  const host = textOf(block, 'host_name', document, null);
  // Whatever an expression gives, it is a name.
  return isUnknown(host) || host !== null;
}

export function readRewrites(gateway: TerraformResource, document: TerraformDocument): ApplicationGateway['rewrites'] {
  const headers = (way: 'request' | 'response') =>
    everyKnown(innerBlocks(gateway, `rewrite_rule_set.rewrite_rule.${way}_header_configuration`), (block) =>
      mapKnown(textOf(block, 'header_name', document, ''), (name) => name.toLowerCase()),
    );
  const [request, response] = [headers('request'), headers('response')];
  return isUnknown(request) ? request : isUnknown(response) ? response : { request, response };
}
