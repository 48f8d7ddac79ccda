import type { Deployment } from '../../architecture/deployment';
import type { TrafficManager, TrafficManagerEndpoint } from '../../architecture/entryLayers';
import { isUnknown } from '../../architecture/known';
import { type Answer, cannotTell, compliant, finding, notApplicable, type Rule, whenKnown } from './rule';

export const trafficManagerEndpoints: Rule = {
  id: 'traffic-manager-endpoints',
  title: 'Give Traffic Manager endpoints that Azure takes and that its probe can reach',
  severity: 'error',
  pillar: 'reliability',
  why: 'A profile takes one app of each region, on Standard or above; its probe of a gateway asks for an address, not for the host of a listener.',
  source: 'https://learn.microsoft.com/azure/app-service/web-sites-traffic-manager',
  check: (deployment) => {
    const answers = deployment.trafficManagers.flatMap((profile) =>
      profile.endpoints.map((endpoint) => judge(endpoint, profile, deployment)),
    );
    return answers.length > 0 ? answers : [notApplicable('there is no Traffic Manager')];
  },
};

function judge(endpoint: TrafficManagerEndpoint, profile: TrafficManager, deployment: Deployment): Answer {
  const { address, kind, gateways } = endpoint;
  if (kind === 'app') return judgeApp(endpoint, profile, deployment);
  const behind = deployment.gateways.filter((one) => gateways.includes(one.address));
  const listeners = behind.map((gateway) => gateway.listeners);
  return whenKnown(address, [endpoint.probeHost, profile.probe.protocol, ...listeners], (host, protocol) => {
    const asked = listeners
      .flatMap((list) => (isUnknown(list) ? [] : list))
      .filter((one) => isUnknown(one.protocol) || one.protocol.toLowerCase() === protocol.toLowerCase());
    const named = asked.length > 0 && asked.every(({ hosts }) => !isUnknown(hosts) && hosts.length > 0);
    return host === null && named
      ? finding(
          address,
          `Every listener of ${behind[0]?.address} that the probe could reach answers only its own host names, and it asks for the address: the endpoint counts as degraded.`,
          'Add `custom_header { name = "host" value = <a host of the listener> }` to the endpoint, or a listener without a host name.',
        )
      : compliant(address);
  });
}

/** @see https://learn.microsoft.com/azure/traffic-manager/traffic-manager-endpoint-types */
function judgeApp(
  { address, apps, open }: TrafficManagerEndpoint,
  profile: TrafficManager,
  { regions }: Deployment,
): Answer {
  if (open) return cannotTell(address, open);
  const own = regions.find(({ app }) => apps.includes(app.address));
  if (!own) return compliant(address);
  return whenKnown(address, [own.app.plan.skuName], (sku) => {
    if (/^(F1|D1|B[123]|FREE|SHARED)$/i.test(sku))
      return finding(
        address,
        `The app runs on ${sku}, and Traffic Manager takes apps on Standard or above only.`,
        'Choose a Standard or Premium plan.',
      );
    const beside = profile.endpoints.find(
      (other) =>
        other.kind === 'app' &&
        other.open === null &&
        other.address !== address &&
        regions.some(
          ({ app, location }) => other.apps.includes(app.address) && location === own.location && !isUnknown(location),
        ),
    );
    return beside
      ? finding(
          address,
          `${beside.address} leads to an app in the same region: a profile takes one app of each region, so the apply fails.`,
          'Put the second app in another region, or add it as an external endpoint by its host name.',
        )
      : compliant(address);
  });
}
