/** Every process that the drill starts, so that none outlives it. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const living = new Set<ChildProcess>();
let guarded = false;

export interface Child {
  readonly pid: number;
  readonly process: ChildProcess;
  /** Resolves when the process is gone; never rejects. */
  readonly exited: Promise<void>;
  /** The last lines of its error stream, for a message that says why it died. */
  readonly complaints: () => string;
}

/** Starts a process that dies with ours: on `end()`, and at the latest when this process exits. */
export async function startChild(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Child> {
  if (!guarded) {
    guarded = true;
    process.on('exit', () => {
      for (const child of living) child.kill('SIGKILL');
    });
  }
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  living.add(child);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      living.delete(child);
      resolve();
    });
  });
  let tail = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-2000);
  });
  try {
    await once(child, 'spawn');
  } catch (error) {
    living.delete(child);
    throw error;
  }
  return { pid: child.pid ?? 0, process: child, exited, complaints: () => tail.trim() };
}

/** SIGKILL, then waits until it is gone. A drained stop would add seconds for state that is thrown away anyway. */
export async function endChild(child: Child): Promise<void> {
  child.process.kill('SIGKILL');
  await child.exited;
}

/**
 * Reads the child's output until `pattern` matches. The stream stays drained afterwards, or a full pipe would block it.
 * @throws if the process ends first, `deadlineMs` real milliseconds pass, or the signal aborts.
 */
export function waitForLine(
  child: Child,
  pattern: RegExp,
  deadlineMs: number,
  signal: AbortSignal,
): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let output = '';
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      child.process.stdout?.off('data', onData);
      child.process.stdout?.resume();
      finish();
    };
    const fail = (why: string): void =>
      settle(() =>
        reject(new Error(`${child.process.spawnfile} ${why}. ${child.complaints() || output.trim()}`.trim())),
      );
    const onAbort = (): void => settle(() => reject(signal.reason));
    const onData = (text: string): void => {
      output += text;
      const match = pattern.exec(output);
      if (match) settle(() => resolve(match));
    };
    const timer = setTimeout(() => fail(`was not ready after ${deadlineMs} ms`), deadlineMs);
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort);
    child.process.stdout?.setEncoding('utf8').on('data', onData);
    void child.exited.then(() => fail(`ended before it was ready (code ${child.process.exitCode})`));
  });
}
