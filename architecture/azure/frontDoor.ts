import type { FrontDoor, Origin, Route } from '../entryLayers';
import { isUnknown, type Known, mapKnown } from '../known';
import { booleanOf, innerBlocks, numberOf, requiredText, stringsOf, textOf, unknown } from '../terraform/arguments';
import { ofType, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { addressesIn, mentioned, valuesInside } from '../terraform/references';
import { originDefaults, routeDefaults } from './defaults';
import { destinationOf, type Targets } from './destinations';
import { readFirewall } from './firewall';
import { isTypedHost } from './hostNames';
import { readOriginGroup } from './originGroup';

type Profile = TerraformResource | undefined;

/** The Front Doors (Standard and Premium) of a document, and one more for what is attached to a profile elsewhere. */
export function readFrontDoors(targets: Targets): FrontDoor[] {
  const { document } = targets;
  const profiles = ofType(document, 'azurerm_cdn_frontdoor_profile');
  const groups = ofType(document, 'azurerm_cdn_frontdoor_origin_group').map((group) => ({
    group,
    profile: mentioned(group.body.cdn_frontdoor_profile_id, document)[0],
  }));
  const origins = ofType(document, 'azurerm_cdn_frontdoor_origin').map((origin) => {
    const [group] = mentioned(origin.body.cdn_frontdoor_origin_group_id, document);
    return { origin, profile: groups.find((one) => one.group === group)?.profile };
  });
  const owners = new Set<Profile>([
    ...profiles,
    ...groups.map(({ profile }) => profile),
    ...origins.map(({ profile }) => profile),
  ]);
  return [...owners].map((profile) => {
    const own = groups.filter((one) => one.profile === profile).map(({ group }) => group);
    const ownOrigins = origins.filter((one) => one.profile === profile).map(({ origin }) => origin);
    const notHere = { unknown: 'the profile of Front Door is not in this document' };
    return {
      address: profile?.address ?? own[0]?.address ?? ownOrigins[0]?.address ?? '',
      open: profile ? null : notHere,
      skuName: profile ? requiredText(profile, 'sku_name', document) : notHere,
      groups: own.map((group) => readOriginGroup(group, document)),
      origins: ownOrigins.map((origin) => readOrigin(origin, targets)),
      routes: ofType(document, 'azurerm_cdn_frontdoor_route')
        .filter(({ body }) => mentioned(body.cdn_frontdoor_origin_group_id, document).some((one) => own.includes(one)))
        .map((route) => readRoute(route, document)),
      firewalls: policiesOf(profile, document).map((policy) => readFirewall(policy, 'enabled', 'mode', document)),
    };
  });
}

/** Policies that protect this profile, or that may do so. */
function policiesOf(profile: Profile, document: TerraformDocument): TerraformResource[] {
  const guards = ofType(document, 'azurerm_cdn_frontdoor_security_policy').filter(({ body }) => {
    const profiles = mentioned(body.cdn_frontdoor_profile_id, document);
    return profile === undefined || profiles.length === 0 || profiles.includes(profile);
  });
  const guarded = guards.flatMap(({ body }) => mentioned(valuesInside(body.security_policies), document));
  return [...new Set(guarded)].filter(({ type }) => type === 'azurerm_cdn_frontdoor_firewall_policy');
}

function readOrigin(origin: TerraformResource, targets: Targets): Origin {
  const { document } = targets;
  const domains = ofType(document, 'azurerm_cdn_frontdoor_custom_domain');
  const link = innerBlocks(origin, 'private_link');
  return {
    ...destinationOf(origin, 'host_name', targets),
    address: origin.address,
    conditional: origin.conditional,
    group: addressesIn(origin.body.cdn_frontdoor_origin_group_id, document)[0] ?? '',
    enabled: booleanOf(origin, 'enabled', document, originDefaults.enabled),
    priority: numberOf(origin, 'priority', document, originDefaults.priority),
    weight: numberOf(origin, 'weight', document, originDefaults.weight),
    hostPreserved: isTypedHost(origin, 'origin_host_header', domains, targets),
    hostHeaderOf: hostHeaderOf(origin, targets),
    privateLink: isUnknown(link) || link.length > 0,
    ...linkOf(link, document),
    direct: destinationOf(origin, 'host_name', { ...targets, gateways: [] }).apps,
  };
}

function linkOf(
  link: Known<readonly TerraformResource[]>,
  document: TerraformDocument,
): Pick<Origin, 'linkTarget' | 'linkPart'> {
  const [block] = isUnknown(link) ? [] : link;
  if (!block) return { linkTarget: null, linkPart: isUnknown(link) ? link : null };
  return {
    linkTarget: addressesIn(block.body.private_link_target_id, document)[0] ?? null,
    linkPart: textOf(block, 'target_type', document, null),
  };
}

/** By a reference, or by a name that an app has by default or by a binding. */
function hostHeaderOf(origin: TerraformResource, targets: Targets): Known<string | null> {
  const { document } = targets;
  const argument = 'origin_host_header';
  const header = textOf(origin, argument, document, null);
  if (header === null) return null;
  const { apps, open } = destinationOf(origin, argument, { ...targets, gateways: [] });
  const [named] = open || apps.length !== 1 ? addressesIn(origin.body[argument], document) : apps;
  return named ?? (isUnknown(header) ? header : unknown(origin, argument, 'names no web app of this document'));
}

function readRoute(route: TerraformResource, document: TerraformDocument): Route {
  const [endpoint] = mentioned(route.body.cdn_frontdoor_endpoint_id, document);
  const enabled = [route, ...(endpoint ? [endpoint] : [])].map((one) =>
    booleanOf(one, 'enabled', document, routeDefaults.enabled),
  );
  return {
    address: route.address,
    enabled: enabled.includes(false) ? false : (enabled.find(isUnknown) ?? true),
    groups: addressesIn(route.body.cdn_frontdoor_origin_group_id, document),
    acceptsHttp: mapKnown(stringsOf(route, 'supported_protocols', document), (protocols) => protocols.includes('Http')),
    redirectsToHttps: booleanOf(route, 'https_redirect_enabled', document, routeDefaults.httpsRedirect),
    forwarding: textOf(route, 'forwarding_protocol', document, routeDefaults.forwarding),
    caches: [route.body.cache].flat().some((block) => block !== undefined && block !== null),
    defaultHostOnly: endpoint !== undefined && isDefaultHostOnly(route, document),
    patterns: stringsOf(route, 'patterns_to_match', document),
    hosts: domainsOf(route, document).map((domain) => requiredText(domain, 'host_name', document)),
  };
}

/** A domain is named by the route, or by an association of the domain. */
function isDefaultHostOnly(route: TerraformResource, document: TerraformDocument): boolean {
  const named = [route.body.cdn_frontdoor_custom_domain_ids].flat().filter((id) => id !== undefined && id !== null);
  return named.length === 0 && ofType(document, 'azurerm_cdn_frontdoor_custom_domain_association').length === 0;
}

const domainsOf = ({ body }: TerraformResource, document: TerraformDocument) =>
  mentioned(body.cdn_frontdoor_custom_domain_ids, document).filter(
    ({ type }) => type === 'azurerm_cdn_frontdoor_custom_domain',
  );
