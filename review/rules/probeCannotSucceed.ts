import type { Deployment, ProbeFacts } from '../../architecture/deployment';
import type { Known } from '../../architecture/model';
import { probesOf } from '../probes';
import { type Answer, compliant, finding, notApplicable, type Rule, whenKnown } from './rule';

export const probeCannotSucceed: Rule = {
  id: 'probe-cannot-succeed',
  title: 'Give every probe a request that a healthy app answers with success, and a sick one does not',
  severity: 'error',
  why: 'Front Door takes 200 alone for healthy; a redirect, a login or a wrong host fails every probe, or proves nothing.',
  source: 'https://learn.microsoft.com/azure/frontdoor/health-probes',
  check: (deployment) => {
    const { facts } = deployment;
    const unprobed = facts.gateways.map(({ address, unprobedSettings }) =>
      whenKnown(address, [unprobedSettings], (settings) =>
        settings.length === 0
          ? compliant(address)
          : finding(
              address,
              'Backend HTTP settings have no probe of their own: the default one asks for / with host 127.0.0.1, which no App Service app answers.',
              'Declare a `probe` with the host name of the app and name it in `probe_name`.',
            ),
      ),
    );
    const answers = [
      ...unprobed,
      ...probesOf(facts).map(({ resource, probe }) =>
        whenKnown(resource, [probe], (known) => judge(known, deployment)),
      ),
    ];
    return answers.length > 0 ? answers : [notApplicable('no layer in front of the app probes it')];
  },
};

/** Codes are single, or a range as in 200-399. */
const reaches = (code: string, least: number) => Number(code.split('-').at(-1)) >= least;

function judge(probe: ProbeFacts, { facts }: Deployment): Answer {
  const { address, protocol, host, hostFromSettings, statusCodes } = probe;
  const httpsOnly: Known<boolean> = facts.apps.map((app) => app.httpsOnly).find((value) => value !== false) ?? false;
  return whenKnown(
    address,
    [protocol, httpsOnly, host, hostFromSettings, statusCodes],
    (scheme, secure, name, fromSettings, codes) => {
      if (secure && scheme.toLowerCase() === 'http')
        return finding(
          address,
          `The probe asks over HTTP an app that only serves HTTPS: it is answered with a redirect, which ${
            codes.some((code) => reaches(code, 301)) ? 'it takes for healthy whatever the app does' : 'is not healthy'
          }.`,
          'Probe over HTTPS.',
        );
      if ((name === null && !fromSettings) || /^(127\.0\.0\.1|localhost)$/.test(name ?? ''))
        return finding(
          address,
          'The probe sends no host name that App Service could route by, so it is answered 404.',
          "Set `host` to the app's host name.",
        );
      const loose = codes.filter((code) => reaches(code, 400));
      return loose.length > 0
        ? finding(
            address,
            `The probe takes ${loose.join(', ')} for healthy: an app that refuses everybody passes.`,
            'Accept 200 alone, on a path that needs no login.',
          )
        : compliant(address);
    },
  );
}
