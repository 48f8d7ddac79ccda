import { textsInside } from './facts/reading';
import {
  type AffinityState,
  agreed,
  type EntryKind,
  type FrontDoorProbe,
  type GatewayProbe,
  isUnknown,
  type Known,
  type Origin,
} from './model';
import {
  blocks,
  booleanOf,
  type JsonObject,
  mentioned,
  numberOf,
  type TerraformDocument,
  type TerraformResource,
  textOf,
  unknown,
} from './terraform';

export interface Entry {
  readonly kind: Known<EntryKind>;
  readonly hostPreserved: Known<boolean>;
  readonly applicationGatewayAffinity: Known<AffinityState>;
  readonly frontDoorAffinity: Known<AffinityState>;
  readonly latencyWindowMs: Known<number> | null;
  readonly frontDoorProbe: FrontDoorProbe | null;
  readonly gatewayProbe: GatewayProbe | null;
  /** By the address of the app that the origin leads to; null: no Front Door. */
  readonly origins: ReadonlyMap<string, Origin> | null;
  readonly gateways: readonly TerraformResource[];
}

/** What a client reaches first, and what that layer does to host names and affinity on the way. */
export function readEntry(document: TerraformDocument, apps: readonly TerraformResource[]): Entry {
  const ofType = (type: string) => document.resources.filter((resource) => resource.type === type);
  const gateways = ofType('azurerm_application_gateway').filter(({ body }) =>
    leadsTo(body.backend_address_pool, apps, document),
  );
  const allOrigins = ofType('azurerm_cdn_frontdoor_origin');
  const leading = allOrigins.filter((origin) => appsBehind(origin, gateways, apps, document).length > 0);
  const gateway = {
    affinity: gatewayAffinity(gateways),
    hostPreserved: gatewayPreservesHost(gateways, document),
  };

  if (allOrigins.length === 0) {
    const kind =
      gateways.length > 0
        ? 'application-gateway'
        : undecided(ofType('azurerm_application_gateway'), 'backend_address_pool');
    return {
      kind,
      hostPreserved: kind === 'app-service' ? true : isUnknown(kind) ? kind : gateway.hostPreserved,
      applicationGatewayAffinity: isUnknown(kind) ? kind : gateway.affinity,
      frontDoorAffinity: 'absent',
      latencyWindowMs: null,
      frontDoorProbe: null,
      gatewayProbe: readGatewayProbe(gateways, document),
      origins: null,
      gateways,
    };
  }
  const kind = leading.length > 0 ? ('front-door' as const) : undecided(allOrigins, 'host_name');
  const groups = [...new Set(leading.flatMap(({ body }) => mentioned(body.cdn_frontdoor_origin_group_id, document)))];
  return {
    kind,
    hostPreserved: isUnknown(kind)
      ? kind
      : agreed(
          [...leading.map(originPreservesHost), ...(gateways.length > 0 ? [gateway.hostPreserved] : [])],
          'the host is preserved by some layers only',
        ),
    applicationGatewayAffinity: gateway.affinity,
    frontDoorAffinity: isUnknown(kind)
      ? kind
      : agreed(
          groups.map((group) => onOff(group, 'session_affinity_enabled', document)),
          'origin groups differ',
        ),
    latencyWindowMs: isUnknown(kind)
      ? kind
      : agreed(
          groups.map((group) => numberOf(group, 'load_balancing.additional_latency_in_milliseconds', document, 50)),
          'origin groups differ',
        ),
    frontDoorProbe: readFrontDoorProbe(groups[0], document),
    gatewayProbe: readGatewayProbe(gateways, document),
    origins: new Map(leading.flatMap((origin) => originOf(origin, gateways, apps, document))),
    gateways,
  };
}

const leadsTo = (value: unknown, apps: readonly TerraformResource[], document: TerraformDocument) =>
  mentioned(textsInside(value), document).some((target) => apps.includes(target));

/** A layer is declared, but whether it leads to one of the apps cannot be told from its own words. */
function undecided(layers: readonly TerraformResource[], path: string): Known<EntryKind> {
  const [layer] = layers;
  return layer ? unknown(layer, path, 'names no web app of this document by reference') : 'app-service';
}

/** azurerm turns origin group affinity on when the argument is left out. */
function onOff(group: TerraformResource, path: string, document: TerraformDocument): Known<AffinityState> {
  const affinity = booleanOf(group, path, document, true);
  return isUnknown(affinity) ? affinity : affinity ? 'on' : 'off';
}

