/** One lab at a time: two would share two cores, and nobody would know whose figures are slow. */

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../inputError';

interface Held {
  readonly pid: number;
  readonly address: string;
}

const defaultFile = (): string => join(tmpdir(), `steadystate-lab-${userInfo().username.replace(/\W/g, '_')}.json`);

/**
 * Takes the lock. Call the returned function at the end.
 * @param address of this lab's page; only this user can read it
 * @param file where the lock lies. Default: one of this user in the folder for temporary files
 * @throws InputError while another lab of this user runs
 */
export async function lockLab(address: string, file: string = defaultFile()): Promise<() => void> {
  const text = JSON.stringify({ pid: process.pid, address } satisfies Held);
  const take = (): boolean => {
    try {
      writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw new InputError(`${file} cannot be written: ${(error as Error).message}. Set TMPDIR to another folder.`);
    }
  };
  if (!take()) {
    const other = readHeld(file);
    if (other && (await answers(other)))
      throw new InputError(
        `A lab runs already (process ${other.pid}), at ${other.address}. Open that page, or end that lab with Ctrl-C.`,
      );
    // Its process was killed and could not remove it.
    rmSync(file, { force: true });
    if (!take()) throw new InputError('Another lab has started at the same moment. Use that one, or try again.');
  }
  return () => {
    if (readHeld(file)?.pid === process.pid) rmSync(file, { force: true });
  };
}

function readHeld(file: string): Held | null {
  try {
    const held = JSON.parse(readFileSync(file, 'utf8')) as Partial<Held>;
    return typeof held.pid === 'number' && typeof held.address === 'string' && URL.canParse(held.address)
      ? { pid: held.pid, address: held.address }
      : null;
  } catch {
    return null;
  }
}

/** Whether that process lives and listens there: a number of a process is given out again. */
async function answers({ pid, address }: Held): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
