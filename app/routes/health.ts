import { Router } from 'express';
import type { Environment } from '../environment';
import { unresolvedSentence } from '../keyVaultReferences';
import type { Store } from '../stores/store';

interface HealthOptions {
  readonly environment: Environment;
  readonly store: Store;
  readonly isDraining: () => boolean;
  /** Names of app settings that are Key Vault references which were not resolved. */
  readonly unresolved: readonly string[];
}

/**
 * `/healthz`: whether traffic should come here. `/livez`: whether the process runs at all.
 *
 * `status` is `ready`, `degraded` with its `reasons`, or `draining`. Degraded is 200 all the same, unless
 * HEALTH_CHECKS_REDIS is on and the reason is Redis. Every instance shares that Redis, so all fail at once: App Service
 * then takes none out of rotation, but replaces machines that are well, and a gateway or Front Door has no healthy
 * backend, so the catalogue, which needs no Redis, goes down too. Carts answer 503 by themselves meanwhile. What Redis
 * does is already known: a probe sends it no command.
 *
 * @see https://learn.microsoft.com/azure/app-service/monitor-instances-health-check
 */
export function healthRoutes({ environment, store, isDraining, unresolved }: HealthOptions): Router {
  const { healthChecksRedis } = environment;
  const references = unresolved.map(unresolvedSentence);
  return Router()
    .get('/healthz', (_request, response) => {
      const draining = isDraining();
      const troubles = store.troubles?.() ?? [];
      const reasons = [...troubles, ...references];
      const status = draining ? 'draining' : reasons.length > 0 ? 'degraded' : 'ready';
      response.status(draining || (healthChecksRedis && troubles.length > 0) ? 503 : 200).json({
        status,
        reasons,
        ...whoAnswers(environment),
        sessions: { store: store.name, reachable: store.isReachable() },
      });
    })
    .get('/livez', (_request, response) => {
      response.json({ status: 'alive' });
    });
}

/** What `/healthz` says of the process. `package`: which zip runs, so that a smoke test knows what answers it. */
export const whoAnswers = ({ instanceId, region, zone, packageHash }: Environment) => ({
  instance: instanceId,
  region: region ?? null,
  zone: zone ?? null,
  package: packageHash ?? null,
});
