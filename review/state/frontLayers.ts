import type { Deployment } from '../../architecture/deployment';
import { isUnknown, type Known } from '../../architecture/model';
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

/** What stands between the client and App Service. */
export function frontLayers({ facts, affinity }: Deployment): StateEntry[] {
  const entries: StateEntry[] = [];
  if (facts.trafficManagers.length > 0)
    entries.push({
      ...remembersNothing('Traffic Manager', sources.trafficManager),
      keeps: 'nothing: it answers names, and the answer is kept by the resolver of the client',
    });
  if (facts.frontDoor) {
    entries.push(
      cookieLayer('Front Door', affinity.frontDoor, {
        keeps: 'a cookie (ASLBSA) that names an origin, that is a region',
        where: "the client's browser; Front Door keeps no table",
        lostWith: 'the origin it names: the client is sent to another one, and what only that region knew stays behind',
        source: sources.frontDoor,
      }),
    );
    if (facts.frontDoor.firewalls.length > 0) entries.push(remembersNothing('Front Door WAF', sources.waf));
  }
  if (facts.gateways.length > 0) {
    const single = facts.gateways.every(({ backends }) => backends === 1);
    entries.push(
      cookieLayer('Application Gateway', affinity.applicationGateway, {
        keeps: `a cookie (ApplicationGatewayAffinity) that names a backend${single ? '; there is one backend only, so it pins nobody to an instance' : ''}`,
        where: "the client's browser; the gateway keeps no table",
        lostWith: 'the backend it names: the next request gets another one and a new cookie',
        source: sources.gateway,
      }),
    );
    if (facts.gateways.some(({ firewall }) => firewall))
      entries.push(remembersNothing('Application Gateway WAF', sources.waf));
  }
  if (facts.network.subnets.length > 0)
    entries.push({
      ...remembersNothing('virtual network forwarding', sources.network, 'nothing to lose: packets take another way'),
      keeps: 'nothing about a client: each packet by its addresses',
    });
  if (facts.network.filteredSubnets.length > 0)
    entries.push({
      component: 'network security groups',
      keeps: 'a record of each open flow, so that answers pass without a rule of their own',
      where: "Azure's network, at the host of each interface",
      howLong: 'as long as the connection lives',
      lostWith: 'the connection: clients connect again and lose nothing of their session',
      kind: 'stateful',
      source: sources.filter,
    });
  const restricted = facts.apps.some(({ restrictions }) => !isUnknown(restrictions) && restrictions.length > 0);
  if (restricted) entries.push(remembersNothing('access restrictions of the app', sources.restrictions));
  return entries;
}

interface CookieWords {
  readonly keeps: string;
  readonly where: string;
  readonly lostWith: string;
  readonly source: string;
}

/** A layer that is stateless until its affinity is turned on; then its only memory is at the client. */
export function cookieLayer(component: string, state: Known<string>, words: CookieWords): StateEntry {
  if (isUnknown(state)) return unsettled(component, state, words.source);
  if (state !== 'on') return remembersNothing(component, words.source);
  return { component, ...words, howLong: 'until the browser is closed', kind: 'stateless with a cookie' };
}
