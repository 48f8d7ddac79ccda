/** A process that outlives a drill killed by SIGKILL for a moment, to end what the drill could not. */

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

let reaper: ChildProcess | null = null;

/** Tells the reaper of a process or folder, or that it is gone. The first call starts it; it ends with this process. */
export function tellReaper(sign: '+' | '-', kind: 'pid' | 'folder', value: string | number): void {
  if (reaper === null) {
    reaper = spawn(process.execPath, [join(__dirname, 'reaperProcess.cjs')], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      env: {},
    });
    // Without it a drill is as safe as any program that only tidies up after itself.
    reaper.once('error', () => undefined);
    reaper.stdin?.on('error', () => undefined);
    reaper.unref();
    // The pipe to it must not keep this process from ending.
    (reaper.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  }
  reaper.stdin?.write(`${sign}${kind} ${value}\n`);
}
