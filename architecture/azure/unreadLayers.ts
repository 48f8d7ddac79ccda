import type { Unknown } from '../known';
import { ofType, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { mentioned, valuesInside } from '../terraform/references';
import type { Targets } from './destinations';

/** Kinds of layers that can be in front of an app and are not read; `azapi_resource` names its kind in `type`. */
const unreadTypes = [
  'azurerm_frontdoor',
  'azurerm_cdn_endpoint',
  'azurerm_api_management_backend',
  'azurerm_api_management_api',
  'azurerm_api_management_policy',
  'azurerm_api_management_policy_fragment',
  'azurerm_api_management_api_policy',
  'azurerm_api_management_api_operation_policy',
  'azurerm_api_management_product_policy',
  'azurerm_api_management_named_value',
  // Networks of others, which connect to the app for their clients.
  'aws_cloudfront_distribution',
  'cloudflare_load_balancer_pool',
  'fastly_service_vcl',
];
/** DNS records that may send clients to a network of Cloudflare's, which then connects to the app. */
const proxiedTypes = ['cloudflare_record', 'cloudflare_dns_record'];
const unreadAzapi =
  /^Microsoft\.(Cdn\/profiles(\/endpoints)?|Network\/(frontDoors|applicationGateways|trafficManagerProfiles))@/i;

/** Why the entry is unknown: a layer of a kind that is not read may be in front; null: there is none. */
export function unreadLayer({ document, apps, gateways }: Targets): Unknown | null {
  const reached = [...apps, ...gateways];
  const layer =
    ofType(document, ...unreadTypes).find((one) => leadsTo(one, reached, document)) ??
    ofType(document, ...proxiedTypes).find((one) => isProxied(one) && leadsTo(one, reached, document)) ??
    ofType(document, 'azurerm_frontdoor')[0] ??
    ofType(document, 'azapi_resource').find(({ body }) => unreadAzapi.test(String(body.type)));
  return layer ? { unknown: `${layer.address} may be in front of the app, and is of a kind that is not read` } : null;
}

/** Whether a layer names one of the resources, by a reference or by the default host name of an app. */
function leadsTo(
  { body }: TerraformResource,
  reached: readonly TerraformResource[],
  document: TerraformDocument,
): boolean {
  const values = valuesInside(body);
  if (mentioned(values, document).some((one) => reached.includes(one))) return true;
  const hosts = reached.flatMap(({ body: { name } }) =>
    typeof name === 'string' ? [`${name.toLowerCase()}.azurewebsites.net`] : [],
  );
  const texts = values.flatMap((value) => (typeof value === 'string' ? [value.toLowerCase()] : []));
  return hosts.some((host) => texts.some((one) => isNamed(host, one)));
}

/** Whether a text has a host name in it that is not the end of a longer one. */
const isNamed = (host: string, text: string): boolean =>
  text
    .split(host)
    .slice(0, -1)
    .some((before) => !/[\w.-]$/.test(before));

/** Left out, it is not. */
const isProxied = ({ body: { proxied } }: TerraformResource) =>
  proxied !== undefined && proxied !== null && `${proxied}` !== 'false';
