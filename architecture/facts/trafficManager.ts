import type { TrafficManagerFacts } from '../deployment';
import { isUnknown } from '../model';
import {
  booleanOf,
  mentioned,
  numberOf,
  type TerraformDocument,
  type TerraformResource,
  textOf,
  textsOf,
} from '../terraform';
import { product } from './entryLayers';
import { addressesIn, mapKnown, ofType, settled } from './reading';

/** Traffic Manager answers names: it decides who is asked, and no request passes it. */
export function readTrafficManagers(
  apps: readonly TerraformResource[],
  document: TerraformDocument,
): TrafficManagerFacts[] {
  const endpoints = ofType(
    document,
    'azurerm_traffic_manager_azure_endpoint',
    'azurerm_traffic_manager_external_endpoint',
  );
  return ofType(document, 'azurerm_traffic_manager_profile').flatMap((profile): TrafficManagerFacts[] => {
    const own = endpoints.filter(({ body }) => addressesIn(body.profile_id, document).includes(profile.address));
    const leading = own.flatMap((endpoint) =>
      mentioned([endpoint.body.target_resource_id, endpoint.body.target], document)
        .filter((target) => apps.includes(target))
        .map((app) => ({
          app: app.address,
          priority: settled(numberOf(endpoint, 'priority', document, null), endpoint, 'priority'),
          enabled: booleanOf(endpoint, 'enabled', document, true),
        })),
    );
    if (leading.length === 0) return [];
    const interval = numberOf(profile, 'monitor_config.interval_in_seconds', document, 30);
    const tolerated = mapKnown(
      numberOf(profile, 'monitor_config.tolerated_number_of_failures', document, 3),
      (count) => count + 1,
    );
    const ttl = numberOf(profile, 'dns_config.ttl', document, 60);
    const noticed = product(interval, tolerated);
    return [
      {
        address: profile.address,
        method: settled(textOf(profile, 'traffic_routing_method', document, null), profile, 'traffic_routing_method'),
        apps: leading,
        probe: {
          address: `${profile.address}.monitor_config`,
          protocol: textOf(profile, 'monitor_config.protocol', document, 'HTTP'),
          path: textOf(profile, 'monitor_config.path', document, '/'),
          host: null,
          hostFromSettings: true,
          statusCodes: mapKnown(textsOf(profile, 'monitor_config.expected_status_code_ranges', document), (codes) =>
            codes.length > 0 ? codes : ['200'],
          ),
          // Clients keep the old address until its time to live is over.
          detectionSeconds: isUnknown(noticed) ? noticed : mapKnown(ttl, (seconds) => noticed + seconds),
        },
      },
    ];
  });
}
