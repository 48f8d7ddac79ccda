import path from 'node:path';
import { type Command, Option } from 'commander';
import { InputError, refuse } from '../inputError';
import { checkWritable, writeWhole } from '../report/file';
import type { FormatName, Formats, Printed } from '../report/format';
import { type Layout, layoutOf } from '../report/layout';
import { printable } from '../report/printable';
import { type Collected, CollectedOption, merged } from './config/collected';
import { print, useColour } from './program';
import { provenance } from './provenance';

/** Options of every command that prints a document. */
export interface DocumentOptions extends Readonly<Partial<Record<Printable, boolean>>> {
  readonly format?: Printable;
  /** File of a page that is written as well. */
  readonly html?: string;
  /** Further formats, each with the file that receives it. */
  readonly also?: Collected;
  /** File that receives what is printed otherwise. */
  readonly output?: string;
  readonly wide?: boolean;
}

type Printable = Exclude<FormatName, 'text' | 'html'>;

/** Formats that an option of the same name chooses, as `--format` does. */
const printed: Readonly<Record<Printable, string>> = {
  json: 'print the result as JSON',
  markdown: "print it for a pull request's comment",
  sarif: 'print the findings as SARIF 2.1.0, for code scanning',
  junit: 'print the findings as JUnit XML, for the tests of a pipeline',
  annotations: 'print the findings as annotations, for the log of a GitHub workflow',
  codequality: 'print the findings as a Code Quality report, for GitLab',
};

const formatNames = Object.keys(printed) as Printable[];

const anotherPath = 'Give another path.';

/** Adds the options for the formats that a document has. */
export function withDocument<Result>(
  command: Command,
  formats: Formats<Result>,
  words: { page?: string } = {},
): Command {
  const known = formatNames.filter((name) => formats[name]);
  for (const name of known) command.addOption(new Option(`--${name}`, printed[name]));
  if (known.length > 0) command.addOption(new Option('--format <name>', 'the same by name').choices(known));
  if (formats.html) command.option('--html <file>', words.page ?? 'also write one self-contained page');
  const others = (Object.keys(formats) as FormatName[]).filter((name) => name !== 'html');
  command.addOption(
    new CollectedOption('--also <format=file>', `also write a format to a file (${others.join(', ')})`, {
      key: 'also',
      isPath: true,
      check: (format) => {
        if (!(others as string[]).includes(format))
          throw refuse(
            '--also',
            `one of ${others.join(', ')}, and a file`,
            format,
            'Write it as in --also json=result.json.',
          );
      },
    }),
  );
  return command
    .option('--output <file>', 'write to a file what is printed otherwise')
    .option('--wide', 'do not fit text into the width of the terminal');
}

/** @throws InputError for two formats, or a file that cannot be written, before any work is done */
export function checkDocument(options: DocumentOptions): void {
  const asked = askedFormats(options);
  if (asked.length > 1)
    throw refuse('format', 'one format', asked.join(' and '), 'Run the command once for each of them.');
  const files = filesOf(options);
  for (const [at, [option, file]] of files.entries()) {
    const other = files.slice(0, at).find(([, earlier]) => path.resolve(earlier) === path.resolve(file));
    if (other) throw new InputError(`${other[0]} and ${option} both name ${file}. Give each a file of its own.`);
    checkWritable(file, anotherPath);
  }
}

/** The files that are written, with the option that names each. */
const filesOf = ({ html, output, also }: DocumentOptions): readonly (readonly [string, string])[] => [
  ...(html === undefined ? [] : [['--html', html] as const]),
  ...(output === undefined ? [] : [['--output', output] as const]),
  ...Object.entries(merged(also)).map(([format, file]) => [`--also ${format}`, file] as const),
];

/**
 * Prints a result in the format asked for, or writes it to a file; and writes the page, where one is asked for.
 *
 * @param inputs what was read, for the foot of the page
 */
export async function publish<Result>(
  result: Result,
  formats: Formats<Result>,
  options: DocumentOptions,
  inputs: readonly string[],
): Promise<void> {
  const chosen = askedFormats(options)[0] ?? 'text';
  const { output, html, also } = options;
  const made = provenance(inputs);
  const warned = new Set<string>();
  const textIn = async (name: FormatName, layout: Layout): Promise<string> => {
    const { text, warnings } = printedOf(await (formats[name] ?? formats.text)(result, layout, made));
    for (const warning of warnings) if (!warned.has(warning)) process.stderr.write(`warning: ${printable(warning)}\n`);
    for (const warning of warnings) warned.add(warning);
    return text;
  };
  const text = await textIn(chosen, layoutFor(options));
  if (output === undefined) await print(text);
  else write(output, text);
  if (html !== undefined && formats.html) write(html, await textIn('html', layoutFor(options)));
  for (const [name, file] of Object.entries(merged(also)))
    write(file, await textIn(name as FormatName, layoutFor({ ...options, output: file })));
}

const printedOf = (made: string | Printed): Printed => (typeof made === 'string' ? { text: made, warnings: [] } : made);

const askedFormats = (options: DocumentOptions): Printable[] =>
  formatNames.filter((name) => options[name] || options.format === name);

function write(file: string, text: string): void {
  writeWhole(file, text, anotherPath);
  process.stderr.write(`Wrote ${file}\n`);
}

function layoutFor({ output, wide }: DocumentOptions): Layout {
  const stream = output === undefined ? process.stdout : null;
  const layout = layoutOf(stream, useColour(process.stdout));
  return wide ? { ...layout, width: Number.POSITIVE_INFINITY } : layout;
}
