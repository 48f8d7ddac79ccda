/** Keeps track of every process that the drill starts, so that none outlives it. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { announced, tellReaper } from './reaper';

const living = new Set<ChildProcess>();
/** Processes that this program has asked to end. */
const ending = new WeakSet<ChildProcess>();
/** Processes that lead a group, with all that they have started in it. */
const trees = new WeakSet<ChildProcess>();
const folders = new Set<string>();
let guarded = false;

/** Covers every exit by `process.exit`. The reaper covers a SIGKILL of this process. */
function guard(): void {
  if (guarded) return;
  guarded = true;
  process.on('exit', () => {
    for (const child of living) signal(child, 'SIGKILL');
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
}

/** Windows has no groups and no SIGTERM for them: there, what was started is ended as a tree, at once. */
function signal(child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  const { pid } = child;
  if (pid === undefined || !trees.has(child)) return void child.kill(name);
  if (process.platform === 'win32')
    return void spawnSync('taskkill', ['/pid', `${pid}`, '/T', '/F'], { stdio: 'ignore' });
  try {
    process.kill(-pid, name);
  } catch {
    // All of the group is gone.
  }
}

/**
 * Removes the folder at the latest when this process ends, however it ends. Call the returned function once the folder
 * is removed.
 */
export function guardFolder(folder: string): () => void {
  guard();
  folders.add(folder);
  tellReaper('+', 'folder', folder);
  return () => {
    if (folders.delete(folder)) tellReaper('-', 'folder', folder);
  };
}

export interface Child {
  readonly command: string;
  readonly pid: number;
  readonly process: ChildProcess;
  /** Resolves when the process is gone; never rejects. */
  readonly exited: Promise<void>;
  /** Resolves when all that it wrote is read, which may be after it is gone; never rejects. */
  readonly closed: Promise<void>;
  alive(): boolean;
  /** Whether it was gone before `endGently` or `endChild` was asked for. */
  endedByItself(): boolean;
  /** The last lines of its error stream, or of its output where it wrote no error, for a message that says why it died. */
  readonly complaints: () => string;
}

/**
 * Starts a process that dies with ours: on `end()`, and at the latest when this process exits.
 *
 * @param isTree whether it starts others, which get the same signals and die with it. Its output is read, and not yours to read
 */
export async function startChild(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { isTree = false }: { readonly isTree?: boolean } = {},
): Promise<Child> {
  guard();
  const isGroup = isTree && process.platform !== 'win32';
  const telling = announced(command, args, isGroup);
  const child = spawn(telling?.file ?? command, telling?.args ?? args, {
    env,
    detached: isGroup,
    windowsVerbatimArguments: isTree,
    stdio: ['ignore', 'pipe', 'pipe', ...(telling ? [telling.line] : [])],
  });
  living.add(child);
  if (isTree) trees.add(child);
  // To the reaper a group is the negative id of its leader, as it is to a signal.
  const reaped = (isGroup ? -1 : 1) * (child.pid ?? 0);
  if (!telling && child.pid !== undefined) tellReaper('+', 'pid', reaped);
  let gone: 'ended' | 'by itself' | null = null;
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      gone = ending.has(child) ? 'ended' : 'by itself';
      living.delete(child);
      if (isTree) signal(child, 'SIGKILL');
      tellReaper('-', 'pid', reaped);
      resolve();
    });
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let tail = '';
  let output = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-2000);
  });
  if (isTree)
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-2000);
    });
  try {
    await once(child, 'spawn');
  } catch (error) {
    living.delete(child);
    throw error;
  }
  return {
    ...{ command, pid: child.pid ?? 0, process: child, exited, closed },
    alive: () => gone === null,
    endedByItself: () => gone === 'by itself',
    complaints: () => tail.trim() || output.trim(),
  };
}

/** SIGTERM, and SIGKILL after `limitMs` real milliseconds, as the platform does. */
export async function endGently(child: Child, limitMs: number): Promise<void> {
  ending.add(child.process);
  signal(child.process, 'SIGTERM');
  const timer = setTimeout(() => signal(child.process, 'SIGKILL'), limitMs);
  await child.exited;
  clearTimeout(timer);
}

/** SIGKILL, then waits until it is gone. Draining would take seconds to save state that is thrown away. */
export async function endChild(child: Child): Promise<void> {
  ending.add(child.process);
  signal(child.process, 'SIGKILL');
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
      settle(() => reject(new Error(`${child.command} ${why}. ${child.complaints() || output.trim()}`.trim())));
    const onAbort = (): void => settle(() => reject(signal.reason));
    const onData = (text: string): void => {
      output += text;
      const match = pattern.exec(output);
      if (match) settle(() => resolve(match));
    };
    const timer = setTimeout(
      () => fail(`was not ready after ${deadlineMs / 1000} s; this machine may be too busy for a drill`),
      deadlineMs,
    );
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort);
    child.process.stdout?.setEncoding('utf8').on('data', onData);
    void child.exited.then(() => fail(`ended before it was ready (code ${child.process.exitCode})`));
  });
}
