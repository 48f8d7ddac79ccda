import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../inputError';

/** What a program that ended has said. */
export interface Ended {
  /** Its exit code; null: ended by a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a program is started: the file, its arguments, and whether Windows takes them as they are. */
export interface Invocation {
  readonly file: string;
  readonly args: readonly string[];
  readonly verbatim: boolean;
}

/** The program is not on the PATH. */
export class ProgramMissing extends Error {
  override readonly name = 'ProgramMissing';
}

/** Endings that Windows starts, in this order. */
const windowsEndings = ['.exe', '.cmd', '.bat'];

/**
 * How to start a program by its name, without a shell that could read its arguments as commands.
 *
 * On Windows `az` is a batch file, which only `cmd.exe` can start. Within double quotes `cmd.exe` still reads `%` and, where
 * delayed expansion is on, `!`; an argument that holds one of these, a quote or a line break is refused.
 *
 * @param name as typed, as in `az`
 * @throws ProgramMissing on Windows, where the PATH does not have it
 * @throws InputError for an argument that `cmd.exe` could read otherwise than meant
 * @see https://nodejs.org/api/child_process.html#spawning-bat-and-cmd-files-on-windows
 */
export function invocationOf(
  name: string,
  args: readonly string[],
  { platform = process.platform, env = process.env, exists = existsSync } = {},
): Invocation {
  if (platform !== 'win32') return { file: name, args, verbatim: false };
  const folders = (env.PATH ?? env.Path ?? '').split(';').filter((folder) => folder !== '');
  const file = folders
    .flatMap((folder) => windowsEndings.map((ending) => path.win32.join(folder, `${name}${ending}`)))
    .find(exists);
  if (file === undefined) throw new ProgramMissing(name);
  if (file.endsWith('.exe')) return { file, args, verbatim: false };
  const line = [file, ...args].map(quoted).join(' ');
  return { file: env.ComSpec ?? 'cmd.exe', args: ['/d', '/v:off', '/s', '/c', `"${line}"`], verbatim: true };
}

function quoted(argument: string): string {
  if (/[%!"\r\n]/.test(argument))
    throw new InputError(
      `${JSON.stringify(argument)} cannot be handed to a batch file on Windows, because it holds one of % ! " or a line break. Use a path without them, or run this in WSL.`,
    );
  // A backslash before the closing quote would escape it for the program that the batch file starts.
  return `"${argument.replace(/\\+$/, '$&$&')}"`;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Ends the program. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a program to its end, with nothing on its stdin.
 *
 * @throws ProgramMissing where it is not on the PATH
 */
export function run(name: string, args: readonly string[], { cwd, env, signal }: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const { file, args: given, verbatim } = invocationOf(name, args);
    let child: ChildProcess;
    try {
      child = spawn(file, given, {
        cwd,
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        windowsVerbatimArguments: verbatim,
        windowsHide: true,
      });
    } catch (error) {
      reject(error);
      return;
    }
    const end = () => child.kill();
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end, { once: true });
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    child.stdout?.on('data', (chunk: Buffer) => chunks.stdout.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.stderr.push(chunk));
    child.once('error', (error: NodeJS.ErrnoException) => {
      signal?.removeEventListener('abort', end);
      reject(error.code === 'ENOENT' ? new ProgramMissing(name) : error);
    });
    child.once('close', (code) => {
      signal?.removeEventListener('abort', end);
      const text = (parts: Buffer[]) => Buffer.concat(parts).toString('utf8');
      resolve({ code, stdout: text(chunks.stdout), stderr: text(chunks.stderr) });
    });
  });
}
