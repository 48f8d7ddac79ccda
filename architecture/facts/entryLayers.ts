import type {
  FirewallFacts,
  FrontDoorFacts,
  GatewayFacts,
  Listener,
  OriginGroupFacts,
  ProbeFacts,
} from '../deployment';
import { isUnknown, type Known } from '../model';
import {
  booleanOf,
  innerBlocks,
  mentioned,
  numberOf,
  states,
  type TerraformDocument,
  type TerraformResource,
  textOf,
  textsOf,
  unknown,
} from '../terraform';
import { addressesIn, everyKnown, locationOf, mapKnown, ofType, settled, textsInside } from './reading';

export function readGateway(gateway: TerraformResource, document: TerraformDocument): GatewayFacts {
  const pools = innerBlocks(gateway, 'backend_address_pool');
  const settings = innerBlocks(gateway, 'backend_http_settings');
  const hasAutoscale = innerBlocks(gateway, 'autoscale_configuration');
  const scaled = isUnknown(hasAutoscale) || hasAutoscale.length > 0;
  const bound = (scaledPath: string, byDefault: number) =>
    scaled
      ? numberOf(gateway, scaledPath, document, byDefault)
      : settled(numberOf(gateway, 'sku.capacity', document, null), gateway, 'sku.capacity');
  return {
    address: gateway.address,
    location: locationOf(gateway, document),
    skuName: settled(textOf(gateway, 'sku.name', document, null), gateway, 'sku.name'),
    zones: textsOf(gateway, 'zones', document),
    minimumInstances: bound('autoscale_configuration.min_capacity', 0),
    // Left out, the service may grow to its own limit.
    maximumInstances: bound('autoscale_configuration.max_capacity', 125),
    backends: mapKnown(pools, (list) =>
      list.reduce(
        (sum, { body }) =>
          sum +
          Math.max(textsInside(body.fqdns).filter(isText).length, textsInside(body.ip_addresses).filter(isText).length),
        0,
      ),
    ),
    probes: everyKnown(innerBlocks(gateway, 'probe'), (probe) => gatewayProbe(probe, document)),
    unprobedSettings: mapKnown(settings, (list) =>
      list
        .filter(({ body }) => typeof body.probe_name !== 'string' || body.probe_name === '')
        .map(({ address }) => address),
    ),
    listeners: readListeners(gateway, document),
    tlsPolicy:
      textOf(gateway, 'ssl_policy.policy_name', document, null) ??
      textOf(gateway, 'ssl_policy.min_protocol_version', document, null),
    firewall: gatewayFirewall(gateway, document),
  };
}

const isText = (value: unknown) => typeof value === 'string' && value !== '';

function gatewayProbe(probe: TerraformResource, document: TerraformDocument): ProbeFacts {
  return {
    address: probe.address,
    protocol: settled(textOf(probe, 'protocol', document, null), probe, 'protocol'),
    path: textOf(probe, 'path', document, '/'),
    host: mapKnown(textOf(probe, 'host', document, null), (host) => (host === '' ? null : host)),
    hostFromSettings: booleanOf(probe, 'pick_host_name_from_backend_http_settings', document, false),
    // What the service takes for healthy when nothing is said.
    statusCodes: mapKnown(textsOf(probe, 'match.status_code', document), (codes) =>
      codes.length > 0 ? codes : ['200-399'],
    ),
    detectionSeconds: product(
      numberOf(probe, 'interval', document, 30),
      numberOf(probe, 'unhealthy_threshold', document, 3),
    ),
  };
}

export const product = (one: Known<number>, other: Known<number>): Known<number> =>
  isUnknown(one) ? one : isUnknown(other) ? other : one * other;

function readListeners(gateway: TerraformResource, document: TerraformDocument): Known<readonly Listener[]> {
  const rules = innerBlocks(gateway, 'request_routing_rule');
  return everyKnown(innerBlocks(gateway, 'http_listener'), (listener) => {
    const own = isUnknown(rules) ? rules : rules.filter(({ body }) => body.http_listener_name === listener.body.name);
    const address = `${listener.address} ${JSON.stringify(listener.body.name ?? '')}`;
    return {
      address,
      protocol: settled(textOf(listener, 'protocol', document, null), listener, 'protocol'),
      redirects: isUnknown(own)
        ? own
        : own.length > 0 && own.every(({ body }) => isText(body.redirect_configuration_name)),
    };
  });
}

function gatewayFirewall(gateway: TerraformResource, document: TerraformDocument): FirewallFacts | null {
  const policy = mentioned(gateway.body.firewall_policy_id, document)[0];
  if (policy) return firewall(policy, 'policy_settings.enabled', 'policy_settings.mode', document);
  const own = innerBlocks(gateway, 'waf_configuration');
  if (!isUnknown(own) && own[0])
    return {
      address: own[0].address,
      enabled: booleanOf(own[0], 'enabled', document, true),
      mode: settled(textOf(own[0], 'firewall_mode', document, null), own[0], 'firewall_mode'),
    };
  if (gateway.body.firewall_policy_id === undefined || gateway.body.firewall_policy_id === null) return null;
  const why = unknown(gateway, 'firewall_policy_id', 'names no policy of this document');
  return { address: gateway.address, enabled: why, mode: why };
}

