import type { EntryKind } from './deployment';
import type {
  AffinityState,
  EntryLayers,
  FrontDoorProbeSettings,
  GatewayProbeSettings,
  OriginGroup,
} from './entryLayers';
import { agreed, everyKnown, firstReason, isUnknown, type Known, type Unknown } from './known';
import { layersInFront } from './layersInFront';

/** What a client reaches first, and what the layers in front do together. */
export interface Entry {
  readonly kind: Known<EntryKind>;
  readonly hostPreserved: Known<boolean>;
  readonly applicationGatewayAffinity: Known<AffinityState>;
  readonly frontDoorAffinity: Known<AffinityState>;
  readonly latencyWindowMs: Known<number> | null;
  readonly frontDoorProbe: FrontDoorProbeSettings | null;
  readonly gatewayProbe: GatewayProbeSettings | null;
  /** Whether a Front Door leads to an app, or may do so. */
  readonly behindFrontDoor: boolean;
}

/**
 * @param notRead why a layer that is not read may be in front; null: there is none
 * @param elsewhere what may declare more layers
 */
export function entryOf(layers: EntryLayers, notRead: Unknown | null, elsewhere: readonly string[]): Entry {
  const [other] = elsewhere;
  const { gateways, frontDoors } = layersInFront(layers);
  const origins = layers.frontDoors.flatMap((one) => one.origins);
  const leading = origins.filter(({ apps }) => apps.length > 0);
  const openOrigin = firstReason(origins.map(({ open }) => open));
  const behindFrontDoor = leading.length > 0 || openOrigin !== null;
  const groups = frontDoors.flatMap((one) => one.groups);
  const kind = notRead ?? entryKind();
  const unsure = isUnknown(kind) ? kind : null;
  const unlessElsewhere = (state: Known<AffinityState>): Known<AffinityState> =>
    state === 'absent' && other !== undefined ? { unknown: `${other} may declare this layer` } : state;

  return {
    kind,
    hostPreserved: unsure ?? hostPreserved(),
    applicationGatewayAffinity: unlessElsewhere(
      gateways.length > 0
        ? agreed(
            gateways.map(({ affinity }) => affinity),
            'backend HTTP settings differ',
          )
        : (unsure ?? 'absent'),
    ),
    frontDoorAffinity: unlessElsewhere(
      behindFrontDoor ? (unsure ?? ofGroups(({ affinity }) => affinity)) : (notRead ?? 'absent'),
    ),
    latencyWindowMs: behindFrontDoor ? (unsure ?? ofGroups((group) => group.latencyWindowMs)) : null,
    frontDoorProbe: frontDoorProbe(groups),
    gatewayProbe: gatewayProbe(gateways),
    behindFrontDoor,
  };

  function entryKind(): Known<EntryKind> {
    if (leading.length > 0) return switched(leading) ?? 'front-door';
    if (openOrigin) return openOrigin;
    if (other !== undefined) return { unknown: `${other} may declare a layer in front` };
    if (gateways.length > 0) return switched(gateways) ?? 'application-gateway';
    return firstReason(layers.gateways.map(({ open }) => open)) ?? 'app-service';
  }

  function ofGroups<T>(read: (group: OriginGroup) => Known<T>): Known<T> {
    return groups.length > 0
      ? agreed(groups.map(read), 'origin groups differ')
      : { unknown: 'the origin group of Front Door is not in this document' };
  }

  /** One layer that overrides it is enough. @see https://learn.microsoft.com/azure/frontdoor/origin */
  function hostPreserved(): Known<boolean> {
    const layer = (all: readonly { readonly hostPreserved: Known<boolean> }[], what: string) =>
      all.length === 0
        ? []
        : [
            agreed(
              all.map((one) => one.hostPreserved),
              `the host is preserved by some ${what} only`,
            ),
          ];
    const both = [...layer(leading, 'origins'), ...layer(gateways, 'gateways')];
    return both.includes(false) ? false : (both.find(isUnknown) ?? true);
  }
}

/** Why it is unknown whether a layer exists at all: each block of it has a `count` that decides. */
function switched(layers: readonly { readonly conditional: Unknown | null }[]): Unknown | null {
  const reasons = layers.map(({ conditional }) => conditional);
  return reasons.every((reason) => reason !== null) ? firstReason(reasons) : null;
}

function frontDoorProbe(groups: readonly OriginGroup[]): FrontDoorProbeSettings | null {
  const probes = everyKnown(
    groups.map(({ probe }) => probe),
    (probe) => probe,
  );
  if (isUnknown(probes)) return { ...unknownProbe(probes), sampleSize: probes, successfulSamplesRequired: probes };
  const probed = probes.filter((probe) => probe !== null);
  const each = eachOf(probed, 'origin groups differ');
  return probed.length === 0
    ? null
    : {
        path: each((probe) => probe.path),
        protocol: each((probe) => probe.protocol),
        intervalSeconds: each((probe) => probe.intervalSeconds),
        sampleSize: each((probe) => probe.sampleSize),
        successfulSamplesRequired: each((probe) => probe.successfulSamplesRequired),
      };
}

function gatewayProbe(gateways: EntryLayers['gateways']): GatewayProbeSettings | null {
  const perGateway = everyKnown(
    gateways.map(({ probes }) => probes),
    (probes) => probes,
  );
  if (isUnknown(perGateway))
    return { ...unknownProbe(perGateway), timeoutSeconds: perGateway, unhealthyThreshold: perGateway };
  const probes = perGateway.flat();
  const each = eachOf(probes, 'probes differ');
  return probes.length === 0
    ? null
    : {
        path: each((probe) => probe.path),
        protocol: each((probe) => probe.protocol),
        intervalSeconds: each((probe) => probe.intervalSeconds),
        timeoutSeconds: each((probe) => probe.timeoutSeconds),
        unhealthyThreshold: each((probe) => probe.unhealthyThreshold),
      };
}

const eachOf =
  <P>(probes: readonly P[], otherwise: string) =>
  <T>(read: (probe: P) => Known<T>): Known<T> =>
    agreed(probes.map(read), otherwise);

const unknownProbe = (why: Unknown) => ({ path: why, protocol: why, intervalSeconds: why });
