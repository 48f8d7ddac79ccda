/** One process of the bundled shop on one App Service instance, with App Service's environment. */

import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type SessionStore, sessionStore } from '../../sessions/stores';
import type { Manner } from '../frontends/rotation';
import type { RegionPlan } from '../plan/fleetPlan';
import { type Child, endChild, endGently, startChild, waitForLine } from './children';
import { startOwnApp } from './ownApp';

export interface InstanceSettings {
  readonly appFile: string;
  /** A command that starts another app in place of `appFile`. Default: - none. */
  readonly appCommand?: string | undefined;
  /** What such an app is asked until it is ready. */
  readonly healthPath: string;
  /** Where compiled code is kept between processes; null: nowhere. */
  readonly codeCache: string | null;
  /** 64 hexadecimal digits, as App Service's. A process that is restarted on its instance keeps it. */
  readonly id: string;
  /** Unique among the processes of a run. */
  readonly key: string;
  readonly region: string;
  readonly location: string;
  readonly siteName: string;
  readonly hostname: string;
  readonly zone: string | null;
  readonly store: SessionStore;
  readonly redisUrl: string | null;
  readonly sessionSecret: string;
  /** App settings as the Terraform states them. */
  readonly appSettings: Readonly<Record<string, string>>;
  /** What a deployment changes. */
  readonly packageHash: string;
  /** Whether the platform could not read the session secret from Key Vault. Default: - it could. */
  readonly isSecretAway?: boolean;
}

export interface Instance {
  readonly id: string;
  /** Unique among the processes of a run: after a restart the id stays and the key changes. */
  readonly key: string;
  readonly region: string;
  readonly pid: number;
  readonly port: number;
  readonly zone: string | null;
  alive(): boolean;
  /** How it treats requests, see `behave`. */
  manner(): Manner;
  /** From now on; an empty manner is an instance that is well. */
  behave(manner: Manner): void;
  /** Whether it ended by itself. */
  endedByItself(): boolean;
  /** Resolves when the process is gone. */
  readonly exited: Promise<void>;
  /** SIGKILL: it does not drain. */
  kill(): Promise<void>;
  /** SIGTERM, and SIGKILL after that many seconds. */
  stop(limitSeconds: number): Promise<void>;
}

const readyDeadlineMs = 30_000;

/**
 * What an app gets in place of a secret that App Service could not read: the reference itself.
 * @see https://learn.microsoft.com/azure/app-service/app-service-key-vault-references
 */
const unresolvedReference = '@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/session-secret)';

/** Starts the process and waits until it listens and its health path answers 200, as a new instance is pinged first. */
export async function startInstance(settings: InstanceSettings, signal: AbortSignal): Promise<Instance> {
  const { id, key, region, zone, appCommand, healthPath, isSecretAway = false } = settings;
  const { child, port } =
    appCommand === undefined
      ? await startShop(settings, signal)
      : await startOwnApp(appCommand, environmentOf(settings), (started, at, deadlineMs) =>
          // What it answers without its secret, the contract does not say.
          healthyWhileAlive(started, at, { path: healthPath, status: isSecretAway ? null : 200, deadlineMs }, signal),
        );
  const { pid, exited } = child;
  let manner: Manner = {};
  return {
    ...{ id, key, region, zone, pid, port, exited },
    manner: () => manner,
    behave: (given) => {
      manner = given;
    },
    alive: child.alive,
    endedByItself: child.endedByItself,
    kill: () => endChild(child),
    stop: (limitSeconds) => endGently(child, limitSeconds * 1000),
  };
}

