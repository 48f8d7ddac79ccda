import type { Unknown } from '../known';
import { ofType } from '../terraform/document';
import { mentioned, valuesInside } from '../terraform/references';
import type { Targets } from './destinations';

/** Kinds of layers that can be in front of an app and are not read; `azapi_resource` names its kind in `type`. */
const unreadTypes = [
  'azurerm_frontdoor',
  'azurerm_cdn_endpoint',
  'azurerm_api_management_backend',
  'azurerm_api_management_api',
];
const unreadAzapi =
  /^Microsoft\.(Cdn\/profiles(\/endpoints)?|Network\/(frontDoors|applicationGateways|trafficManagerProfiles))@/i;

/** Why the entry is unknown: a layer of a kind that is not read may be in front; null: there is none. */
export function unreadLayer({ document, apps, gateways }: Targets): Unknown | null {
  const reached = [...apps, ...gateways];
  const layer =
    ofType(document, ...unreadTypes).find(({ body }) =>
      mentioned(valuesInside(body), document).some((one) => reached.includes(one)),
    ) ??
    ofType(document, 'azurerm_frontdoor')[0] ??
    ofType(document, 'azapi_resource').find(({ body }) => unreadAzapi.test(String(body.type)));
  return layer ? { unknown: `${layer.address} may be in front of the app, and is of a kind that is not read` } : null;
}
