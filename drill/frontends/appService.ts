/**
 * App Service's front end (Application Request Routing), one per region.
 *
 *     client ─► [Application Gateway | Front Door] ─► this ─► one of the region's instances
 *
 * As documented or observed: the two affinity cookies; a stale one rebinds without an error; `LeastRequests` for the
 * rest; the app's opt-out header; the headers that the app sees.
 *
 * Left out: health check pings and eviction (an instance leaves rotation when its process is gone or its port refuses),
 * request timeout of 230 s, slots, HTTP/2, `clientAffinityProxyEnabled` and the partitioned cookie. What ARR does with
 * a request whose instance dies is not documented: here it answers 502 and does not send it a second time.
 */

import type { Agent, IncomingMessage, ServerResponse } from 'node:http';
import { clientOf, cookieOf, forwardedHeaders } from './client';
import { answerWith, type Hop, listen, passOn } from './hop';
import { type Backend, createRotation } from './rotation';

export interface AppServiceOptions {
  /** `client_affinity_enabled`. */
  readonly affinity: boolean;
  /** Instances that run now, asked for at every request. */
  readonly backends: () => readonly Backend[];
  readonly agent: Agent;
  readonly seed: number;
}

export interface AppServiceFrontEnd extends Hop {
  /** See `Rotation.evenOut`. */
  evenOut(): void;
}

export async function startAppService(options: AppServiceOptions): Promise<AppServiceFrontEnd> {
  const rotation = createRotation(options.seed);
  /** Instances whose port refused. A restarted process has another id here, so nothing ever returns from this set. */
  const refused = new Set<string>();

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const inRotation = options.backends().filter(({ id }) => !refused.has(id));
    const pinned = options.affinity ? pinnedTo(incoming, inRotation) : null;
    const backend = pinned ?? rotation.choose(inRotation, clientOf(incoming));
    if (!backend) return answerWith(outgoing, 503, 'The service is unavailable.');

    const binds = options.affinity && !pinned;
    const done = rotation.begin(backend);
    const outcome = await passOn(incoming, outgoing, {
      port: backend.port,
      agent: options.agent,
      headers: { ...forwardedHeaders(incoming), 'x-arr-ssl': '2048|256|CN=emulated|CN=emulated', 'max-forwards': '10' },
      addCookies: (_status, headers) =>
        // https://azure.microsoft.com/en-in/blog/disabling-arrs-instance-affinity-in-windows-azure-web-sites/
        binds && headers['arr-disable-session-affinity']?.toString().toLowerCase() !== 'true'
          ? affinityCookies(backend.id, hostOf(incoming))
          : [],
    });
    done();
    if (outcome === 'refused') refused.add(backend.id);
  }

  const hop = await listen((incoming, outgoing) => void handle(incoming, outgoing));
  return { ...hop, evenOut: rotation.evenOut };
}

/**
 * The instance that the cookie names, if it is still there. A cookie of an instance that is gone is no error: the
 * client is bound anew.
 * @see https://techcommunity.microsoft.com/blog/appsonazureblog/session-lost-due-to-arraffinity-cookies/2777712
 */
function pinnedTo(incoming: IncomingMessage, backends: readonly Backend[]): Backend | null {
  const value = cookieOf(incoming, 'ARRAffinity') ?? cookieOf(incoming, 'ARRAffinitySameSite');
  return backends.find(({ id }) => id === value) ?? null;
}

/**
 * Both cookies carry the instance id, are bound to the host that App Service saw, and end with the browser's session.
 * Attributes as in a response recorded in 2021 (facts, section 2); the domain as in
 * @see https://learn.microsoft.com/azure/architecture/best-practices/host-name-preservation
 */
export function affinityCookies(instanceId: string, host: string): readonly string[] {
  const common = `Path=/;HttpOnly;Secure;Domain=${host}`;
  return [
    `ARRAffinity=${instanceId};${common}`,
    `ARRAffinitySameSite=${instanceId};Path=/;HttpOnly;SameSite=None;Secure;Domain=${host}`,
  ];
}

const hostOf = (incoming: IncomingMessage): string => (incoming.headers.host ?? '').replace(/:\d+$/, '');