async function startShop(
  settings: InstanceSettings,
  signal: AbortSignal,
): Promise<{ readonly child: Child; readonly port: number }> {
  const { appFile, codeCache } = settings;
  const args = codeCache === null ? [appFile] : [join(__dirname, 'starter.cjs'), appFile, codeCache];
  const child = await startChild(process.execPath, args, environmentOf(settings));
  try {
    const match = await waitForLine(child, /http:\/\/(?:localhost|127\.0\.0\.1):(\d+)/, readyDeadlineMs, signal);
    const port = Number(match[1]);
    // Without its secret the app says so at every request, and the platform takes it all the same.
    const status = settings.isSecretAway ? 503 : 200;
    await healthyWhileAlive(child, port, { path: '/healthz', status, deadlineMs: readyDeadlineMs }, signal);
    return { child, port };
  } catch (error) {
    await endChild(child);
    throw error;
  }
}

/** When an instance is ready. */
interface Ready {
  readonly path: string;
  /** null: any answer. */
  readonly status: number | null;
  readonly deadlineMs: number;
}

/**
 * App settings of the Terraform, then what depends on this machine, then App Service's variables. `INSTANCE_ZONE` is
 * ours, because no documented variable gives the instance's zone. Of the caller's environment only PATH is passed on,
 * so a drill is the same on every machine.
 * @see https://learn.microsoft.com/azure/app-service/reference-app-settings
 */
function environmentOf(settings: InstanceSettings): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'production',
    SESSION_STORE: sessionStore(settings.store).appSetting,
    ...settings.appSettings,
    ...(settings.redisUrl === null ? {} : { REDIS_URL: settings.redisUrl }),
    SESSION_SECRET: settings.isSecretAway ? unresolvedReference : settings.sessionSecret,
    PACKAGE_HASH: settings.packageHash,
    PATH: process.env.PATH,
    PORT: '0',
    LISTEN_HOST: '127.0.0.1',
    REQUEST_LOG: 'off',
    WEBSITE_INSTANCE_ID: settings.id,
    WEBSITE_SITE_NAME: settings.siteName,
    WEBSITE_HOSTNAME: settings.hostname,
    REGION_NAME: settings.location,
    ...(settings.zone === null ? {} : { INSTANCE_ZONE: settings.zone }),
  };
}

async function healthyWhileAlive(child: Child, port: number, ready: Ready, signal: AbortSignal): Promise<void> {
  const gone = new AbortController();
  void child.exited
    // Somebody else may hold its output open; then what is read by now must do.
    .then(() => Promise.race([child.closed, delay(1_000, undefined, { ref: false })]))
    .then(() => gone.abort(new Error(`${child.command} ended before it answered. ${child.complaints()}`)));
  try {
    await healthy(port, ready, AbortSignal.any([signal, gone.signal]));
  } catch (error) {
    signal.throwIfAborted();
    gone.signal.throwIfAborted();
    throw error;
  }
}

async function healthy(port: number, { path, status, deadlineMs }: Ready, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const got = await ping(port, path, signal);
    if (status === null ? typeof got === 'number' : got === status) return;
    if (Date.now() > deadline)
      throw new Error(`${path} must answer ${status ?? 'something'} within ${deadlineMs} ms, got: ${got}.`);
    await delay(20, undefined, { signal });
  }
}

/**
 * What a ping of health check says of itself: it asks for the app's default domain, over HTTPS only where HTTPS Only is set. An app that
 * answers with a redirect to its own name or to HTTPS is therefore unhealthy.
 * @see https://learn.microsoft.com/azure/app-service/monitor-instances-health-check
 */
export const pingHeaders = ({
  defaultHost,
  isHttpsOnly,
}: Pick<RegionPlan, 'defaultHost' | 'isHttpsOnly'>): Readonly<Record<string, string>> => ({
  ...{ host: defaultHost, 'x-forwarded-proto': isHttpsOnly ? 'https' : 'http' },
});

/** The status that a GET of the path gets, or why there is none. Never rejects. @param headers Default: - those of a plain request. */
export function ping(
  port: number,
  path: string,
  signal: AbortSignal,
  headers: Readonly<Record<string, string>> = {},
): Promise<number | string> {
  return new Promise((resolve) => {
    const to = { port, host: '127.0.0.1', path, headers, agent: false, signal, timeout: 15_000 } as const;
    const sent = request(to, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', (error) => resolve(error.message));
    sent.end();
  });
}
