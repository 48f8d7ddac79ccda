import type { WebApp } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/known';
import { layersInFront } from '../../architecture/layersInFront';
import { type Answer, cannotTell, compliant, finding, type Rule, whenKnown } from './rule';

/** @see https://learn.microsoft.com/azure/app-service/monitor-instances-health-check */
const pinged = ', and its health check pings over it: an app that redirects them counts as unhealthy';

export const plainHttp: Rule = {
  id: 'plain-http',
  title: 'Answer plain HTTP with a redirect only',
  severity: 'error',
  pillar: 'security',
  why: 'Anyone on the network can read a session cookie that is sent without TLS.',
  source: 'https://learn.microsoft.com/azure/app-service/overview-security',
  check: (deployment): readonly Answer[] => {
    const { gateways, frontDoors } = layersInFront(deployment);
    return [
      ...deployment.regions.flatMap(({ app }) => [
        answersPlain(app, `The app answers plain HTTP${app.healthCheckPath === null ? '' : pinged}.`),
        ...app.slots.map((slot) => answersPlain(slot, 'The slot answers plain HTTP.')),
      ]),
      ...gateways.flatMap(({ address, listeners }) =>
        isUnknown(listeners)
          ? [cannotTell(address, listeners)]
          : listeners.map((listener) =>
              whenKnown(listener.address, [listener.protocol, listener.redirects], (protocol, redirects) =>
                protocol.toLowerCase() === 'https' || redirects
                  ? compliant(listener.address)
                  : finding(
                      listener.address,
                      'The gateway serves the app over plain HTTP.',
                      'Listen on HTTPS with a certificate from Key Vault, and let the HTTP listener redirect to it.',
                    ),
              ),
            ),
      ),
      ...frontDoors
        .flatMap(({ routes }) => routes)
        .map((route) =>
          whenKnown(
            route.address,
            [route.acceptsHttp, route.redirectsToHttps, route.forwarding],
            (http, redirects, forwarding) => {
              if (http && !redirects)
                return finding(
                  route.address,
                  'The route serves plain HTTP without a redirect.',
                  'Set `https_redirect_enabled = true`.',
                );
              return forwarding === 'HttpOnly'
                ? finding(
                    route.address,
                    'The route uses plain HTTP to its origins.',
                    'Set `forwarding_protocol = "HttpsOnly"`.',
                  )
                : compliant(route.address);
            },
          ),
        ),
      ...deployment.caches.map(({ address, encrypted }) =>
        whenKnown(address, [encrypted], (yes) =>
          yes
            ? compliant(address)
            : finding(
                address,
                'Redis accepts connections without TLS.',
                'Set `client_protocol = "Encrypted"`, or on the older kind `non_ssl_port_enabled = false`.',
              ),
        ),
      ),
    ];
  },
};

const answersPlain = ({ address, httpsOnly }: Pick<WebApp, 'address' | 'httpsOnly'>, message: string): Answer =>
  whenKnown(address, [httpsOnly], (secure) =>
    secure ? compliant(address) : finding(address, message, 'Set `https_only = true`; the argument is off by default.'),
  );
