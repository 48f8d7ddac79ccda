import { isUnknown, type Known } from '../known';
import { argumentOf, innerBlocks } from '../terraform/arguments';
import type { TerraformResource } from '../terraform/document';
import { appsInPool, type Targets } from './destinations';

type Blocks = Known<readonly TerraformResource[]>;

/** The blocks of a gateway that serve the apps, without those of other sites that share it. */
export interface GatewayBlocks {
  readonly pools: Blocks;
  readonly settings: Blocks;
  readonly probes: Blocks;
  readonly listeners: Blocks;
}

/**
 * Pools that lead to an app, the HTTP settings and listeners that rules use them with, and the probes that those settings
 * name. Where names are expressions, or no rule uses the pools, any of the blocks may be meant.
 */
export function blocksForApps(gateway: TerraformResource, { apps, document }: Targets): GatewayBlocks {
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
  const leading = pools.filter(({ body }) => appsInPool(body, apps, document).length > 0);
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

/** The blocks with these names; all where none has one. */
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

/** A path map, which has a default pool, and its rules. */
function pathRules(map: TerraformResource): readonly TerraformResource[] {
  const inner = innerBlocks(map, 'path_rule');
  return [map, ...(isUnknown(inner) ? [] : inner)];
}

const prefixOf = ({ body }: TerraformResource) => ('default_backend_address_pool_name' in body ? 'default_' : '');
const poolArgument = (rule: TerraformResource) => `${prefixOf(rule)}backend_address_pool_name`;
