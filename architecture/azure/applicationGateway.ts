import type { AffinityState, ApplicationGateway, GatewayServing, Listener } from '../entryLayers';
import { agreed, everyKnown, isUnknown, type Known, mapKnown } from '../known';
import {
  argumentOf,
  booleanOf,
  innerBlocks,
  locationOf,
  numberOf,
  requiredNumber,
  requiredText,
  stringsOf,
  textOf,
  unknown,
} from '../terraform/arguments';
import { partOf, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { unresolved } from '../terraform/references';
import { isUnderDdosPlan } from './ddosProtection';
import { gatewayDefaults } from './defaults';
import { appsInPool, poolsOpen, type Targets } from './destinations';
import { readBackendSettings, readGatewayNetwork, readRewrites } from './gatewayBackends';
import { blocksForApps, type GatewayBlocks } from './gatewayBlocks';
import { gatewayFirewall } from './gatewayFirewall';
import { readGatewayProbe } from './gatewayProbe';
import { isTypedHost } from './hostNames';

export function readGateway(gateway: TerraformResource, targets: Targets): ApplicationGateway {
  const { document } = targets;
  const hasAutoscale = innerBlocks(gateway, 'autoscale_configuration');
  const scaled = isUnknown(hasAutoscale) || hasAutoscale.length > 0;
  const bound = (argument: string, byDefault: number) =>
    scaled
      ? numberOf(gateway, `autoscale_configuration.${argument}`, document, byDefault)
      : requiredNumber(gateway, 'sku.capacity', document);
  const most = bound('max_capacity', 0);
  const led = appsInPool(gateway.body.backend_address_pool, targets.apps, document);
  const apps = led.map(({ address }) => address);
  const all = servingOf(gateway, targets, targets.apps);
  return {
    address: gateway.address,
    apps,
    open: apps.length > 0 ? null : poolsOpen(gateway, document),
    conditional: gateway.conditional,
    location: locationOf(gateway, document),
    skuName: requiredText(gateway, 'sku.name', document),
    zones: stringsOf(gateway, 'zones', document),
    minimumInstances: bound('min_capacity', gatewayDefaults.minimumInstances),
    underDdosPlan: isUnderDdosPlan(gateway, document),
    maximumInstances: most === 0 ? gatewayDefaults.maximumInstances : most,
    ...all,
    perApp: new Map(led.map((app) => [app.address, led.length === 1 ? all : servingOf(gateway, targets, [app])])),
    listeners: readListeners(gateway, document),
    tlsPolicy:
      textOf(gateway, 'ssl_policy.policy_name', document, null) ??
      textOf(gateway, 'ssl_policy.min_protocol_version', document, null),
    firewall: gatewayFirewall(gateway, document),
    ...readGatewayNetwork(gateway, document),
    rewrites: readRewrites(gateway, document),
  };
}

/** @param apps those whose requests are meant */
function servingOf(gateway: TerraformResource, targets: Targets, apps: Targets['apps']): GatewayServing {
  const { document } = targets;
  const blocks = blocksForApps(gateway, { ...targets, apps });
  return {
    pools: isUnknown(blocks.pools) ? [''] : blocks.pools.map(({ body }) => String(body.name ?? '')),
    affinity: affinityOf(blocks, document),
    hostPreserved: hostPreserved(blocks, targets),
    backends: mapKnown(
      everyKnown(blocks.pools, (pool) => membersOf(pool, document)),
      (counts) => Math.max(0, ...counts),
    ),
    probes: everyKnown(blocks.probes, (probe) => readGatewayProbe(probe, targets)),
    unprobedSettings: mapKnown(blocks.settings, (list) =>
      list.filter(({ body }) => !isText(body.probe_name)).map(({ address }) => address),
    ),
    backendSettings: readBackendSettings(blocks, document),
  };
}

const isText = (value: unknown) => typeof value === 'string' && value !== '';

/** Members of a pool, each by host name or by address: a list may hold any string, but must be a list. */
function membersOf(pool: TerraformResource, document: TerraformDocument): Known<number> {
  const counts = ['fqdns', 'ip_addresses'].map((argument): Known<number> => {
    const list = pool.body[argument] ?? [];
    return Array.isArray(list) ? list.filter(isText).length : unresolved(pool, argument, 'list of members', document);
  });
  return counts.find(isUnknown) ?? (counts as number[]).reduce((sum, count) => sum + count, 0);
}

function affinityOf({ settings }: GatewayBlocks, document: TerraformDocument): Known<AffinityState> {
  if (isUnknown(settings)) return settings;
  const argument = 'cookie_based_affinity';
  return agreed(
    settings.map((block): Known<AffinityState> => {
      const affinity = textOf(block, argument, document, '');
      if (isUnknown(affinity)) return affinity;
      if (affinity === 'Enabled') return 'on';
      return affinity === 'Disabled' ? 'off' : unknown(block, argument, 'is neither Enabled nor Disabled');
    }),
    'backend HTTP settings differ',
  );
}

/** Whether the gateway passes on the host that the client typed. */
function hostPreserved({ settings, listeners }: GatewayBlocks, targets: Targets): Known<boolean> {
  if (isUnknown(settings)) return settings;
  if (isUnknown(listeners)) return listeners;
  return agreed(
    settings.map((block): Known<boolean> => {
      const pick = booleanOf(block, 'pick_host_name_from_backend_address', targets.document, false);
      if (isUnknown(pick) || pick) return isUnknown(pick) ? pick : false;
      return isTypedHost(block, 'host_name', listeners, targets);
    }),
    'the host is preserved by some backend HTTP settings only',
  );
}

function readListeners(gateway: TerraformResource, document: TerraformDocument): Known<readonly Listener[]> {
  const rules = innerBlocks(gateway, 'request_routing_rule');
  const maps = innerBlocks(gateway, 'url_path_map');
  // A path map has its own default: paths that it sends elsewhere are exceptions, such as those that prove a domain.
  const redirects = ({ body }: TerraformResource, all: readonly TerraformResource[]) =>
    isText(body.redirect_configuration_name) ||
    all.some(
      (map) =>
        isText(body.url_path_map_name) &&
        map.body.name === body.url_path_map_name &&
        isText(map.body.default_redirect_configuration_name),
    );
  // An expression may hold a secret, so a listener whose name is one is not named by it.
  const named = (listener: TerraformResource): string => {
    const name = argumentOf(listener, 'name', document);
    return typeof name === 'string' ? `${listener.address} ${JSON.stringify(name)}` : listener.address;
  };
  return everyKnown(innerBlocks(gateway, 'http_listener'), (listener) => ({
    address: named(listener),
    protocol: requiredText(listener, 'protocol', document),
    hosts: everyKnown(
      [listener.body.host_name, listener.body.host_names]
        .flat()
        .filter((host) => host !== undefined && host !== null && host !== ''),
      (host) => requiredText(partOf(listener, '', { host }), 'host', document),
    ),
    redirects: isUnknown(rules)
      ? rules
      : mapKnown(maps, (all) => {
          const own = rules.filter(({ body }) => body.http_listener_name === listener.body.name);
          return own.length > 0 && own.every((rule) => redirects(rule, all));
        }),
  }));
}
