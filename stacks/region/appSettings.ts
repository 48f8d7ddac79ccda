import type { ApplicationInsights } from '@cdktf/provider-azurerm/lib/application-insights';
import type { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { type SessionStore, sessionStore } from '../../sessions/stores';
import { appOf } from '../app';
import type { PlaceSettings } from '../monitoring/place';
import type { Package } from './package';
import type { Secrets } from './secrets';
import type { Sessions } from './sessions';

export interface AppSettingsProps {
  /** Proxies between the client and the app, each of which appends to `X-Forwarded-For`: App Service's front end is the last. */
  readonly proxyHops: number;
  readonly sessionStore: SessionStore;
  readonly settings: Pick<PlaceSettings, 'app' | 'sessionSecret'>;
  readonly sessions: Sessions | undefined;
  readonly secrets: Secrets;
  readonly package: Package | undefined;
  readonly insights: ApplicationInsights;
}

/** Seconds from SIGTERM until the platform kills the container, and what of them the app takes to drain; 120 at most. */
const stopSeconds = { limit: 30, grace: 25 };

/**
 * The environment of the app and of its slot, but for what each has of its own. It has no key, and no connection string that
 * grants access: secrets are Key Vault references, and Application Insights takes telemetry from an identity only.
 */
export function appSettings({
  proxyHops,
  sessionStore: store,
  settings,
  sessions,
  secrets,
  package: zip,
  insights,
}: AppSettingsProps): Record<string, string> {
  const app = appOf(settings);
  return {
    ...app.settings,
    TRUSTED_PROXY_HOPS: `${proxyHops}`,
    SESSION_STORE: sessionStore(store).appSetting,
    ...(app.sessionContract && { ...sessions?.appSettings(), ...secrets.appSettings(settings.sessionSecret.signs) }),
    ...secrets.references(app.secrets),
    ...zip?.appSettings(),
    APPLICATIONINSIGHTS_CONNECTION_STRING: insights.connectionString,
    // Of two instances one, of three one: the rest must go on carrying the load, so a bad dependency cannot empty the rotation.
    WEBSITE_HEALTHCHECK_MAXUNHEALTHYWORKERPERCENT: '50',
    // By default any status, even 502, counts as warm.
    WEBSITE_WARMUP_PATH: app.warmUpPath,
    WEBSITE_WARMUP_STATUSES: '200',
    WEBSITES_CONTAINER_STOP_TIME_LIMIT: `${stopSeconds.limit}`,
    SHUTDOWN_GRACE_SECONDS: `${stopSeconds.grace}`,
  };
}

export interface OwnSettingsProps {
  readonly identity: UserAssignedIdentity;
  /** What keys in Redis begin with. */
  readonly sessionPrefix: string;
  /** The service's name in telemetry. */
  readonly serviceName: string;
  readonly sessions: Sessions | undefined;
  readonly package: Package | undefined;
}

/** What the app and its slot each have of their own: it stays behind at a swap. */
export const ownSettings = ({
  identity,
  sessionPrefix,
  serviceName,
  sessions,
  package: zip,
}: OwnSettingsProps): Record<string, string> => ({
  ...(sessions && { REDIS_IDENTITY_CLIENT_ID: identity.clientId, SESSION_PREFIX: sessionPrefix }),
  ...zip?.identitySettings(identity),
  APPLICATIONINSIGHTS_IDENTITY_CLIENT_ID: identity.clientId,
  OTEL_SERVICE_NAME: serviceName,
});
