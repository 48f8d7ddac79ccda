import type { MonitoringFacts, NetworkFacts } from '../deployment';
import { booleanOf, isObject, type TerraformDocument, textsOf } from '../terraform';
import { addressesIn, locationOf, ofType, textsInside } from './reading';

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
    publicIps: ofType(document, 'azurerm_public_ip').map((ip) => ({
      address: ip.address,
      zones: textsOf(ip, 'zones', document),
      location: locationOf(ip, document),
    })),
    privateEndpoints: ofType(document, 'azurerm_private_endpoint').map((endpoint) => ({
      address: endpoint.address,
      target: addressesIn(textsInside(endpoint.body.private_service_connection), document)[0] ?? null,
      location: locationOf(endpoint, document),
    })),
  };
}

export function readMonitoring(document: TerraformDocument): MonitoringFacts {
  const settings = ofType(document, 'azurerm_monitor_diagnostic_setting').map(({ address, body }) => ({
    address,
    target: body.target_resource_id,
    found: addressesIn(body.target_resource_id, document),
  }));
  return {
    diagnosed: [...new Set(settings.flatMap(({ found }) => found))],
    undecided: settings
      .filter(({ target, found }) => found.length === 0 && typeof target === 'string' && target.includes('${'))
      .map(({ address }) => address),
    alerts: ofType(document, 'azurerm_monitor_metric_alert').map((alert) => ({
      address: alert.address,
      scopes: addressesIn(alert.body.scopes, document),
      enabled: booleanOf(alert, 'enabled', document, true),
      hasAction: Array.isArray(alert.body.action) ? alert.body.action.length > 0 : isObject(alert.body.action),
    })),
  };
}
