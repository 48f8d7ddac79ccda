import type { Deployment } from '../../architecture/deployment';
import { layersInFront } from '../../architecture/layersInFront';
import { compliant, eachOr, finding, type Rule, whenKnown } from './rule';

export const foreignOriginHost: Rule = {
  id: 'foreign-origin-host',
  title: 'Send each region its own host name',
  severity: 'error',
  pillar: 'reliability',
  why: 'App Service routes by host name: a secondary that gets the host name of the primary answers 404 when it is needed.',
  source: 'https://learn.microsoft.com/azure/frontdoor/origin',
  check: (deployment) =>
    eachOr(originsToApps(deployment), 'there is no Front Door', ({ address, app, hostHeaderOf }) =>
      whenKnown(address, [hostHeaderOf], (of) =>
        of === null || of === app || !deployment.regions.some((region) => region.app.address === of)
          ? compliant(address)
          : finding(
              address,
              `The origin leads to ${app} and sends it the host name of ${of}.`,
              'Leave `origin_host_header` out, so that the host name that the client typed is passed on, and bind that host to both apps.',
            ),
      ),
    ),
};

const originsToApps = (deployment: Deployment) =>
  layersInFront(deployment).frontDoors.flatMap(({ origins }) =>
    origins.flatMap((origin) => origin.apps.map((app) => ({ ...origin, app }))),
  );
