/**
 * Whether processes of the shop reach their Redis. The shop listens and is healthy without it, as a deployed one is, so on a busy
 * machine a process may take requests before its connection is there, and refuse an add for no reason that a drill is about.
 */

import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Instance } from './instance';

/** Real milliseconds. */
const deadlineMs = 30_000;
const pauseMs = 20;

/**
 * Resolves when every process that is alive says that it reaches its store.
 * @throws if one does not in time, or with the signal's reason
 */
export async function storesReached(instances: readonly Instance[], signal: AbortSignal): Promise<void> {
  await Promise.all(
    instances.map(async (instance) => {
      const deadline = Date.now() + deadlineMs;
      while (instance.alive() && !(await reachesStore(instance.port, signal))) {
        if (Date.now() > deadline)
          throw new Error(`process ${instance.key} did not reach its Redis within ${deadlineMs} ms`);
        await delay(pauseMs, undefined, { signal });
      }
    }),
  );
}

/** What `/healthz` says of it. An app that says nothing of its store counts as one that reaches it. Never rejects. */
function reachesStore(port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const to = { port, host: '127.0.0.1', path: '/healthz', agent: false, signal, timeout: deadlineMs } as const;
    const sent = request(to, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.once('error', () => resolve(false)).once('end', () => resolve(isReached(text)));
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.once('error', () => resolve(false)).end();
  });
}

function isReached(text: string): boolean {
  try {
    const { sessions } = JSON.parse(text) as { readonly sessions?: { readonly reachable?: unknown } };
    return sessions?.reachable !== false;
  } catch {
    return true;
  }
}
