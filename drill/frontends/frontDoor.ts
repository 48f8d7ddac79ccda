/**
 * Front Door: many edge locations, each choosing an origin (here: a region) by itself. A client always reaches the edge
 * nearest to it, so the emulator listens once per region's neighbourhood and a shopper belongs to one of them.
 *
 * As documented, in this order: best priority, then the latency window, then weights; affinity by the cookies `ASLBSA`
 * and `ASLBSACORS`, never set on a cacheable answer.
 * @see https://learn.microsoft.com/azure/frontdoor/routing-methods
 *
 * Affinity holds only inside the pool that the latency window leaves. The page does not say so; an answer of 2026-05-05
 * that quotes the product group does.
 * @see https://learn.microsoft.com/answers/questions/5875342/azure-front-door-session-affinity-question
 *
 * Only healthy origins are chosen among (see `originHealth.ts`); if none is healthy, all of them take turns.
 *
 * Assumed: latency from an edge is 0 ms to its own region and `otherRegionLatencyMs` to any other. Weights are met by a
 * hash of the client's address and port, so that a choice repeats with the seed.
 *
 * Left out: caching, WAF, retries at another origin, Private Link.
 */

import { createHash } from 'node:crypto';
import type { Agent, IncomingHttpHeaders } from 'node:http';
import { otherRegionLatencyMs } from '../plan/assumptions';
import type { PlatformClock } from '../platform/clock';
import { hashOf } from '../running/random';
import { clientOf, cookieOf, forwardedHeaders } from './client';
import type { Incoming } from './handOver';
import { type Hop, listen, passOn } from './hop';
import { createOriginHealth, type OriginProbeSettings } from './originHealth';

export interface FrontDoorOrigin {
  readonly region: string;
  readonly port: number;
  /** The origin's own host name. */
  readonly host: string;
  /** 1 to 5, lower first. */
  readonly priority: number;
  /** 1 to 1000. */
  readonly weight: number;
}

export interface FrontDoorOptions {
  /** `session_affinity_enabled` of the origin group. */
  readonly affinity: boolean;
  /** `additional_latency_in_milliseconds`; 0 leaves only the fastest origin. */
  readonly latencyWindowMs: number;
  readonly origins: readonly FrontDoorOrigin[];
  /** The region whose neighbourhood this edge serves. */
  readonly edge: string;
  readonly hostPreserved: boolean;
  /** null: it does not probe, and never leaves an origin. */
  readonly probe: OriginProbeSettings | null;
  /** Called when this edge finds an origin unhealthy, or healthy again. Default: - nobody is notified. */
  readonly onChange?: (region: string, healthy: boolean, azureSecond: number) => void;
  readonly agent: Agent;
  readonly seed: number;
}

export interface FrontDoorEdge extends Hop {
  /** See `OriginHealth.begin`. */
  beginProbes(clock: PlatformClock, phase: number): void;
  /** Chooses among the other origins from now on, or among all of them again. */
  disable(region: string, disabled: boolean): void;
}

/** Front Door's profile id (`X-Azure-FDID`) of the emulated profile. */
const profileId = '00000000-0000-0000-0000-00000000d1a7';

export async function startFrontDoorEdge(options: FrontDoorOptions): Promise<FrontDoorEdge> {
  const { origins, edge, latencyWindowMs, agent, onChange = () => {} } = options;
  const health = createOriginHealth({ settings: options.probe, origins, agent, onChange });
  const disabled = new Set<string>();
  let turn = 0;

  /** Where a request goes, and whether its cookie decided that. */
  function choose(incoming: Incoming): { readonly origin: FrontDoorOrigin; readonly bound: boolean } {
    const enabled = origins.filter(({ region }) => !disabled.has(region));
    const healthy = enabled.filter(({ region }) => health.isHealthy(region));
    if (healthy.length === 0) return { origin: enabled[turn++ % enabled.length] as FrontDoorOrigin, bound: false };
    const pool = originPool(healthy, edge, latencyWindowMs);
    const bound = options.affinity ? boundOrigin(incoming, pool) : null;
    return {
      origin: bound ?? byWeight(pool, hashOf(`${options.seed}/edge/${clientOf(incoming)}`)),
      bound: bound !== null,
    };
  }

  const hop = await listen((incoming, outgoing) => {
    const { origin, bound } = choose(incoming);
    const host = incoming.headers.host ?? origin.host;
    void passOn(incoming, outgoing, {
      port: origin.port,
      agent: options.agent,
      headers: {
        // https://learn.microsoft.com/azure/frontdoor/front-door-http-headers-protocol
        ...forwardedHeaders(incoming),
        host: options.hostPreserved ? host : origin.host,
        'x-forwarded-host': host,
        'x-azure-fdid': profileId,
        via: '1.1 Azure',
      },
      addCookies: (status, headers) =>
        options.affinity && !bound && !isCacheable(incoming.method, status, headers) ? affinityCookies(origin) : [],
    });
  });
  return {
    ...hop,
    beginProbes: health.begin,
    disable: (region, out) => void (out ? disabled.add(region) : disabled.delete(region)),
  };
}

/** The origins an edge chooses among: best priority, then within the window of the fastest. @throws on no origin. */
export function originPool<T extends { readonly region: string; readonly priority: number }>(
  origins: readonly T[],
  edge: string,
  latencyWindowMs: number,
): readonly T[] {
  if (origins.length === 0) throw new Error('`origins` must hold at least one origin, got: none.');
  const best = Math.min(...origins.map(({ priority }) => priority));
  const candidates = origins.filter(({ priority }) => priority === best);
  const latency = ({ region }: T): number => (region === edge ? 0 : otherRegionLatencyMs);
  const fastest = Math.min(...candidates.map(latency));
  const pool = candidates.filter((origin) => latency(origin) <= fastest + latencyWindowMs);
  // A window of 0 means the fastest only; where the emulated latencies tie, the first declared one counts as such.
  return latencyWindowMs === 0 ? pool.slice(0, 1) : pool;
}

function byWeight(pool: readonly FrontDoorOrigin[], hash: number): FrontDoorOrigin {
  const total = pool.reduce((sum, { weight }) => sum + weight, 0);
  let rest = (hash / 2 ** 32) * total;
  for (const origin of pool) {
    rest -= origin.weight;
    if (rest < 0) return origin;
  }
  return pool[pool.length - 1] as FrontDoorOrigin;
}

/** "Derived from SHA-256 of the origin URL" is all that is documented of the value. */
const cookieValue = (origin: FrontDoorOrigin): string =>
  createHash('sha256').update(`https://${origin.host}`).digest('hex');

function boundOrigin(incoming: Incoming, pool: readonly FrontDoorOrigin[]): FrontDoorOrigin | null {
  const value = cookieOf(incoming, 'ASLBSA') ?? cookieOf(incoming, 'ASLBSACORS');
  return pool.find((origin) => cookieValue(origin) === value) ?? null;
}

function affinityCookies(origin: FrontDoorOrigin): readonly string[] {
  const value = cookieValue(origin);
  return [`ASLBSA=${value}; Path=/; HttpOnly; Secure`, `ASLBSACORS=${value}; Path=/; HttpOnly; SameSite=None; Secure`];
}

/** Documented only by example: an answer that says `no-store`, or a 302, is not cacheable. `private` and `no-cache` neither. */
export function isCacheable(method: string | undefined, status: number, headers: IncomingHttpHeaders): boolean {
  if ((method !== 'GET' && method !== 'HEAD') || status !== 200) return false;
  return !/no-store|no-cache|private/i.test(headers['cache-control'] ?? '');
}
