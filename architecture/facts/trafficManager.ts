import { booleanOf, numberOf, textOf, textsOf } from '../arguments';
import type { ProbeFacts, TrafficManagerFacts } from '../deployment';
import { leadOf, type Ways } from '../leads';
import { isUnknown } from '../model';
import type { TerraformDocument, TerraformResource } from '../terraform';
import { leadsTo, mapKnown, ofType, product, settled } from './reading';

/** Types of endpoints, and the argument by which each says where it leads. */
const endpointTypes: Readonly<Record<string, string>> = {
  azurerm_traffic_manager_azure_endpoint: 'target_resource_id',
  azurerm_traffic_manager_external_endpoint: 'target',
  azurerm_traffic_manager_nested_endpoint: 'target_resource_id',
  // Until azurerm 4: one type for all.
  azurerm_traffic_manager_endpoint: 'target_resource_id',
};

/** Traffic Manager answers names: it decides who is asked, and no request passes it. */
export function readTrafficManagers(ways: Ways): TrafficManagerFacts[] {
  const { document } = ways;
  return ofType(document, 'azurerm_traffic_manager_profile').flatMap((profile): TrafficManagerFacts[] => {
    const own = ofType(document, ...Object.keys(endpointTypes)).filter(
      (endpoint) =>
        leadsTo(endpoint, 'profile_id', profile, document) || leadsTo(endpoint, 'profile_name', profile, document),
    );
    const leads = own.map((endpoint) => ({ endpoint, lead: endpointLead(endpoint, ways) }));
    const open = leads.find(({ lead }) => lead.open)?.lead.open ?? null;
    if (leads.every(({ lead }) => lead.apps.length === 0) && !open) return [];
    return [
      {
        address: profile.address,
        method: settled(textOf(profile, 'traffic_routing_method', document, null), profile, 'traffic_routing_method'),
        apps: leads.flatMap(({ endpoint, lead }) =>
          lead.open
            ? []
            : lead.apps.map((app) => ({
                app: app.address,
                priority: settled(numberOf(endpoint, 'priority', document, null), endpoint, 'priority'),
                enabled: booleanOf(endpoint, 'enabled', document, true),
              })),
        ),
        open,
        probe: readProbe(profile, document),
      },
    ];
  });
}

function endpointLead(endpoint: TerraformResource, ways: Ways) {
  const argument = endpointTypes[endpoint.type] as string;
  const lead = leadOf(endpoint, argument, ways);
  // Of the one type for all, an external endpoint says it in another argument.
  return argument !== 'target' && lead.apps.length === 0 && 'target' in endpoint.body
    ? leadOf(endpoint, 'target', ways)
    : lead;
}

function readProbe(profile: TerraformResource, document: TerraformDocument): ProbeFacts {
  const interval = numberOf(profile, 'monitor_config.interval_in_seconds', document, 30);
  const tolerated = numberOf(profile, 'monitor_config.tolerated_number_of_failures', document, 3);
  const noticed = product(
    interval,
    mapKnown(tolerated, (count) => count + 1),
  );
  const ttl = numberOf(profile, 'dns_config.ttl', document, 60);
  return {
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
  };
}
