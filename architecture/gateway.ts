import { argumentOf, booleanOf, innerBlocks, numberOf, textOf, unknown } from './arguments';
import { settled } from './facts/reading';
import { sameHost } from './hosts';
import { poolApps, type Ways } from './leads';
import { type AffinityState, agreed, type GatewayProbe, isUnknown, type Known } from './model';
import type { TerraformResource } from './terraform';

type Blocks = Known<readonly TerraformResource[]>;

/** What of a gateway serves the apps, and not other sites that share it. */
export interface AppSide {
  readonly pools: Blocks;
  readonly settings: Blocks;
  readonly probes: Blocks;
  readonly listeners: Blocks;
}

/**
 * Pools that lead to an app, the HTTP settings and listeners with which rules use them, and the probes which those
 * settings name. Where names are expressions, or no rule says it, any of them may be meant.
 */
export function appSide(gateway: TerraformResource, { apps, document }: Ways): AppSide {
  const blocks = (name: string) => innerBlocks(gateway, name);
  const [pools, settings, probes] = [blocks('backend_address_pool'), blocks('backend_http_settings'), blocks('probe')];
  const [listeners, rules, maps] = [blocks('http_listener'), blocks('request_routing_rule'), blocks('url_path_map')];
  const all = { pools, settings, probes, listeners };
  if (isUnknown(pools) || isUnknown(settings) || isUnknown(probes) || isUnknown(listeners)) return all;
  if (isUnknown(rules) || isUnknown(maps)) return all;
  const text = (block: TerraformResource, argument: string): unknown => {
    const value = argumentOf(block, argument, document);
    return isUnknown(value) ? block.body[argument] : value;
  };
  const leading = pools.filter(({ body }) => poolApps(body, apps, document).length > 0);
  const ways = rules.flatMap((rule) =>
    [rule, ...maps.filter(isOf(rule)).flatMap(pathRules)].map((one) => ({ rule, one })),
  );
  const used = ways.filter(({ one }) => leading.some((pool) => text(one, poolArgument(one)) === text(pool, 'name')));
  const serving = among(
    settings,
    used.map(({ one }) => text(one, `${prefixOf(one)}backend_http_settings_name`)),
    text,
  );
  const asked = serving.map((one) => text(one, 'probe_name')).filter((name) => typeof name === 'string' && name !== '');
  return {
    pools: leading,
    settings: serving,
    probes: asked.length > 0 ? among(probes, asked, text) : [],
    listeners: among(
      listeners,
      used.map(({ rule }) => text(rule, 'http_listener_name')),
      text,
    ),
  };
}

/** Those of these names; all where none has one. */
function among(
  blocks: readonly TerraformResource[],
  names: readonly unknown[],
  text: (block: TerraformResource, argument: string) => unknown,
): readonly TerraformResource[] {
  const own = blocks.filter((one) => names.includes(text(one, 'name')));
  return own.length > 0 ? own : blocks;
}

const isOf =
  ({ body }: TerraformResource) =>
  (map: TerraformResource) =>
    map.body.name === body.url_path_map_name;

/** A path map, which has a pool by default, and its rules. */
function pathRules(map: TerraformResource): readonly TerraformResource[] {
  const inner = innerBlocks(map, 'path_rule');
  return [map, ...(isUnknown(inner) ? [] : inner)];
}

const prefixOf = ({ body }: TerraformResource) => ('default_backend_address_pool_name' in body ? 'default_' : '');
const poolArgument = (rule: TerraformResource) => `${prefixOf(rule)}backend_address_pool_name`;

const settingsOf = (gateways: readonly TerraformResource[], ways: Ways): Blocks => {
  const each = gateways.map((gateway) => appSide(gateway, ways).settings);
  return each.find(isUnknown) ?? (each as (readonly TerraformResource[])[]).flat();
};

export function gatewayAffinity(gateways: readonly TerraformResource[], ways: Ways): Known<AffinityState> {
  if (gateways.length === 0) return 'absent';
  const settings = settingsOf(gateways, ways);
  if (isUnknown(settings)) return settings;
  const argument = 'cookie_based_affinity';
  return agreed(
    settings.map((block): Known<AffinityState> => {
      const affinity = textOf(block, argument, ways.document, '');
      if (isUnknown(affinity)) return affinity;
      if (affinity === 'Enabled') return 'on';
      return affinity === 'Disabled' ? 'off' : unknown(block, argument, 'is neither Enabled nor Disabled');
    }),
    'backend HTTP settings differ',
  );
}

/** Whether the gateway passes on the host that the client typed. */
export function gatewayPreservesHost(gateways: readonly TerraformResource[], ways: Ways): Known<boolean> {
  const { document } = ways;
  return agreed(
    gateways.map((gateway) => {
      const { settings, listeners } = appSide(gateway, ways);
      if (isUnknown(settings)) return settings;
      if (isUnknown(listeners)) return listeners;
      return agreed(
        settings.map((block): Known<boolean> => {
          const pick = booleanOf(block, 'pick_host_name_from_backend_address', document, false);
          if (isUnknown(pick) || pick) return isUnknown(pick) ? pick : false;
          return sameHost(block, 'host_name', listeners, ways);
        }),
        'the host is preserved by some backend HTTP settings only',
      );
    }),
    'the host is preserved by some gateways only',
  );
}

/** The custom probe of the apps; its arguments are all required but the path. */
export function readGatewayProbe(gateways: readonly TerraformResource[], ways: Ways): GatewayProbe | null {
  const perGateway = gateways.map((gateway) => appSide(gateway, ways).probes);
  const open = perGateway.find(isUnknown);
  if (open) return everyUnknown(open);
  const probes = (perGateway as (readonly TerraformResource[])[]).flat();
  if (probes.length === 0) return null;
  const { document } = ways;
  const each = <T>(read: (probe: TerraformResource) => Known<T>) => agreed(probes.map(read), 'probes differ');
  const number = (argument: string) =>
    each((probe) => settled(numberOf(probe, argument, document, null), probe, argument));
  return {
    path: each((probe) => textOf(probe, 'path', document, '/')),
    protocol: each((probe) => textOf(probe, 'protocol', document, 'Http')),
    intervalSeconds: number('interval'),
    timeoutSeconds: number('timeout'),
    unhealthyThreshold: number('unhealthy_threshold'),
  };
}

const everyUnknown = (why: Exclude<Blocks, readonly TerraformResource[]>): GatewayProbe => ({
  path: why,
  protocol: why,
  intervalSeconds: why,
  timeoutSeconds: why,
  unhealthyThreshold: why,
});
