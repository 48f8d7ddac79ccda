import { Command } from 'commander';
import { variants } from '../main';
import { choices } from '../synthesis/choices';
import { exitCodes } from './exit';

/**
 * A command's frame: what they all say of variants, and bad words that end as one clear error with exit code 2.
 *
 * @param name as after `npm run`
 */
export function program(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .showHelpAfterError(`Run \`npm run ${name} help\` for what it takes.`)
    .configureOutput({ outputError: (text, write) => write(text) })
    .exitOverride((error) => {
      // commander has printed help or its error by now.
      process.exit(error.exitCode === 0 ? exitCodes.done : exitCodes.badInput);
    })
    .addHelpText(
      'after',
      () => `
Variants: ${Object.keys(variants).join(', ')}
Any choice can be overridden, as in zone-redundant,appService=on:
${Object.entries(choices)
  .map(([choice, { rule }]) => `  ${choice.padEnd(20)}${rule}`)
  .join('\n')}

Exit codes: 0 done, 1 the gate failed, 2 bad input, 3 could not assess.`,
    );
}

/** npm takes `--help` for itself, and PowerShell eats the `--` that would pass it on, so `help` works as a word. */
export const argvOf = (argv: readonly string[]) =>
  argv.map((word, index) => (index === 2 && word === 'help' ? '--help' : word));

export const useColour = (stream: NodeJS.WriteStream) => stream.isTTY === true && !process.env.NO_COLOR;

/**
 * A reader that has seen enough, such as `head`, closes the pipe: that is no error, and the rest is not worth making.
 *
 * @see https://nodejs.org/api/process.html#a-note-on-process-io
 */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? exitCodes.done);
});

/** Writes all of it before the process may end, however slow the reader of a pipe is. */
export const print = (text: string) => new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
