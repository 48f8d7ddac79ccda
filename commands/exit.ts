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
 * cannot be reached exit code 3; anything else is a defect of this program and keeps its stack trace.
 */
export async function exitWith(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    const unreachable = error instanceof UnreachableError;
    if (!unreachable && !(error instanceof InputError)) throw error;
    process.stderr.write(`error: ${printableLines(error.message).replaceAll('\n', '\nerror: ')}\n`);
    process.exitCode = unreachable ? exitCodes.couldNotAssess : exitCodes.badInput;
  }
}
