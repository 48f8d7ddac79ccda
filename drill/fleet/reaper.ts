/** A process that outlives a drill killed by SIGKILL for a moment, to end what the drill could not. */

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Writable } from 'node:stream';

let reaper: ChildProcess | null = null;

function running(): ChildProcess {
  if (reaper === null) {
    reaper = spawn(process.execPath, [join(__dirname, 'reaperProcess.cjs')], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      env: {},
      // A detached process would get a window of its own on Windows.
      windowsHide: true,
    });
    // Without it, a drill still cleans up when it ends by itself.
    reaper.once('error', () => undefined);
    reaper.stdin?.on('error', () => undefined);
    reaper.unref();
    // The pipe to it must not keep this process alive.
    (reaper.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  }
  return reaper;
}

/**
 * Reports a process or folder to the reaper, or that it is gone. The first call starts the reaper, which ends with this
 * process.
 */
export function tellReaper(sign: '+' | '-', kind: 'pid' | 'folder', value: string | number): void {
  running().stdin?.write(`${sign}${kind} ${value}\n`);
}

/** Ignores SIGPIPE for a moment: if the reaper was just killed, the command must not end with it. */
const announce = (sign: '' | '-') => `trap '' PIPE; echo "+pid ${sign}$$" >&3 2>/dev/null; trap - PIPE; exec "$@" 3>&-`;

/**
 * A shell that reports its process id to the reaper and then becomes the command, for `spawn` with `line` as descriptor 3.
 * If the parent reported the id, the reaper would miss a process whose parent is killed before it can report. It cannot miss
 * this one: it waits until no process holds its input open, and the shell closes that input only by becoming the command.
 * Null on Windows, which has no such shell, and when the reaper is gone.
 *
 * @param isGroup whether the process leads a group, all of which ends with it
 */
export function announced(
  command: string,
  args: readonly string[],
  isGroup = false,
): { readonly file: string; readonly args: readonly string[]; readonly line: Writable } | null {
  const { pid, stdin } = running();
  if (process.platform === 'win32' || pid === undefined || !stdin || stdin.destroyed) return null;
  return { file: '/bin/sh', args: ['-c', announce(isGroup ? '-' : ''), 'sh', command, ...args], line: stdin };
}
