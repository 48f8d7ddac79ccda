import type { RequestListener } from 'node:http';
import { BadInput, type Environment, readEnvironment } from './environment';
import { unresolvedSentence } from './keyVaultReferences';
import { whoAnswers } from './routes/health';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a shop that only lacks what unresolved Key Vault references stand for, on App Service.
 *
 * @returns undefined where something else is wrong, too, or this is not App Service: then the start ends with the error
 */
export function withoutReferences(variables: Variables, unresolved: readonly string[]): Environment | undefined {
  if (variables.WEBSITE_SITE_NAME === undefined || unresolved.length === 0) return undefined;
  const rest = Object.entries(variables).filter(([name]) => !unresolved.includes(name));
  try {
    // No session is opened with it: it only stands where a secret has to be.
    return readEnvironment({ SESSION_SECRET: 'nothing is signed or sealed with this', ...Object.fromEntries(rest) });
  } catch (error) {
    if (error instanceof BadInput) return undefined;
    throw error;
  }
}

/**
 * Answers 503 to everything, and at `/healthz` says which Key Vault references are unresolved. A process that ended
 * instead would be restarted again and again, and the reason would be in the platform's log only. While draining, each answer
 * ends its connection.
 */
export function unconfigured(
  environment: Environment,
  unresolved: readonly string[],
  isDraining: () => boolean,
): RequestListener {
  const health = JSON.stringify({
    status: 'unconfigured',
    reasons: unresolved.map(unresolvedSentence),
    ...whoAnswers(environment),
  });
  return (request, response) => {
    const isHealth = request.url?.split('?', 1)[0] === '/healthz';
    if (isDraining()) response.shouldKeepAlive = false;
    response.writeHead(503, {
      'Content-Type': isHealth ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      'Retry-After': '60',
    });
    response.end(isHealth ? health : 'The shop is not configured yet.\n');
  };
}