/** The apps that an origin leads to, itself or through a gateway whose public address it names. */
export function appsBehind(
  { body }: TerraformResource,
  gateways: readonly TerraformResource[],
  apps: readonly TerraformResource[],
  document: TerraformDocument,
): TerraformResource[] {
  const targets = mentioned(body.host_name, document);
  const behind = gateways
    .filter((gateway) =>
      mentioned(textsInside(gateway.body.frontend_ip_configuration), document).some((ip) => targets.includes(ip)),
    )
    .flatMap((gateway) => mentioned(textsInside(gateway.body.backend_address_pool), document));
  return [...new Set([...targets, ...behind])].filter((target) => apps.includes(target));
}

function originOf(
  origin: TerraformResource,
  gateways: readonly TerraformResource[],
  apps: readonly TerraformResource[],
  document: TerraformDocument,
): [string, Origin][] {
  return appsBehind(origin, gateways, apps, document).map((app) => [
    app.address,
    {
      address: origin.address,
      // azurerm's defaults.
      priority: numberOf(origin, 'priority', document, 1),
      weight: numberOf(origin, 'weight', document, 500),
    },
  ]);
}

/** An origin host header left out passes on what the client sent. @see https://learn.microsoft.com/azure/frontdoor/origin */
const originPreservesHost = ({ body }: TerraformResource): Known<boolean> =>
  body.origin_host_header === undefined || body.origin_host_header === null || body.origin_host_header === '';

const httpSettings = (gateways: readonly TerraformResource[]): [TerraformResource, JsonObject][] =>
  gateways.flatMap((gateway) =>
    blocks(gateway.body.backend_http_settings, `${gateway.address}.backend_http_settings`).map(
      (block): [TerraformResource, JsonObject] => [gateway, block],
    ),
  );

function gatewayAffinity(gateways: readonly TerraformResource[]): Known<AffinityState> {
  if (gateways.length === 0) return 'absent';
  return agreed(
    httpSettings(gateways).map(([gateway, { cookie_based_affinity: affinity }]): Known<AffinityState> => {
      if (affinity === 'Enabled') return 'on';
      if (affinity === 'Disabled') return 'off';
      return unknown(gateway, 'backend_http_settings.cookie_based_affinity', `is ${JSON.stringify(affinity)}`);
    }),
    'backend HTTP settings differ',
  );
}

function gatewayPreservesHost(gateways: readonly TerraformResource[], document: TerraformDocument): Known<boolean> {
  return agreed(
    httpSettings(gateways).map(([gateway, block]): Known<boolean> => {
      const pick = booleanOf({ ...gateway, body: block }, 'pick_host_name_from_backend_address', document, false);
      return isUnknown(pick) ? pick : !pick && (block.host_name === undefined || block.host_name === null);
    }),
    'the host is preserved by some backend HTTP settings only',
  );
}

/** @param group the first of the groups that lead to the app; azurerm's defaults where an argument is left out */
function readFrontDoorProbe(group: TerraformResource | undefined, document: TerraformDocument): FrontDoorProbe | null {
  if (!group || blocks(group.body.health_probe, `${group.address}.health_probe`).length === 0) return null;
  return {
    path: textOf(group, 'health_probe.path', document, '/'),
    protocol: textOf(group, 'health_probe.protocol', document, 'Http'),
    intervalSeconds: numberOf(group, 'health_probe.interval_in_seconds', document, 100),
    sampleSize: numberOf(group, 'load_balancing.sample_size', document, 4),
    successfulSamplesRequired: numberOf(group, 'load_balancing.successful_samples_required', document, 3),
  };
}

/** The custom probe of the first gateway; its arguments are all required but the path. */
function readGatewayProbe([gateway]: readonly TerraformResource[], document: TerraformDocument): GatewayProbe | null {
  if (!gateway) return null;
  const [probe] = blocks(gateway.body.probe, `${gateway.address}.probe`);
  if (!probe) return null;
  const inProbe = { ...gateway, address: `${gateway.address}.probe`, body: probe };
  const number = (argument: string): Known<number> => {
    const value = numberOf(inProbe, argument, document, null);
    return value === null ? unknown(inProbe, argument, 'is not there') : value;
  };
  return {
    path: textOf(inProbe, 'path', document, '/'),
    protocol: textOf(inProbe, 'protocol', document, 'Http'),
    intervalSeconds: number('interval'),
    timeoutSeconds: number('timeout'),
    unhealthyThreshold: number('unhealthy_threshold'),
  };
}
