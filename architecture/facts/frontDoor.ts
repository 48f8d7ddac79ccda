import { booleanOf, innerBlocks, numberOf, states, textOf, textsOf, unknown } from '../arguments';
import type { FrontDoorFacts, OriginFacts, OriginGroupFacts, ProbeFacts, RouteFacts } from '../deployment';
import type { Entry } from '../entry';
import { groupsOf } from '../leads';
import { isUnknown, type Known } from '../model';
import { mentioned, type TerraformDocument, type TerraformResource } from '../terraform';
import { firewall } from './firewall';
import { addressesIn, mapKnown, ofType, product, settled, textsInside } from './reading';

/** Front Door Standard or Premium, as far as it leads to the apps. */
export function readFrontDoor({ origins, ways: { document } }: Entry): FrontDoorFacts | null {
  const leading = [...(origins ?? [])].filter(([, { apps }]) => apps.length > 0);
  const [first] = leading;
  if (!first) return null;
  const groups = groupsOf(
    leading.map(([origin]) => origin),
    document,
  );
  const profile = groups.flatMap(({ body }) => mentioned(body.cdn_frontdoor_profile_id, document))[0];
  const routes = ofType(document, 'azurerm_cdn_frontdoor_route').filter(({ body }) =>
    mentioned(body.cdn_frontdoor_origin_group_id, document).some((one) => groups.includes(one)),
  );
  const notHere = { unknown: 'the profile of Front Door is not in this document' };
  return {
    open: profile ? null : notHere,
    address: profile?.address ?? groups[0]?.address ?? first[0].address,
    skuName: profile ? settled(textOf(profile, 'sku_name', document, null), profile, 'sku_name') : notHere,
    groups: groups.map((group) => originGroup(group, document)),
    origins: leading.flatMap(([origin, { apps, open }]) =>
      open ? [] : apps.map(({ address }) => originOf(origin, address, document)),
    ),
    routes: routes.map((route) => routeOf(route, document)),
    firewalls: policiesOf(profile, document).map((policy) => firewall(policy, 'enabled', 'mode', document)),
  };
}

/** Policies that guard this profile, or one that cannot be told. */
function policiesOf(profile: TerraformResource | undefined, document: TerraformDocument): TerraformResource[] {
  const guards = ofType(document, 'azurerm_cdn_frontdoor_security_policy').filter(({ body }) => {
    const profiles = mentioned(body.cdn_frontdoor_profile_id, document);
    return profile === undefined || profiles.length === 0 || profiles.includes(profile);
  });
  const guarded = guards.flatMap(({ body }) => mentioned(textsInside(body.security_policies), document));
  return [...new Set(guarded)].filter(({ type }) => type === 'azurerm_cdn_frontdoor_firewall_policy');
}

function originOf(origin: TerraformResource, app: string, document: TerraformDocument): OriginFacts {
  const link = innerBlocks(origin, 'private_link');
  return {
    address: origin.address,
    group: addressesIn(origin.body.cdn_frontdoor_origin_group_id, document)[0] ?? '',
    enabled: booleanOf(origin, 'enabled', document, true),
    app,
    hostHeaderOf: hostHeaderOf(origin, document),
    privateLink: isUnknown(link) || link.length > 0,
  };
}

function hostHeaderOf(origin: TerraformResource, document: TerraformDocument): Known<string | null> {
  const header = textOf(origin, 'origin_host_header', document, null);
  if (header === null) return null;
  const [named] = addressesIn(origin.body.origin_host_header, document);
  return (
    named ?? (isUnknown(header) ? header : unknown(origin, 'origin_host_header', 'names no web app of this document'))
  );
}

function routeOf(route: TerraformResource, document: TerraformDocument): RouteFacts {
  const [endpoint] = mentioned(route.body.cdn_frontdoor_endpoint_id, document);
  const enabled = [route, ...(endpoint ? [endpoint] : [])].map((one) => booleanOf(one, 'enabled', document, true));
  return {
    address: route.address,
    enabled: enabled.includes(false) ? false : (enabled.find(isUnknown) ?? true),
    groups: addressesIn(route.body.cdn_frontdoor_origin_group_id, document),
    acceptsHttp: mapKnown(textsOf(route, 'supported_protocols', document), (protocols) => protocols.includes('Http')),
    redirectsToHttps: booleanOf(route, 'https_redirect_enabled', document, true),
    forwarding: textOf(route, 'forwarding_protocol', document, 'MatchRequest'),
  };
}

function originGroup(group: TerraformResource, document: TerraformDocument): OriginGroupFacts {
  return {
    address: group.address,
    affinityStated: states(group, 'session_affinity_enabled'),
    probe: mapKnown(innerBlocks(group, 'health_probe'), ([probe]) => (probe ? probeOf(probe, group, document) : null)),
  };
}

function probeOf(probe: TerraformResource, group: TerraformResource, document: TerraformDocument): ProbeFacts {
  const samples = numberOf(group, 'load_balancing.sample_size', document, 4);
  const needed = numberOf(group, 'load_balancing.successful_samples_required', document, 3);
  const misses: Known<number> = isUnknown(samples) ? samples : mapKnown(needed, (least) => samples - least + 1);
  return {
    address: probe.address,
    protocol: settled(textOf(probe, 'protocol', document, null), probe, 'protocol'),
    path: textOf(probe, 'path', document, '/'),
    host: null,
    hostFromSettings: true,
    // Only 200 is healthy. @see https://learn.microsoft.com/azure/frontdoor/health-probes
    statusCodes: ['200'],
    detectionSeconds: product(numberOf(probe, 'interval_in_seconds', document, 100), misses),
  };
}
