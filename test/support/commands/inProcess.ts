import type { Command } from 'commander';
import { argvOf, start } from '../../../commands/program';
import type { Ended } from './command';

/** Runs a command in this process, where nothing of it depends on how it was started. */
export async function runHere(command: Command, words: readonly string[]): Promise<Ended> {
  const before = process.exitCode;
  process.exitCode = undefined;
  const written = { stdout: '', stderr: '' };
  const keep = (name: 'stdout' | 'stderr') =>
    jest.spyOn(process[name], 'write').mockImplementation((text, ...rest: unknown[]) => {
      written[name] += text;
      for (const each of rest) if (typeof each === 'function') each();
      return true;
    });
  const { isTTY } = process.stdout;
  process.stdout.isTTY = false;
  const ended = new Error('ended');
  let code: number | null = null;
  const spies = [
    keep('stdout'),
    keep('stderr'),
    jest.spyOn(process, 'exit').mockImplementation((given) => {
      code = Number(given ?? 0);
      throw ended;
    }),
  ];
  try {
    await start(command, argvOf(['node', 'script', ...words]));
    code = Number(process.exitCode ?? 0);
  } catch (error) {
    if (error !== ended) throw error;
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = before;
    process.stdout.isTTY = isTTY;
  }
  return { code, ...written };
}
