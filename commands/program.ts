import { Command, Option } from 'commander';
import { variants } from '../main';
import { version } from '../package.json';
import { widthOf, wrapped } from '../report/layout';
import { printableLines } from '../report/printable';
import { choices } from '../synthesis/choices';
import { exitCodes, exitWith } from './exit';
import { swallowed, swallowedMessage } from './npmOptions';
import { isPackaged } from './packaged';
import './standardStreams';
import { repeated, repeatedMessage } from './repeated';

/**
 * What every word has, whatever it is about: its version, a config file, and bad words that end as one clear error with exit
 * code 2.
 *
 * @param name as after `npm run`
 */
export function frame(name: string, description: string): Command {
  return new Command(isPackaged ? `steadystate ${name}` : name)
    .description(description)
    .version(version, '-V, --version', 'print the version')
    .option(
      '--config <file>',
      'options from this file (default: the nearest steadystate.config.json, .js, .mjs or .ts)',
    )
    .option('--no-config', 'no options from a file')
    .hook('preAction', async (command) => (await import('./config/apply')).applyConfig(command, name))
    .showHelpAfterError(`Run \`npm run ${name} help\` for what it takes.`)
    .configureOutput({ outputError: (text, write) => write(printableLines(text)) })
    .exitOverride((error) => {
      // commander has printed help or its error by now.
      process.exit(error.exitCode === 0 ? exitCodes.done : exitCodes.badInput);
    });
}

/**
 * A command's frame with what those that take variants say of them.
 *
 * @param name as after `npm run`
 */
export function program(name: string, description: string): Command {
  return frame(name, description)
    .addOption(
      new Option(
        '--environment <name>',
        'settings of settings/<name>.ts for variants that name none; by default settings.ts',
      ).env('STEADYSTATE_ENVIRONMENT'),
    )
    .addHelpText('after', () =>
      helpText([
        '',
        `Variants: ${Object.keys(variants).join(', ')}`,
        'An environment is named as in zone-redundant@dev. Any choice can be overridden, as in zone-redundant,appService=on:',
        ...Object.entries(choices).map(([choice, { rule }]) => definitionOf(choice, rule)),
        '',
        ...(isPackaged ? [] : ['Put options after --, as in npm run review -- --json.']),
        'Exit codes: 0 done, 1 the gate failed, 2 bad input, 3 could not assess.',
      ]),
    );
}

/** Lines of help as wide as the terminal, at most 80 columns where none says how wide it is. */
export const helpText = (lines: readonly string[]): string => lines.flatMap(fitted).join('\n');

/** A name and what it means, the meaning in a column of its own. */
export const definitionOf = (name: string, meaning: string): string => `  ${name.padEnd(hanging - 2)}${meaning}`;

const hanging = 22;

function fitted(line: string): string[] {
  const width = process.stdout.isTTY ? widthOf(process.stdout) : 80;
  if (!line.startsWith('  ')) return wrapped(line, width);
  const meaning = wrapped(line.slice(hanging), width, ' '.repeat(hanging));
  return [line.slice(0, hanging) + (meaning[0] ?? '').trimStart(), ...meaning.slice(1)];
}

/** Runs a command with the words that it was started with. Options that npm kept for itself, and those with two values, are refused and not ignored. */
export async function start(command: Command, argv: readonly string[] = argvOf(process.argv)): Promise<void> {
  // As if it were not set, which is how a shell turns it off for one command.
  if (process.env.STEADYSTATE_ENVIRONMENT === '') delete process.env.STEADYSTATE_ENVIRONMENT;
  const kept = isPackaged ? [] : swallowed(command, argv, process.env);
  const twice = repeated(command, argv.slice(2));
  const problem =
    kept.length > 0 ? swallowedMessage(command.name(), kept, argv.slice(2)) : twice && repeatedMessage(twice);
  if (problem !== undefined) {
    process.stderr.write(`error: ${printableLines(problem)}\n`);
    process.exitCode = exitCodes.badInput;
    return;
  }
  await exitWith(async () => {
    await command.parseAsync([...argv]);
    return Number(process.exitCode ?? exitCodes.done);
  });
}

/** npm takes `--help` for itself, and PowerShell eats the `--` that would pass it on, so `help` works as a word. */
export const argvOf = (argv: readonly string[]) =>
  argv.map((word, index) => (index === 2 && word === 'help' ? '--help' : word));

export const useColour = (stream: NodeJS.WriteStream) => stream.isTTY === true && !process.env.NO_COLOR;

/** Writes all of it before the process may end, however slow the reader of a pipe is. */
export const print = (text: string) => new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
