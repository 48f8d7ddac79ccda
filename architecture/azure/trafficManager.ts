import type { Destination, Probe, TrafficManager, TrafficManagerEndpoint } from '../entryLayers';
import { firstReason, isUnknown, type Known, mapKnown, product } from '../known';
import {
  booleanOf,
  innerBlocks,
  numberOf,
  requiredNumber,
  requiredText,
  stringsOf,
  textOf,
} from '../terraform/arguments';
import { ofType, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { mentioned, refersTo, valuesInside } from '../terraform/references';
import { trafficManagerDefaults as byDefault } from './defaults';
import { destinationOf, type Targets } from './destinations';

/** Types of endpoints, and the argument by which each says where it leads. */
const endpointTypes: Readonly<Record<string, string>> = {
  azurerm_traffic_manager_azure_endpoint: 'target_resource_id',
  azurerm_traffic_manager_external_endpoint: 'target',
  azurerm_traffic_manager_nested_endpoint: 'target_resource_id',
  // Until azurerm 4: one type for all.
  azurerm_traffic_manager_endpoint: 'target_resource_id',
};

export function readTrafficManager(profile: TerraformResource, targets: Targets): TrafficManager {
  const { document } = targets;
  const endpoints = endpointsOf(profile, document);
  return {
    address: profile.address,
    method: requiredText(profile, 'traffic_routing_method', document),
    endpoints: endpoints.map((endpoint) => ({
      ...destinationAndDirect(endpoint, targets),
      address: endpoint.address,
      // Left out, Azure gives them in the order in which it creates the endpoints.
      priority: requiredNumber(endpoint, 'priority', document),
      enabled: booleanOf(endpoint, 'enabled', document, byDefault.endpointEnabled),
      ...endpointKind(endpoint, targets),
      probeHost: probeHost(endpoint, profile, document),
    })),
    probe: readProbe(profile, document),
  };
}

function endpointKind(
  endpoint: TerraformResource,
  { document, apps }: Targets,
): Pick<TrafficManagerEndpoint, 'kind' | 'gateways' | 'profile'> {
  const meant = mentioned([endpoint.body.target_resource_id, endpoint.body.target], document);
  const byId = mentioned(endpoint.body.target_resource_id, document).some((one) => apps.includes(one));
  const nested = endpoint.type.endsWith('_nested_endpoint') || endpoint.body.type === 'nestedEndpoints';
  const gateways = ofType(document, 'azurerm_application_gateway').filter(({ body }) =>
    mentioned(valuesInside(body.frontend_ip_configuration), document).some((ip) => meant.includes(ip)),
  );
  return {
    kind: nested ? 'nested' : byId ? 'app' : 'other',
    profile: nested ? (profilesIn(endpoint, document)[0]?.address ?? null) : null,
    gateways: gateways.map(({ address }) => address),
  };
}

/** The host that a probe asks for: a header of the endpoint goes before one of the profile. */
function probeHost(
  endpoint: TerraformResource,
  profile: TerraformResource,
  document: TerraformDocument,
): Known<string | null> {
  const headers = [innerBlocks(endpoint, 'custom_header'), innerBlocks(profile, 'monitor_config.custom_header')];
  const open = headers.find(isUnknown);
  if (open) return open;
  const host = (headers as TerraformResource[][]).flat().find(({ body }) => /^host$/i.test(String(body.name)));
  return host ? textOf(host, 'value', document, null) : null;
}

const profilesIn = ({ body }: TerraformResource, document: TerraformDocument) =>
  mentioned(body.target_resource_id, document).filter(({ type }) => type === 'azurerm_traffic_manager_profile');

const endpointsOf = (profile: TerraformResource, document: TerraformDocument) =>
  ofType(document, ...Object.keys(endpointTypes)).filter(
    (endpoint) =>
      refersTo(endpoint, 'profile_id', profile, document) || refersTo(endpoint, 'profile_name', profile, document),
  );

/** What stands between a client and an app. */
const layerTypes = /^azurerm_(cdn_frontdoor_\w+|traffic_manager_profile|public_ip|application_gateway)$/;

function destinationAndDirect(endpoint: TerraformResource, targets: Targets) {
  const destination = endpointDestination(endpoint, targets);
  const { target_resource_id, target } = endpoint.body;
  const named = mentioned([target_resource_id, target], targets.document);
  return { ...destination, direct: named.some(({ type }) => layerTypes.test(type)) ? [] : destination.apps };
}

/** Where an endpoint leads; one that is nested, wherever the other profile leads. */
function endpointDestination(endpoint: TerraformResource, targets: Targets, depth = 5): Destination {
  const [inner, another] = profilesIn(endpoint, targets.document);
  const nested = inner && !another ? endpointsOf(inner, targets.document) : [];
  // A profile without endpoints here may have them elsewhere.
  if (nested.length > 0 && depth > 0) {
    const all = nested.map((one) => endpointDestination(one, targets, depth - 1));
    return {
      apps: [...new Set(all.flatMap(({ apps }) => apps))],
      open: firstReason(all.map(({ open }) => open)),
    };
  }
  const argument = endpointTypes[endpoint.type] as string;
  const destination = destinationOf(endpoint, argument, targets);
  // The one type for all says in another argument where an external endpoint leads.
  return argument !== 'target' && destination.apps.length === 0 && 'target' in endpoint.body
    ? destinationOf(endpoint, 'target', targets)
    : destination;
}

function readProbe(profile: TerraformResource, document: TerraformDocument): Probe {
  const intervalSeconds = numberOf(profile, 'monitor_config.interval_in_seconds', document, byDefault.intervalSeconds);
  const tolerated = numberOf(
    profile,
    'monitor_config.tolerated_number_of_failures',
    document,
    byDefault.toleratedFailures,
  );
  const noticed = product(
    intervalSeconds,
    mapKnown(tolerated, (count) => count + 1),
  );
  const ttl = numberOf(profile, 'dns_config.ttl', document, byDefault.ttlSeconds);
  return {
    address: `${profile.address}.monitor_config`,
    protocol: textOf(profile, 'monitor_config.protocol', document, byDefault.protocol),
    path: textOf(profile, 'monitor_config.path', document, byDefault.path),
    host: null,
    hostFromSettings: true,
    statusCodes: mapKnown(stringsOf(profile, 'monitor_config.expected_status_code_ranges', document), (codes) =>
      codes.length > 0 ? codes : byDefault.statusCodes,
    ),
    intervalSeconds,
    // Clients keep the old address until its time to live has passed.
    detectionSeconds: isUnknown(noticed) ? noticed : mapKnown(ttl, (seconds) => noticed + seconds),
  };
}
