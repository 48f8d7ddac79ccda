import { gatewayProbeDefaults } from '../../architecture/azure/defaults';
import type { Deployment } from '../../architecture/deployment';
import type { Probe } from '../../architecture/entryLayers';
import type { Known } from '../../architecture/known';
import { layersInFront } from '../../architecture/layersInFront';
import { probesOf } from '../probes';
import { type Answer, compliant, finding, notApplicable, type Rule, whenKnown } from './rule';

export const probeCannotSucceed: Rule = {
  id: 'probe-cannot-succeed',
  title: 'Give every probe a request that a healthy app answers with success, and an unhealthy one does not',
  severity: 'error',
  why: 'Front Door counts only 200 as healthy; a redirect, a login or a wrong host fails every probe, or proves nothing.',
  source: 'https://learn.microsoft.com/azure/frontdoor/health-probes',
  check: (deployment) => {
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
    const answers = [
      ...unprobed,
      ...probesOf(deployment).map(({ resource, probe }) =>
        whenKnown(resource, [probe], (known) => judge(known, deployment)),
      ),
    ];
    return answers.length > 0 ? answers : [notApplicable('no layer in front of the app probes it')];
  },
};

/** Codes are single, or a range as in 200-399. */
const reaches = (code: string, least: number) => Number(code.split('-').at(-1)) >= least;

function judge(probe: Probe, { regions }: Deployment): Answer {
  const { address, protocol, host, hostFromSettings, statusCodes } = probe;
  const httpsOnly: Known<boolean> = regions.map(({ app }) => app.httpsOnly).find((value) => value !== false) ?? false;
  return whenKnown(
    address,
    [protocol, httpsOnly, host, hostFromSettings, statusCodes],
    (scheme, secure, name, fromSettings, codes) => {
      if (secure && scheme.toLowerCase() === 'http')
        return finding(
          address,
          `The probe uses HTTP with an app that only serves HTTPS: it gets a redirect, which ${
            codes.some((code) => reaches(code, 301))
              ? 'counts as healthy whatever the app does'
              : 'does not count as healthy'
          }.`,
          'Probe over HTTPS.',
        );
      if ((name === null && !fromSettings) || /^(127\.0\.0\.1|localhost)$/.test(name ?? ''))
        return finding(
          address,
          'The probe sends no host name that App Service can route, so it gets 404.',
          "Set `host` to the app's host name.",
        );
      const loose = codes.filter((code) => reaches(code, 400));
      return loose.length > 0
        ? finding(
            address,
            `The probe counts ${loose.join(', ')} as healthy: an app that refuses every request passes.`,
            'Accept 200 only, on a path that needs no login.',
          )
        : compliant(address);
    },
  );
}
