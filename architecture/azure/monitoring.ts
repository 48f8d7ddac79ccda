import type { Alert, Monitoring } from '../deployment';
import { isUnknown, type Unknown } from '../known';
import { booleanOf, innerBlocks } from '../terraform/arguments';
import { ofType, partOf, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { isExpression } from '../terraform/expression';
import { addressesIn, mentioned, unresolved } from '../terraform/references';
import { alertDefaults } from './defaults';

export function readMonitoring(document: TerraformDocument): Monitoring {
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

/** Why it is unknown which resource an argument means: it refers to nothing here; null: to a resource here, or a plain id. */
function openTarget(resource: TerraformResource, argument: string, document: TerraformDocument): Unknown | null {
  const values = [resource.body[argument]].flat();
  const open = values.find((value) => isExpression(value) && mentioned(value, document).length === 0);
  return open ? unresolved(partOf(resource, '', { [argument]: open }), argument, 'resource', document) : null;
}

function readAlert(alert: TerraformResource, document: TerraformDocument): Alert {
  const actions = innerBlocks(alert, 'action');
  return {
    address: alert.address,
    scopes: addressesIn(alert.body.scopes, document),
    enabled: booleanOf(alert, 'enabled', document, alertDefaults.enabled),
    open: openTarget(alert, 'scopes', document),
    hasAction: isUnknown(actions) || actions.length > 0,
  };
}
