/**
 * App Service's front end (Application Request Routing), one per region.
 *
 *     client ─► [Application Gateway | Front Door] ─► this ─► one of the region's instances
 *
 * As documented or observed: the two affinity cookies; a stale one rebinds without an error; the load-balancing mode for the
 * rest; the app's opt-out header; the headers that the app sees.
 *
 * An instance that is gone stays in rotation until health check takes it out or the platform replaces it, and each
 * request that is sent to it gets 502: how soon ARR notices by itself, and whether it sends a request a second time, is
 * not documented. So these figures are an upper bound.
 *
 * A stream of events is open for as long as the client likes. Whether Azure counts it as a request that is outstanding is not
 * documented; here it is not counted.
 *
 * Left out: request timeout of 230 s, HTTP/2, `clientAffinityProxyEnabled` and the partitioned cookie.
 */

import type { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { LoadBalancing } from '../plan/loadBalancing';
import { clientOf, cookieOf, forwardedHeaders } from './client';
import type { Incoming, Outgoing } from './handOver';
import { answerWith, type Hop, listen, type Outcome, passOn } from './hop';
import { probeHeader } from './originHealth';
import { type Backend, createRotation, type Manner } from './rotation';

export interface AppServiceOptions {
  /** `client_affinity_enabled`. */
  readonly affinity: boolean;
  /** `site_config.load_balancing_mode`. Default: least requests. */
  readonly loadBalancing?: LoadBalancing;
  /** Instances in rotation, asked for at every request. */
  readonly backends: () => readonly Backend[];
  /** Host names that the app has; any other is answered 404. Default: - every name. */
  readonly hosts?: readonly string[];
  readonly agent: Agent;
  readonly seed: number;
  /** Whether a process was asked to end. Default: - none was. */
  readonly isEnding?: (key: string) => boolean;
  /** Called when a request to a process is over, streams of events left out. Default: - nothing is called. */
  readonly onPassed?: (key: string, outcome: Outcome) => void;
}

export interface AppServiceFrontEnd extends Hop {
  /** See `Rotation.evenOut`. */
  evenOut(): void;
}

/** On every answer of an instance: which process gave it. Azure has no such header; the drill's ledger needs it. */
export const processHeader = 'x-drill-process';

export async function startAppService(options: AppServiceOptions): Promise<AppServiceFrontEnd> {
  const asked = new Map<string, number>();
  /** Counts the requests of an instance that answers some with an error: each so many, so that a few requests show it. */
  const fails = ({ key }: Backend, { failsOneIn = 0 }: Manner): boolean => {
    if (failsOneIn === 0) return false;
    asked.set(key, (asked.get(key) ?? 0) + 1);
    return (asked.get(key) ?? 0) % failsOneIn === 0;
  };
  const rotation = createRotation(options.seed, options.loadBalancing);
  const { isEnding = () => false } = options;

  async function handle(incoming: Incoming, outgoing: Outgoing): Promise<void> {
    if (options.hosts && !options.hosts.includes(hostOf(incoming)))
      return answerWith(outgoing, 404, 'No app has this host name.');
    const inRotation = options.backends();
    const isProbe = incoming.headers[probeHeader] !== undefined;
    const alive = isProbe ? inRotation.filter((backend) => backend.alive()) : inRotation;
    // A process drains in real time and probes run in scaled time, so a second of draining would count as minutes.
    const forRegion = isProbe ? alive.filter(({ key }) => !isEnding(key)) : alive;
    if (alive.length > 0 && forRegion.length === 0) return answerWith(outgoing, 200, '');
    const pinned = options.affinity ? pinnedTo(incoming, forRegion) : null;
    const backend = pinned ?? rotation.choose(forRegion, clientOf(incoming));
    if (!backend) return answerWith(outgoing, 503, 'The service is unavailable.');

    const binds = options.affinity && !pinned;
    const isStream = incoming.headers.accept?.includes('text/event-stream') ?? false;
    const done = isStream ? () => {} : rotation.begin(backend);
    const manner = backend.manner?.() ?? {};
    if (manner.delayMs) await delay(manner.delayMs);
    const outcome = await passOn(incoming, outgoing, {
      ...(fails(backend, manner) && { replacedBy: 500 }),
      port: backend.port,
      agent: options.agent,
      headers: { ...forwardedHeaders(incoming), 'x-arr-ssl': '2048|256|CN=emulated|CN=emulated', 'max-forwards': '10' },
      answerHeaders: { [processHeader]: backend.key },
      addCookies: (_status, headers) =>
        // https://azure.microsoft.com/en-in/blog/disabling-arrs-instance-affinity-in-windows-azure-web-sites/
        binds && headers['arr-disable-session-affinity']?.toString().toLowerCase() !== 'true'
          ? affinityCookies(backend.id, hostOf(incoming))
          : [],
    });
    done();
    if (!isStream) options.onPassed?.(backend.key, outcome);
  }

  const hop = await listen((incoming, outgoing) => void handle(incoming, outgoing));
  return { ...hop, evenOut: rotation.evenOut };
}

/**
 * The instance that the cookie names, if it is still there. A cookie of an instance that is gone is not an error: the
 * client is bound to another one.
 * @see https://techcommunity.microsoft.com/blog/appsonazureblog/session-lost-due-to-arraffinity-cookies/2777712
 */
function pinnedTo(incoming: Incoming, backends: readonly Backend[]): Backend | null {
  const value = cookieOf(incoming, 'ARRAffinity') ?? cookieOf(incoming, 'ARRAffinitySameSite');
  return backends.find(({ id }) => id === value) ?? null;
}

/**
 * Both cookies carry the instance id, are bound to the host that App Service saw, and end with the browser's session.
 * The attributes are those of a response of App Service that was recorded on 2021-08-03. The domain follows
 * @see https://learn.microsoft.com/azure/architecture/best-practices/host-name-preservation
 */
export function affinityCookies(instanceId: string, host: string): readonly string[] {
  const common = `Path=/;HttpOnly;Secure;Domain=${host}`;
  return [
    `ARRAffinity=${instanceId};${common}`,
    `ARRAffinitySameSite=${instanceId};Path=/;HttpOnly;SameSite=None;Secure;Domain=${host}`,
  ];
}

const hostOf = (incoming: Incoming): string => (incoming.headers.host ?? '').replace(/:\d+$/, '');