const firewall = (
  policy: TerraformResource,
  enabled: string,
  mode: string,
  document: TerraformDocument,
): FirewallFacts => ({
  address: policy.address,
  enabled: booleanOf(policy, enabled, document, true),
  // azurerm's default.
  mode: textOf(policy, mode, document, 'Prevention'),
});

/** @param leadsTo apps by the address of the origin */
export function readFrontDoor(
  leadsTo: ReadonlyMap<string, readonly string[]>,
  document: TerraformDocument,
): FrontDoorFacts | null {
  const origins = ofType(document, 'azurerm_cdn_frontdoor_origin').filter(({ address }) => leadsTo.has(address));
  if (origins.length === 0) return null;
  const groups = [...new Set(origins.flatMap(({ body }) => mentioned(body.cdn_frontdoor_origin_group_id, document)))];
  const profile = groups.flatMap(({ body }) => mentioned(body.cdn_frontdoor_profile_id, document))[0];
  const routes = ofType(document, 'azurerm_cdn_frontdoor_route').filter(({ body }) =>
    addressesIn(body.cdn_frontdoor_origin_group_id, document).some((one) =>
      groups.some(({ address }) => address === one),
    ),
  );
  const guarded = ofType(document, 'azurerm_cdn_frontdoor_security_policy').flatMap(({ body }) =>
    mentioned(textsInside(body.security_policies), document),
  );
  return {
    address: profile?.address ?? groups[0]?.address ?? origins[0]?.address ?? '',
    skuName: profile
      ? settled(textOf(profile, 'sku_name', document, null), profile, 'sku_name')
      : { unknown: 'the profile of Front Door is not in this document' },
    groups: groups.map((group) => originGroup(group, document)),
    origins: origins.flatMap((origin) =>
      (leadsTo.get(origin.address) ?? []).map((app) => ({
        address: origin.address,
        group: addressesIn(origin.body.cdn_frontdoor_origin_group_id, document)[0] ?? '',
        enabled: booleanOf(origin, 'enabled', document, true),
        app,
        hostHeaderOf: hostHeaderOf(origin, document),
        privateLink:
          origin.body.private_link !== undefined &&
          origin.body.private_link !== null &&
          lengthOf(origin.body.private_link) > 0,
      })),
    ),
    routes: routes.map((route) => ({
      address: route.address,
      groups: addressesIn(route.body.cdn_frontdoor_origin_group_id, document),
      acceptsHttp: mapKnown(textsOf(route, 'supported_protocols', document), (protocols) => protocols.includes('Http')),
      redirectsToHttps: booleanOf(route, 'https_redirect_enabled', document, true),
      forwarding: textOf(route, 'forwarding_protocol', document, 'MatchRequest'),
    })),
    firewalls: [...new Set(guarded)]
      .filter(({ type }) => type === 'azurerm_cdn_frontdoor_firewall_policy')
      .map((policy) => firewall(policy, 'enabled', 'mode', document)),
  };
}

const lengthOf = (value: unknown) => (Array.isArray(value) ? value.length : 1);

function originGroup(group: TerraformResource, document: TerraformDocument): OriginGroupFacts {
  const probes = innerBlocks(group, 'health_probe');
  const [probe] = isUnknown(probes) ? [] : probes;
  const failures = numberOf(group, 'load_balancing.sample_size', document, 4);
  const needed = numberOf(group, 'load_balancing.successful_samples_required', document, 3);
  const misses: Known<number> = isUnknown(failures) ? failures : mapKnown(needed, (least) => failures - least + 1);
  return {
    address: group.address,
    affinityStated: states(group, 'session_affinity_enabled'),
    probe: probe
      ? {
          address: probe.address,
          protocol: settled(textOf(probe, 'protocol', document, null), probe, 'protocol'),
          path: textOf(probe, 'path', document, '/'),
          host: null,
          hostFromSettings: true,
          // Only 200 is healthy. @see https://learn.microsoft.com/azure/frontdoor/health-probes
          statusCodes: ['200'],
          detectionSeconds: product(numberOf(probe, 'interval_in_seconds', document, 100), misses),
        }
      : null,
  };
}

function hostHeaderOf(origin: TerraformResource, document: TerraformDocument): Known<string | null> {
  const header = origin.body.origin_host_header;
  if (header === undefined || header === null || header === '') return null;
  const [named] = addressesIn(header, document);
  return named ?? unknown(origin, 'origin_host_header', `is ${JSON.stringify(header)}`);
}
