import type { Deployment } from '../../architecture/deployment';
import { isUnknown, type Known } from '../../architecture/known';
import { layersInFront } from '../../architecture/layersInFront';
import { remembersNothing, type StateEntry, unsettled } from './entry';

const sources = {
  frontDoor: 'https://learn.microsoft.com/azure/frontdoor/routing-methods',
  waf: 'https://learn.microsoft.com/azure/web-application-firewall/overview',
  gateway: 'https://learn.microsoft.com/azure/application-gateway/configuration-http-settings',
  network: 'https://learn.microsoft.com/azure/virtual-network/virtual-networks-overview',
  filter: 'https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview',
  restrictions: 'https://learn.microsoft.com/azure/app-service/app-service-ip-restrictions',
  trafficManager: 'https://learn.microsoft.com/azure/traffic-manager/traffic-manager-how-it-works',
};

/** What is between the client and App Service. */
export function frontLayers(deployment: Deployment): StateEntry[] {
  const { affinity, network, regions } = deployment;
  const { gateways, frontDoors, trafficManagers } = layersInFront(deployment);
  const entries: StateEntry[] = [];
  if (trafficManagers.length > 0)
    entries.push({
      ...remembersNothing('Traffic Manager', sources.trafficManager),
      keeps: 'nothing: it answers DNS queries, and the resolver of the client keeps the answer',
    });
  if (frontDoors.length > 0) {
    entries.push(
      cookieLayer('Front Door', affinity.frontDoor, {
        keeps: 'a cookie (ASLBSA) that names an origin, that is a region',
        where: "the client's browser; Front Door keeps no table",
        lostWith:
          'the origin it names: the client is sent to another one, and data that only that region had is not there',
        source: sources.frontDoor,
      }),
    );
    if (frontDoors.some(({ firewalls }) => firewalls.length > 0))
      entries.push(remembersNothing('Front Door WAF', sources.waf));
  }
  if (gateways.length > 0) {
    const single = gateways.every(({ backends }) => backends === 1);
    entries.push(
      cookieLayer('Application Gateway', affinity.applicationGateway, {
        keeps: `a cookie (ApplicationGatewayAffinity) that names a backend${single ? '; there is one backend only, so it keeps nobody on an instance' : ''}`,
        where: "the client's browser; the gateway keeps no table",
        lostWith: 'the backend it names: the next request gets another one and a new cookie',
        source: sources.gateway,
      }),
    );
    if (gateways.some(({ firewall }) => firewall))
      entries.push(remembersNothing('Application Gateway WAF', sources.waf));
  }
  if (network.subnets.length > 0)
    entries.push({
      ...remembersNothing('virtual network forwarding', sources.network, 'nothing to lose: packets take another route'),
      keeps: 'nothing about a client: each packet by its addresses',
    });
  if (network.filteredSubnets.length > 0)
    entries.push({
      component: 'network security groups',
      keeps: 'a record of each open flow, so that replies need no rule',
      where: "Azure's network, at the host of each interface",
      howLong: 'as long as the connection lives',
      lostWith: 'the connection: clients connect again and lose nothing of their session',
      kind: 'stateful',
      source: sources.filter,
    });
  const restricted = regions.some(({ app: { restrictions } }) => !isUnknown(restrictions) && restrictions.length > 0);
  if (restricted) entries.push(remembersNothing('access restrictions of the app', sources.restrictions));
  return entries;
}

interface CookieWords {
  readonly keeps: string;
  readonly where: string;
  readonly lostWith: string;
  readonly source: string;
}

/** A layer that is stateless until its affinity is turned on; then only the client keeps something. */
export function cookieLayer(component: string, state: Known<string>, words: CookieWords): StateEntry {
  if (isUnknown(state)) return unsettled(component, state, words.source);
  if (state !== 'on') return remembersNothing(component, words.source);
  return { component, ...words, howLong: 'until the browser is closed', kind: 'stateless with a cookie' };
}
