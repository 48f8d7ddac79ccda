import type { Network } from '../deployment';
import { everyKnown, type Known, mapKnown } from '../known';
import { stringsOf, textOf } from '../terraform/arguments';
import { ofType, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { isExpression } from '../terraform/expression';
import { isObject } from '../terraform/json';
import { addressesIn, valuesInside } from '../terraform/references';
import { publicIpDefaults } from './defaults';

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
    publicIps: ofType(document, 'azurerm_public_ip').map((one) => ({
      address: one.address,
      skuName: textOf(one, 'sku', document, publicIpDefaults.skuName),
    })),
    webEndpointSubnets: webEndpointSubnets(document),
    privateEndpoints: ofType(document, 'azurerm_private_endpoint').map((endpoint) => ({
      address: endpoint.address,
      target: targetsOf(endpoint, document)[0] ?? null,
    })),
  };
}

const targetsOf = ({ body }: TerraformResource, document: TerraformDocument) =>
  addressesIn(valuesInside(body.private_service_connection), document);

/**
 * The private endpoints that lead to a resource.
 *
 * @param part the part of it that they must lead to, as in `sites`: an app's slots have endpoints of the app's own id
 */
export const endpointsOf = (
  { address }: TerraformResource,
  document: TerraformDocument,
  part?: string,
): readonly TerraformResource[] =>
  ofType(document, 'azurerm_private_endpoint').filter(
    (endpoint) => targetsOf(endpoint, document).includes(address) && (part === undefined || hasPart(endpoint, part)),
  );

function hasPart({ body }: TerraformResource, part: string): boolean {
  const [connection] = [body.private_service_connection].flat();
  const names = isObject(connection) ? connection.subresource_names : undefined;
  return !Array.isArray(names) || names.length === 0 || names.some((name) => name === part || isExpression(name));
}

/** Whether a private endpoint leads to a resource. */
export const hasPrivateEndpoint = (resource: TerraformResource, document: TerraformDocument, part?: string): boolean =>
  endpointsOf(resource, document, part).length > 0;

function webEndpointSubnets(document: TerraformDocument): Known<readonly string[]> {
  const subnets = everyKnown(ofType(document, 'azurerm_subnet'), (subnet) =>
    mapKnown(stringsOf(subnet, 'service_endpoints', document), (services) => ({
      address: subnet.address,
      // A newer provider names them in blocks.
      has: services.includes('Microsoft.Web') || 'service_endpoint' in subnet.body,
    })),
  );
  return mapKnown(subnets, (all) => all.filter(({ has }) => has).map(({ address }) => address));
}
