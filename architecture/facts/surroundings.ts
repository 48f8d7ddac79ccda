import { booleanOf, innerBlocks } from '../arguments';
import type { AlertFacts, MonitoringFacts, NetworkFacts } from '../deployment';
import { isExpression } from '../expression';
import { isUnknown, type Unknown } from '../model';
import { mentioned, type TerraformDocument, type TerraformResource } from '../terraform';
import { addressesIn, ofType, textsInside, unresolved } from './reading';

export function readNetwork(document: TerraformDocument): NetworkFacts {
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
      target: addressesIn(textsInside(endpoint.body.private_service_connection), document)[0] ?? null,
    })),
  };
}

export function readMonitoring(document: TerraformDocument): MonitoringFacts {
  const settings = ofType(document, 'azurerm_monitor_diagnostic_setting');
  return {
    diagnosed: [
      ...new Set(
        settings
          .filter((setting) => !openTarget(setting, 'target_resource_id', document))
          .flatMap(({ body }) => addressesIn(body.target_resource_id, document)),
      ),
    ],
    undecided: settings.flatMap((setting) => openTarget(setting, 'target_resource_id', document) ?? []),
    alerts: ofType(document, 'azurerm_monitor_metric_alert').map((alert) => readAlert(alert, document)),
  };
}

/** Why it cannot be told what a resource is for: its argument refers to nothing here; null: to one, or to a plain id. */
function openTarget(resource: TerraformResource, argument: string, document: TerraformDocument): Unknown | null {
  const values = [resource.body[argument]].flat();
  const open = values.find((value) => isExpression(value) && mentioned(value, document).length === 0);
  return open ? unresolved({ ...resource, body: { [argument]: open } }, argument, 'resource', document) : null;
}

function readAlert(alert: TerraformResource, document: TerraformDocument): AlertFacts {
  const actions = innerBlocks(alert, 'action');
  return {
    address: alert.address,
    scopes: addressesIn(alert.body.scopes, document),
    enabled: booleanOf(alert, 'enabled', document, true),
    open: openTarget(alert, 'scopes', document),
    hasAction: isUnknown(actions) || actions.length > 0,
  };
}
