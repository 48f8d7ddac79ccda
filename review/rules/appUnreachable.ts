import type { Deployment, Region, WebApp } from '../../architecture/deployment';
import type { ApplicationGateway, FrontDoor, Origin, Route } from '../../architecture/entryLayers';
import { isUnknown, type Known } from '../../architecture/known';
import { layersInFront } from '../../architecture/layersInFront';
import { type Admission, admission } from '../reach/admission';
import { fromFrontDoor, fromGateway, mayBeClients } from '../reach/callers';
import { type Answer, cannotTell, compliant, eachService, finding, notApplicable, type Rule, whenKnown } from './rule';

export const appUnreachable: Rule = {
  id: 'app-unreachable',
  title: 'Let the entry reach the app',
  severity: 'error',
  pillar: 'reliability',
  why: 'App Service answers 403 to whatever its access restrictions refuse, the entry included, and then no client is served.',
  source: 'https://learn.microsoft.com/azure/app-service/overview-access-restrictions',
  check: (whole) =>
    eachService(whole, (deployment) => {
      const { frontDoors, gateways, trafficManagers } = layersInFront(deployment);
      const answers = deployment.regions.flatMap(({ app }: Region): Answer[] => [
        ...frontDoors.flatMap((door) =>
          door.origins
            .filter(({ direct }) => direct.includes(app.address))
            .map((origin) => byFrontDoor(app, origin, door)),
        ),
        ...trafficManagers.flatMap(({ address, endpoints }) =>
          endpoints.filter(({ direct }) => direct.includes(app.address)).map(() => byName(app, address)),
        ),
        ...gateways.filter(({ apps }) => apps.includes(app.address)).map((one) => byGateway(app, one, deployment)),
      ]);
      if (answers.length > 0) return answers;
      return deployment.entry === 'app-service'
        ? deployment.regions.map(({ app }) => ownEntry(app))
        : [notApplicable('no layer in front leads to an app')];
    }),
};

/** Traffic Manager answers with the address of the app, to which clients then connect by themselves. */
const byName = ({ address, publicAccess, openByDefault, restrictions }: WebApp, profile: string): Answer =>
  whenKnown(address, [publicAccess], (open) => {
    if (!open)
      return finding(
        address,
        `${profile} sends clients to the app itself, which takes no public traffic: every client gets 403.`,
        'Allow public access, or put Front Door or a gateway in front and let Traffic Manager lead there.',
      );
    return whenKnown(address, [openByDefault, restrictions], (byDefault, all) =>
      // A list without a rule says nothing of whom the author means.
      byDefault || all.length === 0 || all.some(mayBeClients)
        ? compliant(address)
        : finding(
            address,
            `${profile} sends clients to the app itself, whose access restrictions allow services of Azure and subnets only: probes may succeed, and every client gets 403.`,
            'Allow the addresses of clients too, or put Front Door or a gateway in front and let Traffic Manager lead there.',
          ),
    );
  });

/** In an environment of its own an app has an address in the network. */
const inEnvironment = /^I\d/i;

function ownEntry({ address, publicAccess, hasPrivateEndpoint, plan }: WebApp): Answer {
  return whenKnown(address, [publicAccess], (open) => {
    if (open || hasPrivateEndpoint) return compliant(address);
    return whenKnown(address, [plan.skuName], (sku) =>
      inEnvironment.test(sku)
        ? compliant(address)
        : finding(
            address,
            'The app takes no public traffic and has no private endpoint: nobody reaches it.',
            'Add an `azurerm_private_endpoint` to it, or allow public access to the clients that it is for.',
          ),
    );
  });
}

function byFrontDoor(app: WebApp, origin: Origin, door: FrontDoor): Answer {
  const answer = connectsFrom(app, origin, door);
  const route = unknownHost(origin, door);
  return answer.kind === 'compliant' && route
    ? finding(
        origin.address,
        `The origin passes on the host name that clients type, and ${route.address} has no custom domain: that is the endpoint's own name in azurefd.net, for which App Service answers 404.`,
        "Set `origin_host_header` to the app's own host name, or give the route a custom domain that is bound to the app.",
      )
    : answer;
}

