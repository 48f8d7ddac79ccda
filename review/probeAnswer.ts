import type { Deployment, WebApp } from '../architecture/deployment';
import type { GatewayProbe, Probe } from '../architecture/entryLayers';
import { isUnknown, type Known } from '../architecture/known';
import { layersInFront } from '../architecture/layersInFront';
import { type Answer, cannotTell, compliant, finding, whenKnown } from './rules/rule';
import { asksAt } from './signIn';

/** Codes are single, or a range as in 200-399. */
const reaches = (code: string, least: number) => Number(code.split('-').at(-1)) >= least;

/**
 * Whether a healthy app answers a probe with success, and an unhealthy one does not.
 *
 * @param apps those that the probe asks without another layer between
 */
export function judgeProbe(probe: Probe, apps: readonly WebApp[], deployment: Deployment): Answer {
  const { address, protocol, host, hostFromSettings, statusCodes } = probe;
  const httpsOnly: Known<boolean> = apps.map((app) => app.httpsOnly).find((value) => value !== false) ?? false;
  const hostless = takesNoHost(probe, deployment);
  if (hostless) return hostless;
  const refused = isUnknown(statusCodes) ? null : asksForSignIn(probe, statusCodes, deployment);
  if (refused) return refused;
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

/** A sign-in answers a probe with a redirect or with 401. @see https://learn.microsoft.com/azure/app-service/configure-authentication-customize-sign-in-out */
function asksForSignIn({ address, path }: Probe, codes: readonly string[], { regions }: Deployment): Answer | null {
  if (regions.every(({ app }) => app.signIn === null)) return null;
  if (isUnknown(path)) return cannotTell(address, path);
  const asked = regions.map(({ app }) => asksAt(app.signIn, path));
  const open = asked.find(isUnknown);
  if (open) return cannotTell(address, open);
  if (!asked.every(Boolean)) return null;
  return finding(
    address,
    `App Service asks for a sign-in at ${path} and answers the probe with 401 or 302, which ${
      codes.some((code) => reaches(code, 302)) ? 'proves nothing where it counts as healthy' : 'never counts as healthy'
    }.`,
    "Add the probe's path to `auth_settings_v2.excluded_paths`, and let the app check itself there.",
  );
}

/** HTTP settings without a host have none to give to a probe: the provider takes it, and Azure refuses it. */
function takesNoHost(probe: Probe, deployment: Deployment): Answer | null {
  if (!('name' in probe) || probe.hostFromSettings !== true) return null;
  const { address, name } = probe as GatewayProbe;
  const users = layersInFront(deployment)
    .gateways.filter((gateway) => address.startsWith(gateway.address))
    .flatMap(({ backendSettings }) => (isUnknown(backendSettings) ? [] : backendSettings))
    .filter((settings) => settings.probe === name && settings.namesHost === false);
  return users.length === 0
    ? null
    : finding(
        address,
        'The probe takes its host from HTTP settings that name none (`host_name`, `pick_host_name_from_backend_address`).',
        "Set the probe's own `host` to a name that is bound to the app.",
      );
}
