import type { Known } from '../known';
import { ofType, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { addressesIn, mentioned, refersTo, valuesInside } from '../terraform/references';
import { endpointsOf } from './network';

/** azurerm 5 takes the id of a zone, and before it the name. */
const zoneArguments = ['private_dns_zone_name', 'private_dns_zone_id'];

/**
 * Whether a DNS name leads to the private endpoint of a resource; null: it has none. A zone of this document needs a link to
 * a virtual network; a zone of another one is taken to have it.
 *
 * @see https://learn.microsoft.com/azure/app-service/overview-private-endpoint#dns
 */
export function privateNameOf(app: TerraformResource, document: TerraformDocument): Known<boolean> | null {
  const endpoints = endpointsOf(app, document, 'sites');
  const [first] = endpoints;
  if (!first) return null;
  const groups = endpoints.flatMap(({ body }) => [body.private_dns_zone_group].flat().filter(Boolean));
  const records = ofType(document, 'azurerm_private_dns_a_record').filter(({ body }) =>
    mentioned(valuesInside(body.records), document).some((one) => endpoints.includes(one)),
  );
  if (groups.length + records.length === 0)
    return {
      unknown: `${first.address} has no private_dns_zone_group: whether a DNS name leads to it is not in this document`,
    };
  const zones = [...groups, ...records.map(({ body }) => [body.zone_name, body.private_dns_zone_id])]
    .flatMap((one) => mentioned(valuesInside(one), document))
    .filter(({ type }) => type === 'azurerm_private_dns_zone');
  const links = ofType(document, 'azurerm_private_dns_zone_virtual_network_link');
  const ofZone = (link: TerraformResource) =>
    addressesIn(
      zoneArguments.map((name) => link.body[name]),
      document,
    );
  const open = links.some((link) => ofZone(link).length === 0);
  const linked = zones.some((zone) =>
    links.some((link) => zoneArguments.some((name) => refersTo(link, name, zone, document))),
  );
  return zones.length === 0 || linked || open || document.elsewhere.length > 0;
}
