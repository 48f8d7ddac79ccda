import { hostLayers } from '../hostLayers';
import { compliant, eachOr, eachService, finding, type Rule, whenKnown } from './rule';

export const hostOverridden: Rule = {
  id: 'host-overridden',
  title: 'Pass the host name that the client typed on to the app',
  severity: 'warning',
  pillar: 'reliability',
  why: 'An app builds its absolute redirects and the domain of its cookies from the host that it sees.',
  source: 'https://learn.microsoft.com/azure/architecture/best-practices/host-name-preservation',
  check: (whole) =>
    eachService(whole, (deployment) =>
      eachOr(
        deployment.regions.flatMap(({ app }) => hostLayers(deployment, app)),
        'nothing in front of the app could override its host',
        ({ layer, preserved, gateway }) =>
          whenKnown(layer, [preserved, gateway?.rewrites ?? null], (kept, rewrites) =>
            kept || rewrites?.response.includes('location')
              ? compliant(layer)
              : finding(
                  layer,
                  'The app sees another host name than the client typed: its redirects and cookies name that one, and lead clients around the entry.',
                  'Bind the public host name to the app and pass it on: no `origin_host_header`, no `host_name` or `pick_host_name_from_backend_address`.',
                ),
          ),
      ),
    ),
};