function connectsFrom(app: WebApp, origin: Origin, door: FrontDoor): Answer {
  const { address, privateLink } = origin;
  if (privateLink)
    return whenKnown(address, [door.skuName], (sku) =>
      sku.startsWith('Premium')
        ? byPrivateLink(app, origin)
        : finding(
            address,
            `The origin asks for Private Link, which ${sku} does not have.`,
            'Set `sku_name = "Premium_AzureFrontDoor"` at the profile.',
          ),
    );
  return whenKnown(app.address, [app.publicAccess], (open) =>
    open
      ? judge(app, admission(app, fromFrontDoor(door)), door.address)
      : finding(
          app.address,
          `The app takes no public traffic, and ${address} has no Private Link to it: ${door.address} gets 403 for every request.`,
          'Add a `private_link` block to the origin (Front Door Premium) and approve its connection, or allow public access to your profile alone.',
        ),
  );
}

/**
 * The route by which an origin gets only a host name that no app can have.
 *
 * @see https://learn.microsoft.com/azure/frontdoor/origin#origin-host-header
 */
function unknownHost({ hostHeaderOf, group }: Origin, { routes }: FrontDoor): Route | null {
  const own = routes.filter((route) => route.groups.includes(group) && route.enabled !== false);
  return hostHeaderOf === null && own.every(({ defaultHostOnly }) => defaultHostOnly) ? (own[0] ?? null) : null;
}

/** @see https://learn.microsoft.com/azure/frontdoor/private-link */
function byPrivateLink(app: WebApp, { address, linkTarget, linkPart }: Origin): Answer {
  if (linkTarget !== null && linkTarget !== app.address)
    return finding(
      address,
      `The origin sends the host name of ${app.address} over a Private Link to ${linkTarget}: that one answers 404 for a host that is not its own.`,
      'Let `private_link_target_id` and `host_name` name the same app.',
    );
  return whenKnown(address, [linkPart], (part) =>
    part === null || /^sites(-|$)/i.test(part)
      ? compliant(address)
      : finding(
          address,
          `The Private Link asks for ${/^[a-z_]{1,30}$/i.test(part) ? part : 'another part'}, which an app does not have: the apply fails.`,
          'Set `target_type = "sites"` in `private_link`.',
        ),
  );
}

function byGateway(app: WebApp, gateway: ApplicationGateway, deployment: Deployment): Answer {
  const { privateName, address, publicAccess } = app;
  if (privateName !== null && (gateway.namesEndpoint || privateName === true)) return compliant(address);
  if (isUnknown(publicAccess)) return cannotTell(address, publicAccess);
  const admitted = publicAccess ? admission(app, fromGateway(gateway, deployment)) : null;
  if (admitted !== null && !isUnknown(admitted) && admitted.allowed) return compliant(address);
  if (isUnknown(privateName)) return cannotTell(address, privateName);
  if (admitted) return judge(app, admitted, gateway.address);
  return finding(
    address,
    `The app takes no public traffic, and ${privateName === null ? 'it has no private endpoint' : 'the DNS zone of its private endpoint is linked to no virtual network'}: ${gateway.address} cannot reach it.`,
    privateName === null
      ? 'Add an `azurerm_private_endpoint` with a `private_dns_zone_group`, in a network that the gateway reaches.'
      : "Link the zone privatelink.azurewebsites.net to the gateway's network with an `azurerm_private_dns_zone_virtual_network_link`.",
  );
}

const judge = ({ address }: WebApp, admitted: Known<Admission>, layer: string): Answer =>
  whenKnown(address, [admitted], ({ allowed, by }) =>
    allowed
      ? compliant(address)
      : finding(
          address,
          `The access restrictions refuse what ${layer} sends: ${by ? `${by.name || 'one without a name'} denies it first` : 'none allows it, and the default action denies'}. Every client gets 403.`,
          'Allow the entry before any rule that denies it: for Front Door the service tag AzureFrontDoor.Backend with the id of this profile and no `x_fd_health_probe`, for a gateway its subnet with the service endpoint Microsoft.Web.',
        ),
  );
