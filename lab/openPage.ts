/** Opens an address in the browser that the machine opens addresses with. */

import { spawn } from 'node:child_process';

/** Program and arguments that open an address. WSL has Windows' own; an address of the lab has no character that `cmd` reads. */
export function openerOf(
  address: string,
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): readonly [program: string, ...args: string[]] {
  if (platform === 'darwin') return ['open', address];
  if (platform === 'win32' || env.WSL_DISTRO_NAME !== undefined) return ['cmd.exe', '/c', 'start', '', address];
  return ['xdg-open', address];
}

/**
 * @param patienceMs real milliseconds after which a program that still runs counts as the browser itself
 * @returns whether a program took it; not whether a page was seen
 */
export function openPage(
  [program, ...args]: readonly [program: string, ...args: string[]],
  patienceMs = 2_000,
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
    child.once('spawn', () => {
      // A browser that this starts may stay; the lab does not wait for it.
      child.unref();
      setTimeout(() => resolve(true), patienceMs).unref();
    });
  });
}
