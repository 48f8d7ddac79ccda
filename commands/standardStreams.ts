import { exitCodes } from './exit';

/**
 * What happens where a command cannot print. A reader that has seen enough, such as `head`, closes the pipe: that is not an error, and
 * the rest need not be made. A full disk is one.
 *
 * @see https://nodejs.org/api/process.html#a-note-on-process-io
 */
export function stopAtUnwritable(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? exitCodes.done);
  process.stderr.write(
    `error: what is printed cannot be written: ${error.code ?? error.message}. Make room, or print to another file.\n`,
  );
  process.exit(exitCodes.badInput);
}

process.stdout.on('error', stopAtUnwritable);
// Progress and warnings that nobody reads end nothing.
process.stderr.on('error', () => {});
