import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { withoutPort } from './clientAddress';

/** One request and what became of it. */
export interface RequestRecord {
  /** App Service's own id of it, where there is one: the same id is in the platform's logs. */
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly milliseconds: number;
  readonly method: string;
  /** Without the query, which a client fills as it likes. */
  readonly path: string;
  /** As declared, such as `/products/:id`; undefined: none matched. */
  readonly route: string | undefined;
  readonly status: number;
  /** The client hung up before the answer was out. */
  readonly aborted: boolean;
  readonly client: string;
  /** W3C trace context, as the caller sent it. */
  readonly traceparent: string | undefined;
}

/** Takes each record when its request is over. It must not throw. */
export type RequestSink = (record: RequestRecord) => void;

const probes = new Set(['/healthz', '/livez']);

/**
 * Gives each request an id, which its answer carries as `X-Request-Id`, and tells the sinks when it is over.
 *
 * @param behindProxy whether a proxy of ours is in front. Without one, `X-ARR-LOG-ID` is the client's word, and with it
 *   anybody could give many requests one id.
 */
export function observeRequests(sinks: readonly RequestSink[], behindProxy: boolean): RequestHandler {
  return (request, response, next) => {
    const requestId = behindProxy ? requestIdOf(request) : randomUUID();
    response.set('X-Request-Id', requestId);
    response.locals.requestId = requestId;
    if (sinks.length === 0) return next();
    const startedAt = Date.now();
    const start = performance.now();
    response.once('close', () => {
      const status = response.statusCode;
      // Front ends probe every few seconds. Only a changed answer is logged.
      if (probes.has(request.path) && status === 200) return;
      const record: RequestRecord = {
        requestId,
        startedAt,
        milliseconds: Math.round((performance.now() - start) * 10) / 10,
        method: request.method,
        path: request.originalUrl.split('?', 1)[0]?.slice(0, 200) ?? '',
        route: routeOf(request),
        status,
        aborted: !response.writableFinished,
        client: withoutPort(request.ip ?? ''),
        traceparent: request.get('traceparent'),
      };
      for (const sink of sinks) sink(record);
    });
    next();
  };
}

/** App Service's front end sends a GUID; anything else there is not the front end's. */
const requestIdOf = (request: Request): string => {
  const given = request.get('x-arr-log-id') ?? '';
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(given) ? given : randomUUID();
};

const routeOf = (request: Request): string | undefined => {
  const path: unknown = request.route?.path;
  return typeof path === 'string' ? request.baseUrl + path : undefined;
};

/** A line of JSON for each request, and for each report that somebody has to read. */
export function jsonLog(instance: string, write: (line: string) => void) {
  const line = (content: Readonly<Record<string, unknown>>) => write(`${JSON.stringify(content)}\n`);
  return {
    request: (({ startedAt, traceparent: _traceparent, aborted, ...record }) =>
      line({
        time: new Date(startedAt).toISOString(),
        level: record.status >= 500 ? 'error' : 'info',
        ...record,
        ...(aborted && { aborted }),
        instance,
      })) satisfies RequestSink,
    report: (message: string) => line({ time: new Date().toISOString(), level: 'warning', message, instance }),
  };
}
