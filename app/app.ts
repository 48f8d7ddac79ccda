import express, { type Express } from 'express';
import type { Environment } from './environment';
import { answerErrors, notFound } from './errors';
import { sayWhoAnswered, securityHeaders } from './headers';
import { shortInstanceId } from './pages/layout';
import { apiRoutes } from './routes/api';
import { healthRoutes } from './routes/health';
import { pageRoutes } from './routes/pages';
import type { Store } from './stores/store';

export interface AppOptions {
  readonly environment: Environment;
  readonly store: Store;
  /** Whether shutdown has begun. Default: never. */
  readonly isDraining?: () => boolean;
  /** Takes a line for whoever runs the shop. Default: stderr. */
  readonly report?: (line: string) => void;
}

/** Builds the shop without listening, so that a test, the drill or a server can each listen in its own way. */
export function createApp({
  environment,
  store,
  isDraining = () => false,
  report = console.error,
}: AppOptions): Express {
  const { region, zone } = environment;
  const place = { instance: shortInstanceId(environment.instanceId), region, zone, sessions: store.keeps };
  const app = express();
  app.disable('x-powered-by');
  // On App Service the peer is always its front end, whose X-Forwarded-Proto then counts. A number of hops, not a list
  // of addresses: the front end writes X-Forwarded-For as ip:port, which no address list matches.
  app.set('trust proxy', environment.siteName === undefined ? false : 1);

  app.use(sayWhoAnswered(environment), securityHeaders);
  app.use((_request, response, next) => {
    // The front end keeps connections open for minutes; this hands them back, so that the next request goes elsewhere.
    if (isDraining()) response.set('Connection', 'close');
    next();
  });
  app.use(healthRoutes({ environment, store, isDraining }));
  app.use('/api', apiRoutes(store));
  app.use(pageRoutes(place, store));
  app.use(notFound);
  app.use(answerErrors(place, report));
  return app;
}
