/** What a shell loads to complete the command: a script that holds all words, so that a Tab starts nothing. */

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

/** An option of a word. */
export interface Completes {
  /** With its two dashes. */
  readonly long: string;
  readonly meaning: string;
  /** What its value is; null: it takes none. */
  readonly value: readonly string[] | 'file' | 'folder' | 'any' | null;
}

/** A word of the command. */
export interface Completed {
  readonly word: string;
  readonly meaning: string;
  /** What stands behind it, beside paths. */
  readonly takes: readonly string[];
  readonly options: readonly Completes[];
}

const name = 'steadystate';

const longs = ({ options }: Completed): string => options.map(({ long }) => long).join(' ');

/** Text in single quotes, as POSIX shells and fish read it. */
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", `'\\''`)}'`;

function bash(all: readonly Completed[]): string {
  const valued = (options: readonly Completes[], kind: (value: Completes['value']) => boolean): string =>
    options.flatMap(({ long, value }) => (kind(value) ? [long] : [])).join('|');
  const cases = all.map((each) => {
    const { word, takes, options } = each;
    const files = valued(options, (value) => value === 'file' || value === 'folder');
    const any = valued(options, (value) => value === 'any');
    return [
      `    ${word})`,
      '      case "$previous" in',
      ...options.flatMap(({ long, value }) =>
        Array.isArray(value)
          ? [`        ${long}) COMPREPLY=($(compgen -W "${value.join(' ')}" -- "$current")); return ;;`]
          : [],
      ),
      ...(files === '' ? [] : [`        ${files}) return ;;`]),
      ...(any === '' ? [] : [`        ${any}) return ;;`]),
      '      esac',
      `      case "$current" in -*) words="${longs(each)}" ;; *) words="${takes.join(' ')}" ;; esac ;;`,
    ].join('\n');
  });
  return `# bash completion of ${name}
_${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${all.map(({ word }) => word).join(' ')} --help --version" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
# Where it knows no word, the shell offers files.
complete -o bashdefault -o default -F _${name} ${name}
`;
}

function zsh(all: readonly Completed[]): string {
  const escaped = (text: string) => text.replace(/[[\]:\\]/g, (each) => `\\${each}`);
  const spec = ({ long, meaning, value }: Completes): string => {
    const said = `${long}[${escaped(meaning)}]`;
    if (value === null) return quoted(said);
    const what = Array.isArray(value)
      ? `:value:(${value.join(' ')})`
      : value === 'file'
        ? ':file:_files'
        : value === 'folder'
          ? ':folder:_files -/'
          : ':value: ';
    return quoted(`*${said}${what}`);
  };
  return `#compdef ${name}
_${name}() {
  if (( CURRENT == 2 )); then
    local -a words=(${all.map(({ word, meaning }) => quoted(`${word}:${escaped(meaning)}`)).join(' ')})
    _describe command words
    return
  fi
  local word=$words[2]
  shift words; (( CURRENT-- ))
  case $word in
${all
  .map(
    ({ word, takes, options }) =>
      `    ${word}) _arguments ${options.map(spec).join(' ')} ${quoted(`*:word:{ compadd -- ${takes.join(' ')}; _files }`)} ;;`,
  )
  .join('\n')}
  esac
}
_${name} "$@"
`;
}

function fish(all: readonly Completed[]): string {
  const line = (...parts: string[]) => `complete -c ${name} ${parts.join(' ')}`;
  return `${[
    `# fish completion of ${name}`,
    ...all.flatMap(({ word, meaning, takes, options }) => {
      const when = `-n ${quoted(`__fish_seen_subcommand_from ${word}`)}`;
      return [
        line(`-n __fish_use_subcommand -f -a ${word} -d ${quoted(meaning)}`),
        ...(takes.length > 0 ? [line(when, `-a ${quoted(takes.join(' '))}`)] : []),
        ...options.map(({ long, meaning: does, value }) => {
          const takesValue =
            value === null
              ? []
              : Array.isArray(value)
                ? [`-x -a ${quoted(value.join(' '))}`]
                : value === 'any'
                  ? ['-x']
                  : ['-r'];
          return line(when, `-l ${long.slice(2)}`, ...takesValue, `-d ${quoted(does)}`);
        }),
      ];
    }),
  ].join('\n')}\n`;
}

function powershell(all: readonly Completed[]): string {
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const list = (values: readonly string[]) => `@(${values.map(text).join(', ')})`;
  const table = all.map(({ word, takes, options }) => {
    const values = options.flatMap(({ long, value }) =>
      Array.isArray(value) ? [`${text(long)} = ${list(value)}`] : [],
    );
    return `    ${text(word)} = @{ words = ${list([...takes, ...options.map(({ long }) => long)])}; values = @{ ${values.join('; ')} } }`;
  });
  return `# PowerShell completion of ${name}
Register-ArgumentCompleter -Native -CommandName ${name} -ScriptBlock {
  param($current, $tree, $position)
  $known = @{
${table.join('\n')}
  }
  $typed = @($tree.CommandElements | ForEach-Object { $_.ToString() })
  $before = if ($current) { $typed.Count - 2 } else { $typed.Count - 1 }
  $candidates = if ($before -lt 1) { ${list([...all.map(({ word }) => word), '--help', '--version'])} }
    elseif ($known[$typed[1]].values.ContainsKey($typed[$before])) { $known[$typed[1]].values[$typed[$before]] }
    elseif ($known.ContainsKey($typed[1])) { $known[$typed[1]].words }
  $candidates | Where-Object { $_ -like "$current*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`;
}

/** The script for each shell. */
export const scripts: Readonly<Record<(typeof shells)[number], (all: readonly Completed[]) => string>> = {
  bash,
  zsh,
  fish,
  powershell,
};
