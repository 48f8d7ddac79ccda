import http from 'node:http';
import https from 'node:https';

/** What `/healthz` answered, or why there was no answer. */
export type Health =
  | {
      readonly status: number;
      /** Hash of the package that runs; null: the app does not report one. */
      readonly package: string | null;
      /** Region as the app reports it, in Azure's short form (`swedencentral`); null: not reported. */
      readonly region: string | null;
      readonly instance: string | null;
    }
  | { readonly failed: string };

const timeoutMs = 10_000;

/** No answer of the app is longer. */
const mostBytes = 65_536;

/**
 * Asks `/healthz` once, on a connection of its own: a connection that is kept stays with one instance.
 *
 * @param selfSigned accepts a certificate that nobody trusts, where the deployment declares such a one
 */
export function askHealth(address: string, selfSigned: boolean, signal?: AbortSignal): Promise<Health> {
  return new Promise((resolve) => {
    const url = new URL(address);
    const secure = url.protocol === 'https:';
    const done = (health: Health) => {
      resolve(health);
      request.destroy();
    };
    const request = (secure ? https : http).request(
      url,
      {
        agent: false,
        headers: { 'cache-control': 'no-cache', connection: 'close' },
        timeout: timeoutMs,
        ...(secure && { rejectUnauthorized: !selfSigned }),
        ...(signal && { signal }),
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
          if (text.length > mostBytes) done({ failed: 'the answer is longer than an answer of /healthz' });
        });
        response.on('error', (error) => done({ failed: reason(error) }));
        response.on('end', () => done({ status: response.statusCode ?? 0, ...read(text) }));
      },
    );
    request.on('timeout', () => done({ failed: `no answer within ${timeoutMs / 1000} s` }));
    request.on('error', (error) => resolve({ failed: reason(error) }));
    request.end();
  });
}

const reason = (error: NodeJS.ErrnoException) => error.code ?? error.message;

function read(text: string): { package: string | null; region: string | null; instance: string | null } {
  let body: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) body = parsed as Record<string, unknown>;
  } catch {
    // An entry or a platform page answers in HTML: the status says it.
  }
  const word = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    package: word(body.package),
    // App Service reports the display name, `Sweden Central`.
    region: word(body.region)?.toLowerCase().replaceAll(' ', '') ?? null,
    instance: word(body.instance),
  };
}

/** A sentence part for a person. */
export function describe(health: Health): string {
  if ('failed' in health) return `no answer (${health.failed})`;
  const runs = health.package === null ? '' : ` from package ${health.package}`;
  return `${health.status}${runs}${health.region === null ? '' : ` in ${health.region}`}`;
}
