import { layersInFront } from '../../architecture/layersInFront';
import { compliant, eachOr, eachService, finding, notApplicable, type Rule, whenKnown } from './rule';

export const affinityBehindOverriddenHost: Rule = {
  id: 'affinity-behind-overridden-host',
  title: 'Preserve the host name in front of an app with affinity',
  severity: 'error',
  pillar: 'reliability',
  why: "The affinity cookie's domain is the host that App Service saw: a browser that typed another drops it, silently.",
  source: 'https://learn.microsoft.com/azure/architecture/best-practices/host-name-preservation',
  check: (whole) =>
    eachService(whole, (deployment) => {
      const { regions, entry, hostPreserved } = deployment;
      const { frontDoors, gateways } = layersInFront(deployment);
      return eachOr(
        regions.map(({ app }) => app),
        'there is no app',
        ({ address, affinity, affinityProxied }) =>
          whenKnown(address, [affinity, affinityProxied], (state, proxied) => {
            if (state !== 'on') return notApplicable(`${address} has no affinity to break`);
            if (entry === 'app-service') return notApplicable('nothing in front of the app could override its host');
            if (proxied) return compliant(address);
            const layer = frontDoors[0]?.address ?? gateways[0]?.address ?? address;
            return whenKnown(layer, [entry, hostPreserved], (_, preserved) =>
              preserved
                ? compliant(address)
                : finding(
                    layer,
                    `The host name is overridden on the way to ${address}, so browsers reject its affinity cookie and every request may reach another instance.`,
                    'Bind the public host name to the app and pass it on: no `origin_host_header`, no `host_name` or `pick_host_name_from_backend_address`. Where that is not possible, `clientAffinityProxyEnabled` (azapi) takes the domain of the cookie from the host that the entry forwards.',
                  ),
            );
          }),
      );
    }),
};
