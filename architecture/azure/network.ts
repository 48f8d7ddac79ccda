import type { Network } from '../deployment';
import { everyKnown, isUnknown, type Known, mapKnown } from '../known';
import { hasArgument, innerBlocks, locationOf, stringsOf, textOf } from '../terraform/arguments';
import { ofType, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { isExpression } from '../terraform/expression';
import { isObject } from '../terraform/json';
import { isSince } from '../terraform/provider';
import { addressesIn, valuesInside } from '../terraform/references';
import { publicIpDefaults } from './defaults';

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
    publicIps: ofType(document, 'azurerm_public_ip').map((one) => ({
      address: one.address,
      skuName: textOf(
        one,
        'sku',
        document,
        isSince(document.provider, 4) || document.provider?.majors.includes(4)
          ? publicIpDefaults.skuName
          : publicIpDefaults.skuNameBefore4,
      ),
      location: locationOf(one, document),
    })),
    webEndpointSubnets: webEndpointSubnets(document),
    privateEndpoints: ofType(document, 'azurerm_private_endpoint').map((endpoint) => ({
      address: endpoint.address,
      target: targetsOf(endpoint, document)[0] ?? null,
      toSlot: partsOf(endpoint).some((part) => typeof part === 'string' && part.startsWith('sites-')),
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

function hasPart(endpoint: TerraformResource, part: string): boolean {
  const names = partsOf(endpoint);
  return names.length === 0 || names.some((name) => name === part || isExpression(name));
}

/** The parts of its target that an endpoint states, such as `sites-staging`. */
function partsOf({ body }: TerraformResource): readonly unknown[] {
  const [connection] = [body.private_service_connection].flat();
  const names = isObject(connection) ? connection.subresource_names : undefined;
  return Array.isArray(names) ? names : [];
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
