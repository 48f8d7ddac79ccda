import type { Network } from '../deployment';
import { ofType, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { addressesIn, valuesInside } from '../terraform/references';

export function readNetwork(document: TerraformDocument): Network {
  return {
    subnets: ofType(document, 'azurerm_subnet').map(({ address }) => address),
    filteredSubnets: [
      ...new Set(
        ofType(document, 'azurerm_subnet_network_security_group_association').flatMap(({ body }) =>
          addressesIn(body.subnet_id, document),
        ),
      ),
    ],
    publicIps: ofType(document, 'azurerm_public_ip').map(({ address }) => ({ address })),
    privateEndpoints: ofType(document, 'azurerm_private_endpoint').map((endpoint) => ({
      address: endpoint.address,
      target: targetsOf(endpoint, document)[0] ?? null,
    })),
  };
}

const targetsOf = ({ body }: TerraformResource, document: TerraformDocument) =>
  addressesIn(valuesInside(body.private_service_connection), document);

/** Whether a private endpoint leads to a resource. */
export const hasPrivateEndpoint = ({ address }: TerraformResource, document: TerraformDocument): boolean =>
  ofType(document, 'azurerm_private_endpoint').some((endpoint) => targetsOf(endpoint, document).includes(address));
