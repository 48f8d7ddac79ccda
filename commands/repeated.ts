import type { Command } from 'commander';

/** An option of one value that was given several. */
export interface Repeated {
  readonly long: string;
  readonly values: readonly string[];
}

/**
 * The first option that takes one value and got two that differ, of which the command would take the last without a word.
 *
 * @param words as they reached the command, without Node and the script
 */
export function repeated(command: Command, words: readonly string[]): Repeated | undefined {
  const end = words.indexOf('--');
  const given = end < 0 ? words : words.slice(0, end);
  return command.options
    .flatMap(({ long, required, variadic, parseArg }) =>
      // One with a parser of its own collects its values.
      long && required && !variadic && parseArg === undefined ? [{ long, values: valuesOf(long, given) }] : [],
    )
    .find(({ values }) => new Set(values).size > 1);
}

const valuesOf = (long: string, words: readonly string[]): string[] =>
  words.flatMap((word, index) => {
    if (word.startsWith(`${long}=`)) return [word.slice(long.length + 1)];
    return word === long ? [words[index + 1] ?? ''] : [];
  });

export const repeatedMessage = ({ long, values }: Repeated): string =>
  `\`${long}\` must be given once, got: ${values.map((value) => JSON.stringify(value)).join(', ')}. Keep one of them.`;
