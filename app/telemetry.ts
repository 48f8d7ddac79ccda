import type { ManagedIdentityCredential } from '@azure/identity';
import type { RequestSink } from './requestLog';

interface TelemetryOptions {
  /** Of the Application Insights resource. */
  readonly connectionString: string;
  /** Client id of the user-assigned identity to send with; undefined: by the connection string alone. */
  readonly identityClientId: string | undefined;
  /** Name of the app among others in the resource. */
  readonly roleName: string;
  readonly instanceId: string;
  readonly report: (line: string) => void;
}

/** Longest wait for the last requests to be sent. */
const closeMilliseconds = 1000;

export interface Telemetry {
  readonly request: RequestSink;
  /** Sends what is left; resolves also when that fails. */
  close(): Promise<void>;
}

/**
 * Sends each request to Application Insights, as a span made from its record: through Microsoft's exporter and
 * OpenTelemetry's batching, without the distribution around them, which asks for Node 22 and patches modules that a single
 * bundled file no longer has. What that leaves out: calls to Redis as dependencies, metrics of the process, logs, live
 * metrics and sampling. Exceptions are in the request log, under the same request id.
 */
export async function openTelemetry({
  connectionString,
  identityClientId,
  roleName,
  instanceId,
  report,
}: TelemetryOptions): Promise<Telemetry> {
  // The exporter would send usage statistics of its own to Microsoft, to addresses that a closed network does not reach.
  process.env.APPLICATIONINSIGHTS_STATSBEAT_DISABLED ??= 'true';
  const [{ AzureMonitorTraceExporter }, trace, { resourceFromAttributes }, api] = await Promise.all([
    import('@azure/monitor-opentelemetry-exporter'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/api'),
  ]);
  const credential = await credentialOf(identityClientId);
  const exporter = new AzureMonitorTraceExporter({
    connectionString,
    // Its retry file would be on a disk that the next instance does not have.
    disableOfflineStorage: true,
    ...(credential && { credential }),
  });
  const provider = new trace.BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': roleName, 'service.instance.id': instanceId }),
    sampler: new trace.AlwaysOnSampler(),
    // A queue that drops what is too much, so that an endpoint that is away costs memory within a bound.
    spanProcessors: [new trace.BatchSpanProcessor(exporter, { maxQueueSize: 2048, scheduledDelayMillis: 5000 })],
  });
  const tracer = provider.getTracer('steadystate');

  return {
    request: ({ requestId, startedAt, milliseconds, method, path, route, status, client, traceparent }) => {
      const span = tracer.startSpan(
        `${method} ${route ?? path}`,
        {
          kind: api.SpanKind.SERVER,
          startTime: startedAt,
          attributes: {
            'http.request.method': method,
            'http.response.status_code': status,
            'url.path': path,
            'url.scheme': 'https',
            'server.address': roleName,
            'client.address': client,
            'request.id': requestId,
            ...(route && { 'http.route': route }),
          },
        },
        parentOf(traceparent, api),
      );
      if (status >= 500) span.setStatus({ code: api.SpanStatusCode.ERROR });
      span.end(startedAt + milliseconds);
    },
    async close() {
      const sent = provider
        .shutdown()
        .catch((error: unknown) => report(`Application Insights: the last requests were not sent (${String(error)}).`));
      // It retries for minutes, and App Service ends the process 5 s after SIGTERM.
      await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, closeMilliseconds).unref())]);
    },
  };
}

async function credentialOf(clientId: string | undefined): Promise<ManagedIdentityCredential | undefined> {
  if (clientId === undefined) return undefined;
  const { ManagedIdentityCredential } = await import('@azure/identity');
  return new ManagedIdentityCredential({ clientId });
}

/**
 * The caller's trace, so that the spans of one click belong together. @see
 * https://www.w3.org/TR/trace-context/#traceparent-header
 */
export function parentOf(traceparent: string | undefined, api: typeof import('@opentelemetry/api')) {
  const [, traceId, spanId, flags] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return api.ROOT_CONTEXT;
  return api.trace.setSpanContext(api.ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
  });
}
