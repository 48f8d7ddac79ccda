import type { Deployment, WebApp } from '../../architecture/deployment';
import type { ApplicationGateway } from '../../architecture/entryLayers';
import { isUnknown, type Known } from '../../architecture/known';
import { hostLayers } from '../hostLayers';
import { type Answer, cannotTell, compliant, eachService, finding, notApplicable, type Rule, whenKnown } from './rule';

export const signInBehindOverriddenHost: Rule = {
  id: 'sign-in-behind-overridden-host',
  title: 'Let the sign-in of App Service know the host that the client typed',
  severity: 'error',
  pillar: 'reliability',
  why: 'Behind an overridden host the sign-in sends clients to azurewebsites.net, which a locked app refuses; a forwarded host needs `forward_proxy_convention`.',
  source: 'https://learn.microsoft.com/azure/app-service/overview-authentication-authorization',
  check: (deployment) => {
    const answers = eachService(deployment, (service) =>
      service.regions.flatMap(({ app }) => answersFor(app, service)),
    );
    return answers.length > 0 ? answers : [notApplicable('App Service asks for no sign-in behind another layer')];
  },
};

function answersFor(app: WebApp, deployment: Deployment): Answer[] {
  const { signIn, address } = app;
  if (signIn === null) return [];
  const layers = hostLayers(deployment, app);
  if (layers.length === 0) return [];
  if (isUnknown(signIn)) return [cannotTell(address, signIn)];
  return layers.map(({ layer, preserved, gateway }) =>
    whenKnown(address, [preserved, signIn.hostHeader], (kept, header) => {
      if (kept) return compliant(address);
      return whenKnown(address, [carries(header, gateway)], (carried) =>
        carried
          ? compliant(address)
          : finding(
              address,
              `${layer} overrides the host name, so the sign-in redirects clients to the app's own host and not to the one that they typed.`,
              gateway
                ? 'Pass the host name on, or set `forward_proxy_convention = "Custom"` with the header X-Original-Host.'
                : 'Pass the host name on (no `origin_host_header`), or set `forward_proxy_convention = "Standard"`.',
            ),
      );
    }),
  );
}

/**
 * Whether the layer sends the header. A gateway sends X-Original-Host and only what its rewrite rules add.
 *
 * @see https://learn.microsoft.com/azure/application-gateway/how-application-gateway-works
 */
function carries(header: string | null, gateway: ApplicationGateway | null): Known<boolean> {
  if (header === null) return false;
  if (gateway === null || header === 'x-original-host') return true;
  return isUnknown(gateway.rewrites) ? gateway.rewrites : gateway.rewrites.request.includes(header);
}
