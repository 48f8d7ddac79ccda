import { booleanOf, innerBlocks, numberOf, textOf } from './arguments';
import { ofType, textsInside } from './facts/reading';
import { gatewayAffinity, gatewayPreservesHost, readGatewayProbe } from './gateway';
import { sameHost } from './hosts';
import { groupsOf, type Lead, leadOf, poolApps, poolsOpen, type Ways } from './leads';
import {
  type AffinityState,
  agreed,
  type EntryKind,
  type FrontDoorProbe,
  type GatewayProbe,
  isUnknown,
  type Known,
  type Unknown,
} from './model';
import { mentioned, multiplied, type TerraformDocument, type TerraformResource } from './terraform';

export interface Entry {
  readonly kind: Known<EntryKind>;
  readonly hostPreserved: Known<boolean>;
  readonly applicationGatewayAffinity: Known<AffinityState>;
  readonly frontDoorAffinity: Known<AffinityState>;
  readonly latencyWindowMs: Known<number> | null;
  readonly frontDoorProbe: FrontDoorProbe | null;
  readonly gatewayProbe: GatewayProbe | null;
  /** Where each origin of Front Door leads; null: there is no Front Door in front of the apps. */
  readonly origins: ReadonlyMap<TerraformResource, Lead> | null;
  readonly ways: Ways;
}

/** What a client reaches first, and what that layer does to host names and affinity on the way. */
export function readEntry(document: TerraformDocument, apps: readonly TerraformResource[]): Entry {
  const allGateways = ofType(document, 'azurerm_application_gateway');
  const gateways = allGateways.filter(({ body }) => poolApps(body.backend_address_pool, apps, document).length > 0);
  const ways: Ways = { document, apps, gateways };
  const origins = new Map(
    ofType(document, 'azurerm_cdn_frontdoor_origin').map((origin) => [origin, leadOf(origin, 'host_name', ways)]),
  );
  const leading = [...origins].flatMap(([origin, { apps: to }]) => (to.length > 0 ? [origin] : []));
  const openOrigin = [...origins.values()].find(({ open }) => open)?.open;
  const behindFrontDoor = leading.length > 0 || openOrigin;
  const groups = groupsOf(leading, document);
  const notRead = unreadLayer(ways);
  const kind = notRead ?? entryKind(leading, openOrigin ?? null, allGateways, ways);
  const unsure = isUnknown(kind) ? kind : null;
  const each = <T>(read: (group: TerraformResource) => Known<T>) => alike(groups, read);
  return {
    kind,
    hostPreserved: unsure ?? hostPreserved(leading, ways),
    applicationGatewayAffinity: gateways.length === 0 && unsure ? unsure : gatewayAffinity(gateways, ways),
    frontDoorAffinity: behindFrontDoor
      ? (unsure ?? each((group) => onOff(group, 'session_affinity_enabled', document)))
      : (notRead ?? 'absent'),
    latencyWindowMs: behindFrontDoor
      ? (unsure ?? each((group) => numberOf(group, 'load_balancing.additional_latency_in_milliseconds', document, 50)))
      : null,
    frontDoorProbe: readFrontDoorProbe(groups, document),
    gatewayProbe: readGatewayProbe(gateways, ways),
    origins: behindFrontDoor ? origins : null,
    ways,
  };
}

function entryKind(
  leading: readonly TerraformResource[],
  openOrigin: Unknown | null,
  allGateways: readonly TerraformResource[],
  { gateways, document }: Ways,
): Known<EntryKind> {
  if (leading.length > 0) return switched(leading) ?? 'front-door';
  if (openOrigin) return openOrigin;
  const [other] = document.elsewhere;
  if (other !== undefined) return { unknown: `${other} may declare a layer in front` };
  if (gateways.length > 0) return switched(gateways) ?? 'application-gateway';
  return first(allGateways.map((gateway) => poolsOpen(gateway, document))) ?? 'app-service';
}

