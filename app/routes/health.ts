import { Router } from 'express';
import type { Environment } from '../environment';
import type { Store } from '../stores/store';

interface HealthOptions {
  readonly environment: Environment;
  readonly store: Store;
  readonly isDraining: () => boolean;
}

/**
 * `/healthz`: whether traffic should come here. `/livez`: whether the process runs at all.
 *
 * Redis being away does not fail `/healthz`. Every instance shares that Redis, so all would fail at once: App Service
 * would evict up to half of them and later replace machines that are well, a gateway would be left without a
 * backend, and the catalogue, which needs no Redis, would go down too. Carts answer 503 by themselves meanwhile. What
 * Redis does is said in the body instead, from memory: a probe costs no command.
 *
 * @see https://learn.microsoft.com/azure/app-service/monitor-instances-health-check
 */
export function healthRoutes({ environment, store, isDraining }: HealthOptions): Router {
  const { instanceId: instance, region = null, zone = null, packageHash = null } = environment;
  return Router()
    .get('/healthz', (_request, response) => {
      const draining = isDraining();
      response.status(draining ? 503 : 200).json({
        status: draining ? 'draining' : 'ready',
        instance,
        region,
        zone,
        // Which zip runs: how a smoke test tells that what it deployed is what answers.
        package: packageHash,
        sessions: { store: store.name, reachable: store.isReachable() },
      });
    })
    .get('/livez', (_request, response) => {
      response.json({ status: 'alive' });
    });
}
