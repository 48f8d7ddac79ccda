import { setTimeout as pause } from 'node:timers/promises';
import { askHealth, describe, type Health } from './health';
import type { Deployment } from './oneDeploy';

/** Answers in a row that must all come from the new package: more than one instance is behind an address. */
const answersInARow = 5;

/** Answers in a row from other regions after which the entry is taken not to lead to this one. */
const elsewhereInARow = 20;

const pauseMs = 500;

/** How often the management plane is asked how the deployment does; each time starts `az`. */
const askAzureEveryMs = 15_000;

/** The first time: a package that cannot be fetched fails at once. */
const askAzureFirstMs = 3000;

export interface Watched {
  readonly address: string;
  /** Region whose answers count: an entry may lead to another. */
  readonly location: string;
  readonly hash: string;
  readonly selfSigned: boolean;
  readonly waitSeconds: number;
  /** What the management plane says of this deployment; undefined: nothing. */
  readonly deployment: () => Promise<Deployment | undefined>;
}

export type Seen =
  | { readonly outcome: 'running'; readonly instances: number }
  /** Azure says that it is deployed, and the entry leads to other regions only. */
  | { readonly outcome: 'unseen'; readonly because: string }
  | { readonly outcome: 'failed'; readonly because: string };

/** Asks `/healthz` until the new package answers, the deployment fails or the time is over. */
export async function watch(watched: Watched, signal: AbortSignal): Promise<Seen> {
  const { address, location, hash, selfSigned, waitSeconds } = watched;
  const end = performance.now() + waitSeconds * 1000;
  let nextAzure = performance.now() + askAzureFirstMs;
  let instances = new Set<string>();
  let inARow = 0;
  let elsewhere = 0;
  let last: Health = { failed: 'not asked' };
  let other = '';

  const failure = async (): Promise<Seen | undefined> => {
    const deployment = await watched.deployment();
    return deployment?.outcome === 'failed'
      ? { outcome: 'failed', because: `the deployment failed: ${deployment.message || 'Azure gives no reason'}` }
      : undefined;
  };
  for (;;) {
    last = await askHealth(address, selfSigned, signal);
    signal.throwIfAborted();
    const here = !('failed' in last) && (last.region === null || last.region === location);
    if (!('failed' in last) && !here) {
      elsewhere += 1;
      other = last.region ?? '';
    } else {
      elsewhere = 0;
      if (!('failed' in last) && last.status === 200 && last.package === hash) {
        inARow += 1;
        if (last.instance !== null) instances.add(last.instance);
      } else {
        inARow = 0;
        instances = new Set();
      }
    }
    if (inARow >= answersInARow) return { outcome: 'running', instances: Math.max(1, instances.size) };
    const over = performance.now() >= end;
    if (over || elsewhere >= elsewhereInARow || performance.now() >= nextAzure) {
      const failed = await failure();
      if (failed) return failed;
      nextAzure = performance.now() + askAzureEveryMs;
      if (elsewhere >= elsewhereInARow && (await watched.deployment())?.outcome === 'succeeded')
        return {
          outcome: 'unseen',
          because: `Azure reports the deployment as done, but ${address} answers from ${other} only, so the package was not seen to run`,
        };
      elsewhere = 0;
    }
    if (over)
      return {
        outcome: 'failed',
        because: `${address} did not report package ${hash} within ${waitSeconds} s; its last answer: ${describe(last)}`,
      };
    await pause(pauseMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}
