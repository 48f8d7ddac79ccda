/** One App Service instance: an operating system process of the bundled shop with App Service's environment. */

import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { DrilledStore } from '../plan';
import { endChild, startChild, waitForLine } from './children';

export interface InstanceSettings {
  readonly appFile: string;
  /** 64 hexadecimal digits, as App Service's. */
  readonly id: string;
  readonly location: string;
  readonly siteName: string;
  readonly hostname: string;
  readonly zone: string | null;
  readonly store: DrilledStore;
  readonly redisUrl: string | null;
  readonly sessionSecret: string;
}

export interface Instance {
  readonly id: string;
  readonly pid: number;
  readonly port: number;
  readonly zone: string | null;
  /** Resolves when the process is gone. */
  readonly exited: Promise<void>;
  /** SIGKILL: no drain, no goodbye. */
  kill(): Promise<void>;
}

const readyDeadlineMs = 20_000;

/** Starts the process and waits until it listens and `/healthz` answers 200. @throws if it does not within 20 s. */
export async function startInstance(settings: InstanceSettings, signal: AbortSignal): Promise<Instance> {
  const child = await startChild(process.execPath, [settings.appFile], environmentOf(settings));
  try {
    const match = await waitForLine(child, /http:\/\/(?:localhost|127\.0\.0\.1):(\d+)/, readyDeadlineMs, signal);
    const port = Number(match[1]);
    await healthy(port, signal);
    const { pid, exited } = child;
    return { id: settings.id, pid, port, zone: settings.zone, exited, kill: () => endChild(child) };
  } catch (error) {
    await endChild(child);
    throw error;
  }
}

/**
 * App Service's variables; `INSTANCE_ZONE` is ours, since no documented variable gives the instance's zone. Nothing of
 * the caller's environment comes along but the PATH, so a drill is the same on every machine.
 * @see https://learn.microsoft.com/azure/app-service/reference-app-settings
 */
function environmentOf(settings: InstanceSettings): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    PORT: '0',
    LISTEN_HOST: '127.0.0.1',
    SESSION_STORE: settings.store === 'in-process' ? 'memory' : 'redis',
    ...(settings.redisUrl === null ? {} : { REDIS_URL: settings.redisUrl }),
    SESSION_SECRET: settings.sessionSecret,
    WEBSITE_INSTANCE_ID: settings.id,
    WEBSITE_SITE_NAME: settings.siteName,
    WEBSITE_HOSTNAME: settings.hostname,
    REGION_NAME: settings.location,
    ...(settings.zone === null ? {} : { INSTANCE_ZONE: settings.zone }),
  };
}

async function healthy(port: number, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + readyDeadlineMs;
  for (;;) {
    const status = await healthStatus(port, signal);
    if (status === 200) return;
    if (Date.now() > deadline)
      throw new Error(`/healthz must answer 200 within ${readyDeadlineMs} ms, got: ${status}.`);
    await delay(20, undefined, { signal });
  }
}

function healthStatus(port: number, signal: AbortSignal): Promise<number | string> {
  return new Promise((resolve, reject) => {
    const ping = request(
      { port, host: '127.0.0.1', path: '/healthz', agent: false, signal, timeout: 5_000 },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    ping.on('timeout', () => ping.destroy(new Error('no answer')));
    ping.on('error', (error) => (signal.aborted ? reject(signal.reason) : resolve(error.message)));
    ping.end();
  });
}
