import { gatewayProbeDefaults } from '../../architecture/azure/defaults';
import type { Deployment } from '../../architecture/deployment';
import type { TrafficManager } from '../../architecture/entryLayers';
import { layersInFront } from '../../architecture/layersInFront';
import { judgeProbe } from '../probeAnswer';
import { probesOf } from '../probes';
import { admission } from '../reach/admission';
import { fromTrafficManager } from '../reach/callers';
import { type Answer, compliant, eachService, finding, notApplicable, type Rule, whenKnown } from './rule';

export const probeCannotSucceed: Rule = {
  id: 'probe-cannot-succeed',
  title: 'Give every probe a request that a healthy app answers with success, and an unhealthy one does not',
  severity: 'error',
  pillar: 'reliability',
  why: 'Front Door counts only 200 as healthy; a redirect, a login or a wrong host fails every probe, or proves nothing.',
  source: 'https://learn.microsoft.com/azure/frontdoor/health-probes',
  check: (whole) => {
    const answers = eachService(whole, judged);
    return answers.length > 0 ? answers : [notApplicable('no layer in front of the app probes it')];
  },
};

function judged(deployment: Deployment): readonly Answer[] {
  const unprobed = layersInFront(deployment).gateways.map(({ address, unprobedSettings }) =>
    whenKnown(address, [unprobedSettings], (settings) =>
      settings.length === 0
        ? compliant(address)
        : finding(
            address,
            `Backend HTTP settings name no probe: the default one asks for ${gatewayProbeDefaults.path} with host ${gatewayProbeDefaults.host}, which no App Service app answers.`,
            'Declare a `probe` with the host name of the app and name it in `probe_name`.',
          ),
    ),
  );
  return [
    ...unprobed,
    ...layersInFront(deployment).trafficManagers.flatMap((profile) => refused(profile, deployment)),
    ...probesOf(deployment).map(({ resource, probe, apps }) =>
      whenKnown(resource, [probe], (known) => judgeProbe(known, apps, deployment)),
    ),
  ];
}

/** Traffic Manager asks from addresses of its own, which an app with access restrictions must allow. */
function refused({ endpoints, probe }: TrafficManager, { regions }: Deployment): Answer[] {
  return regions
    .filter(({ app }) => endpoints.some(({ direct }) => direct.includes(app.address)))
    .map(({ app }) =>
      whenKnown(app.address, [admission(app, fromTrafficManager), app.restrictions], ({ allowed, by }, all) =>
        allowed || (by === null && all.length === 0)
          ? compliant(app.address)
          : finding(
              app.address,
              `The access restrictions refuse the probe of ${probe.address}: the endpoint counts as degraded.`,
              'Allow the service tag AzureTrafficManager.',
            ),
      ),
    );
}
