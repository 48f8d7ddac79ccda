import express, { type Express } from 'express';
import type { Environment } from './environment';
import { answerErrors, notFound } from './errors';
import { formTokens } from './formToken';
import { nearestProtocol } from './forwarded';
import { sayWhoAnswered, securityHeaders } from './headers';
import { observeRequests, type RequestSink } from './requestLog';
import { apiRoutes } from './routes/api';
import { healthRoutes } from './routes/health';
import { pageRoutes } from './routes/pages';
import { signInRoutes } from './routes/signIn';
import { stockRoutes } from './routes/stock';
import { signedIn } from './signedIn';
import { signInsInMemory } from './stores/signIns';
import type { Store } from './stores/store';
import { openStreams, type Streams } from './streams';
import { viewsOf } from './view';

export interface AppOptions {
  readonly environment: Environment;
  readonly store: Store;
  /** Whether shutdown has begun. Default: never. */
  readonly isDraining?: () => boolean;
  /** Takes a line for the operator of the shop. Default: stderr. */
  readonly report?: (line: string) => void;
  /** Names of app settings that are Key Vault references which were not resolved. Default: none. */
  readonly unresolved?: readonly string[];
  /** Long connections, which a drain has to close. Default: its own. */
  readonly streams?: Streams;
  /** Take a record of each request when it is over. Default: none. */
  readonly sinks?: readonly RequestSink[];
}

/** Builds the shop without listening, so that a test, the drill or a server can each listen in its own way. */
export function createApp({
  environment,
  store,
  isDraining = () => false,
  report = console.error,
  unresolved = [],
  streams = openStreams(),
  sinks = [],
}: AppOptions): Express {
  const tokens = formTokens(environment.sessionSecrets);
  const viewOf = viewsOf(environment, store.keeps, tokens);
  const app = express();
  app.disable('x-powered-by');
  // A number of hops, not a list of addresses: the front end writes X-Forwarded-For as ip:port, which no list matches.
  app.set('trust proxy', environment.trustedProxyHops);

  app.use(nearestProtocol, observeRequests(sinks, environment.trustedProxyHops > 0));
  app.use(sayWhoAnswered(environment), securityHeaders);
  app.use((_request, response, next) => {
    // The front end keeps connections open for minutes; this hands them back, so that the next request goes elsewhere.
    if (isDraining()) response.set('Connection', 'close');
    next();
  });
  app.use(healthRoutes({ environment, store, isDraining, unresolved }));
  app.use(apiRoutes(store));
  app.use(stockRoutes(streams));
  app.use(pageRoutes(viewOf, store, tokens));
  const signIns = environment.signInState === 'memory' ? signInsInMemory() : store.signIns;
  app.use(signInRoutes({ viewOf, signIns, tokens, who: signedIn(environment.sessionSecrets) }));
  app.use(notFound);
  app.use(answerErrors(viewOf, report));
  return app;
}
