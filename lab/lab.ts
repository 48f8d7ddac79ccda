/** A lab on this machine: deployments that somebody plays with in a page, until it ends. */

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleApp } from '../app/bundle';
import { guardFolder } from '../drill/fleet/children';
import { findRedisServer } from '../drill/redis/server';
import { printableJson } from '../report/printable';
import { bundlePage } from './bundlePage';
import { livePage, replayPage } from './export/pages';
import { defaultLimits, type Limits, timeToEnd } from './server/idle';
import { lockLab } from './server/lock';
import { listenOn } from './server/server';
import { openSession, type Session, type SessionOptions } from './session/session';

export interface LabOptions
  extends Pick<SessionOptions, 'deployments' | 'deploymentOf' | 'withoutRedis' | 'seed' | 'shoppers' | 'timeScale'> {
  /** 0: any free port of loopback. */
  readonly port: number;
  /** Aborting ends the lab, with everything that it started. */
  readonly signal: AbortSignal;
  /** Default: see `defaultLimits`. */
  readonly limits?: Limits;
  /** Real milliseconds that a sentence of the story stands. Default: four seconds. */
  readonly readingMs?: number;
  /** The shop as one file. Default: it is bundled. */
  readonly appFile?: string;
  /** Where compiled code of `appFile` is kept between processes. Default: - beside the drill's own bundle alone. */
  readonly codeCache?: string;
  /** Path of `redis-server`, or null for none. Default: the first one on the PATH. */
  readonly redisServer?: string | null;
  /** Where the lock lies. Default: in the folder for temporary files. */
  readonly lockFile?: string;
}

export interface Lab {
  /** Of the page, with its secret. */
  readonly address: string;
  readonly session: Session;
  /** Resolves with the reason, one sentence, when every process and server of it has ended. */
  readonly ended: Promise<string>;
}

export const defaultShoppers = 24;
const readingMs = 4_000;

/** @throws InputError for what cannot be played, a port that is taken and a second lab, before any process is started */
export async function startLab(options: LabOptions): Promise<Lab> {
  const { signal, limits = defaultLimits } = options;
  const token = randomBytes(18).toString('base64url');
  const server = await listenOn(options.port, token);
  const address = `${server.origin}/${token}/`;
  const undo: (() => unknown)[] = [() => server.close()];
  const undoAll = async (): Promise<void> => {
    for (const each of undo.reverse()) await each();
  };
  try {
    undo.push(await lockLab(address, options.lockFile));
    const app = options.appFile
      ? { appFile: options.appFile, codeCache: options.codeCache ?? null }
      : await ownApp(undo);
    const redisServer = options.redisServer === undefined ? findRedisServer() : options.redisServer;
    const stopping = new AbortController();
    const script = await bundlePage();
    const session = await openSession({
      ...{ readingMs, ...options, ...app, redisServer, token, origin: server.origin },
      signal: AbortSignal.any([signal, stopping.signal]),
    });
    server.serve({
      page: livePage(script),
      ...{ ask: session.ask, follow: session.follow },
      downloads: {
        'lab.json': { type: 'application/json', make: () => printableJson(session.result()) },
        'lab.html': { type: 'text/html; charset=utf-8', make: () => replayPage(script, session.recording()) },
      },
    });
    const ended = timeToEnd(server, limits, signal).then(async (reason) => {
      await session.end(reason);
      stopping.abort(new Error(reason));
      await undoAll();
      return reason;
    });
    return { address, session, ended };
  } catch (error) {
    await undoAll();
    throw error;
  }
}

/** The shop, bundled into a folder that is removed at the end. */
async function ownApp(undo: (() => unknown)[]): Promise<{ readonly appFile: string; readonly codeCache: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'steadystate-lab-'));
  const unguard = guardFolder(folder);
  undo.push(async () => {
    await rm(folder, { recursive: true, force: true });
    unguard();
  });
  const appFile = join(folder, 'app.cjs');
  await bundleApp(appFile);
  return { appFile, codeCache: `${appFile}.cache` };
}
