import type { Network } from '../deployment';
import { isUnknown, type Known } from '../known';
import { hasArgument, innerBlocks, textOf } from '../terraform/arguments';
import { ofType, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { addressesIn, valuesInside } from '../terraform/references';

export function readNetwork(document: TerraformDocument): Network {
  const inline = inlineSubnets(document);
  const associated = ofType(document, 'azurerm_subnet_network_security_group_association').flatMap(({ body }) =>
    addressesIn(body.subnet_id, document),
  );
  return {
    subnets: [...ofType(document, 'azurerm_subnet'), ...inline].map(({ address }) => address),
    filteredSubnets: [
      ...new Set([...associated, ...inline.filter(({ filtered }) => filtered).map(({ address }) => address)]),
    ],
    publicIps: ofType(document, 'azurerm_public_ip').map(({ address }) => ({ address })),
    privateEndpoints: ofType(document, 'azurerm_private_endpoint').map((endpoint) => ({
      address: endpoint.address,
      target: targetsOf(endpoint, document)[0] ?? null,
    })),
  };
}

/**
 * Subnets that are blocks of their network, as in `azurerm_virtual_network.main.subnet "snet-app"`. A plan made after an apply also
 * shows there the subnets that are resources of their own: those are left out.
 */
function inlineSubnets(document: TerraformDocument): { readonly address: string; readonly filtered: boolean }[] {
  const own = new Set(
    ofType(document, 'azurerm_subnet').flatMap((subnet) => known(textOf(subnet, 'name', document, null))),
  );
  return ofType(document, 'azurerm_virtual_network').flatMap((network) => {
    const found = innerBlocks(network, 'subnet');
    if (isUnknown(found)) return [];
    return found.flatMap((block) => {
      const name = textOf(block, 'name', document, null);
      if (!isUnknown(name) && name !== null && own.has(name)) return [];
      const address = isUnknown(name) || name === null ? block.address : `${network.address}.subnet "${name}"`;
      return [{ address, filtered: filterOf(block, document) }];
    });
  });
}

const known = (text: Known<string | null>): string[] => (isUnknown(text) || text === null ? [] : [text]);

/** A provider reads back a missing group as an empty string. */
const filterOf = (block: TerraformResource, document: TerraformDocument): boolean =>
  hasArgument(block.body, 'security_group') && textOf(block, 'security_group', document, null) !== null;

const targetsOf = ({ body }: TerraformResource, document: TerraformDocument) =>
  addressesIn(valuesInside(body.private_service_connection), document);

/** Whether a private endpoint leads to a resource. */
export const hasPrivateEndpoint = ({ address }: TerraformResource, document: TerraformDocument): boolean =>
  ofType(document, 'azurerm_private_endpoint').some((endpoint) => targetsOf(endpoint, document).includes(address));
