import type { Command, Option } from 'commander';

/** An option that was given to npm instead of the command. */
export interface Swallowed {
  /** As the command takes it, such as `--html <file>`. */
  readonly flags: string;
  readonly long: string;
  /** As in `--html=page.html`; null: npm saw the option alone. */
  readonly value: string | null;
}

/**
 * Options of a command that stand before `--`, or without it: npm takes them for its own, and puts them into the
 * environment, where nothing would read them.
 *
 * @param argv what did reach the command; an option that is there as well was passed on, and npm's is somebody's setting
 * @see https://docs.npmjs.com/cli/using-npm/config#environment-variables
 */
export function swallowed(command: Command, argv: readonly string[], env: NodeJS.ProcessEnv): Swallowed[] {
  // npm asks for it where it runs a script, and nothing else sets it.
  if (env.npm_lifecycle_event === undefined) return [];
  return command.options.flatMap(({ flags, long }: Option): Swallowed[] => {
    if (!long) return [];
    const value = env[`npm_config_${long.slice(2).replaceAll('-', '_')}`];
    const given = argv.some((word) => word === long || word.startsWith(`${long}=`));
    if (value === undefined || value === '' || given) return [];
    return [{ flags, long, value: value === 'true' ? null : value }];
  });
}

/** @param words what reached the command */
export function swallowedMessage(name: string, kept: readonly Swallowed[], words: readonly string[]): string {
  const options = kept.map(({ flags, long, value }) => (value === null ? flags : `${long}=${value}`));
  const script = `npm ${name === 'start' ? 'start' : `run ${name}`}`;
  const takes = kept.some(({ flags, value }) => value === null && /[<[]/.test(flags));
  const line = [...(takes ? [] : words), ...options].join(' ');
  return [
    `npm took ${kept.map(({ long }) => long).join(', ')} for itself, so ${name} did not get ${kept.length === 1 ? 'it' : 'them'}. Put options behind --: ${script} -- ${line}`,
    `PowerShell removes that --. There, and anywhere else, this does the same: node -r ./commands/typescript.cjs commands/${name}.ts ${line}`,
  ].join('\n');
}
