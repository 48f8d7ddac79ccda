/**
 * PowerShell eats the `--` before options, so plain words say the same: `all` for `--all`, `seed=7` for `--seed 7`. Other words,
 * and an option without a value, stay as they are.
 *
 * @param argv as of a process: the first two are Node and the script
 * @param flags names of options without a value, and `options` of those with one
 */
export function withPlainWords(
  argv: readonly string[],
  { flags = [], options }: { readonly flags?: readonly string[]; readonly options: readonly string[] },
): string[] {
  return argv.flatMap((word, index) => {
    if (index <= 1) return [word];
    if (flags.includes(word)) return [`--${word}`];
    const [, option = '', value] = /^([a-z]+)=(.+)$/.exec(word) ?? [];
    return value !== undefined && options.includes(option) ? [`--${option}`, value] : [word];
  });
}
