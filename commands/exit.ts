import { tmpdir } from 'node:os';
import { InputError, UnreachableError } from '../inputError';
import { printableLines } from '../report/printable';

/** Exit codes of every command. */
export const exitCodes = { done: 0, gateFailed: 1, badInput: 2, couldNotAssess: 3 } as const;

/** What a shell expects of a process that Ctrl-C ended. */
export const interrupted = 130;

/** SIGHUP: the terminal was closed. */
export const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a command's work, which returns its exit code. Bad input becomes its message on stderr and exit code 2, a service that
 * cannot be reached exit code 3. No place for temporary files is bad input, too; anything else is a defect of this program and keeps its stack trace.
 */
export async function exitWith(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    const unreachable = error instanceof UnreachableError;
    const { syscall, code } = error as NodeJS.ErrnoException;
    if (!unreachable && !(error instanceof InputError) && syscall !== 'mkdtemp') throw error;
    const message =
      syscall === 'mkdtemp'
        ? `${tmpdir()}, the folder for temporary files, cannot be used: ${code}. Set TMPDIR (on Windows TEMP) to another.`
        : (error as Error).message;
    process.stderr.write(`error: ${printableLines(message).replaceAll('\n', '\nerror: ')}\n`);
    process.exitCode = unreachable ? exitCodes.couldNotAssess : exitCodes.badInput;
  }
}
