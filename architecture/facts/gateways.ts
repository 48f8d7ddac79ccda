import { booleanOf, innerBlocks, numberOf, textOf, textsOf, unknown } from '../arguments';
import type { FirewallFacts, GatewayFacts, Listener, ProbeFacts } from '../deployment';
import { appSide } from '../gateway';
import type { Ways } from '../leads';
import { isUnknown, type Known } from '../model';
import { named, type TerraformDocument, type TerraformResource } from '../terraform';
import { firewall } from './firewall';
import { everyKnown, locationOf, mapKnown, product, settled, unresolved } from './reading';

export function readGateway(gateway: TerraformResource, ways: Ways): GatewayFacts {
  const { document } = ways;
  const { pools, settings, probes } = appSide(gateway, ways);
  const hasAutoscale = innerBlocks(gateway, 'autoscale_configuration');
  const scaled = isUnknown(hasAutoscale) || hasAutoscale.length > 0;
  const bound = (scaledPath: string, byDefault: number) =>
    scaled
      ? numberOf(gateway, scaledPath, document, byDefault)
      : settled(numberOf(gateway, 'sku.capacity', document, null), gateway, 'sku.capacity');
  const most = bound('autoscale_configuration.max_capacity', 0);
  return {
    address: gateway.address,
    location: locationOf(gateway, document),
    skuName: settled(textOf(gateway, 'sku.name', document, null), gateway, 'sku.name'),
    zones: textsOf(gateway, 'zones', document),
    minimumInstances: bound('autoscale_configuration.min_capacity', 0),
    // Left out, which is read back as 0, the service may grow to its own limit.
    maximumInstances: most === 0 ? 125 : most,
    backends: mapKnown(
      everyKnown(pools, (pool) => membersOf(pool, document)),
      (counts) => Math.max(0, ...counts),
    ),
    probes: everyKnown(probes, (probe) => gatewayProbe(probe, document)),
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

/** Members of a pool, each by host name or by address: a list may hold any text, but must be one. */
function membersOf(pool: TerraformResource, document: TerraformDocument): Known<number> {
  const counts = ['fqdns', 'ip_addresses'].map((argument): Known<number> => {
    const list = pool.body[argument] ?? [];
    return Array.isArray(list) ? list.filter(isText).length : unresolved(pool, argument, 'list of members', document);
  });
  return counts.find(isUnknown) ?? (counts as number[]).reduce((sum, count) => sum + count, 0);
}

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
  const argument = 'firewall_policy_id';
  const listeners = innerBlocks(gateway, 'http_listener');
  const apart = isUnknown(listeners) ? undefined : listeners.find(({ body }) => isText(body[argument]));
  if (apart) {
    const why = unknown(apart, argument, 'is a policy of that listener alone, which is not read');
    return { address: gateway.address, enabled: why, mode: why };
  }
  const policy = named(gateway, argument, document, ['azurerm_web_application_firewall_policy']);
  if (policy && !isUnknown(policy))
    return firewall(policy, 'policy_settings.enabled', 'policy_settings.mode', document);
  const own = innerBlocks(gateway, 'waf_configuration');
  if (!isUnknown(own) && own[0])
    return {
      address: own[0].address,
      enabled: booleanOf(own[0], 'enabled', document, true),
      mode: settled(textOf(own[0], 'firewall_mode', document, null), own[0], 'firewall_mode'),
    };
  if (textOf(gateway, argument, document, null) === null && !isUnknown(own)) return null;
  const why = isUnknown(own) ? own : (policy ?? unresolved(gateway, argument, 'firewall policy', document));
  return { address: gateway.address, enabled: why, mode: why };
}