/** What origin groups have in common. */
const alike = <T>(groups: readonly TerraformResource[], read: (group: TerraformResource) => Known<T>): Known<T> =>
  groups.length > 0
    ? agreed(groups.map(read), 'origin groups differ')
    : { unknown: 'the origin group of Front Door is not in this document' };

const first = (reasons: readonly (Unknown | null)[]) => reasons.find((reason) => reason !== null) ?? null;

/** Why it cannot be told whether a layer is there at all: each block of it has a `count` that decides. */
function switched(layers: readonly TerraformResource[]): Unknown | null {
  const reasons = layers.map((layer) => ('count' in layer.body ? multiplied(layer) : null));
  return reasons.every((reason) => reason !== null) ? first(reasons) : null;
}

/** Kinds of layers that can stand in front of an app and are not read; `azapi_resource` says what it is in its `type`. */
const unreadTypes = [
  'azurerm_frontdoor',
  'azurerm_cdn_endpoint',
  'azurerm_api_management_backend',
  'azurerm_api_management_api',
];
const unreadAzapi = /^Microsoft\.(Cdn\/profiles|Network\/(frontDoors|applicationGateways|trafficManagerProfiles))/i;

function unreadLayer({ document, apps, gateways }: Ways): Unknown | null {
  const reached = [...apps, ...gateways];
  const layer =
    ofType(document, ...unreadTypes).find(({ body }) =>
      mentioned(textsInside(body), document).some((one) => reached.includes(one)),
    ) ??
    ofType(document, 'azurerm_frontdoor')[0] ??
    ofType(document, 'azapi_resource').find(({ body }) => unreadAzapi.test(String(body.type)));
  return layer
    ? { unknown: `${layer.address} may stand in front of the app, and is of a kind that is not read` }
    : null;
}

/** azurerm turns origin group affinity on when the argument is left out. */
function onOff(group: TerraformResource, path: string, document: TerraformDocument): Known<AffinityState> {
  const affinity = booleanOf(group, path, document, true);
  return isUnknown(affinity) ? affinity : affinity ? 'on' : 'off';
}

/** One layer that overrides it is enough. @see https://learn.microsoft.com/azure/frontdoor/origin */
function hostPreserved(origins: readonly TerraformResource[], ways: Ways): Known<boolean> {
  const domains = ofType(ways.document, 'azurerm_cdn_frontdoor_custom_domain');
  const atFrontDoor = origins.map((origin) => sameHost(origin, 'origin_host_header', domains, ways));
  const layers = [
    ...(origins.length > 0 ? [agreed(atFrontDoor, 'the host is preserved by some origins only')] : []),
    ...(ways.gateways.length > 0 ? [gatewayPreservesHost(ways.gateways, ways)] : []),
  ];
  return layers.includes(false) ? false : (layers.find(isUnknown) ?? true);
}

/** azurerm's defaults where an argument is left out; null: none of the groups that lead to the apps is probed. */
function readFrontDoorProbe(groups: readonly TerraformResource[], document: TerraformDocument): FrontDoorProbe | null {
  const probed = groups.filter((group) => {
    const probes = innerBlocks(group, 'health_probe');
    return isUnknown(probes) || probes.length > 0;
  });
  if (probed.length === 0) return null;
  const each = <T>(read: (group: TerraformResource) => Known<T>) => alike(probed, read);
  const number = (path: string, byDefault: number) => each((group) => numberOf(group, path, document, byDefault));
  return {
    path: each((group) => textOf(group, 'health_probe.path', document, '/')),
    protocol: each((group) => textOf(group, 'health_probe.protocol', document, 'Http')),
    intervalSeconds: number('health_probe.interval_in_seconds', 100),
    sampleSize: number('load_balancing.sample_size', 4),
    successfulSamplesRequired: number('load_balancing.successful_samples_required', 3),
  };
}
