import { type Command, Option } from 'commander';
import { InputError } from '../inputError';
import { checkWritable, writeWhole } from '../report/file';
import type { FormatName, Formats } from '../report/format';
import { type Layout, layoutOf } from '../report/layout';
import { print, useColour } from './program';
import { provenance } from './provenance';

/** Options of every command that prints a document. */
export interface DocumentOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
  /** File of a page that is written as well. */
  readonly html?: string;
  /** File that receives what is printed otherwise. */
  readonly output?: string;
  readonly wide?: boolean;
}

/** Formats that an option of the same name chooses. */
const printed = ['json', 'markdown'] as const satisfies readonly FormatName[];

const anotherPath = 'Give another path.';

/** Adds the options for the formats that a document has. */
export function withDocument<Result>(
  command: Command,
  formats: Formats<Result>,
  words: { page?: string } = {},
): Command {
  if (formats.json) command.option('--json', 'print the result as JSON');
  if (formats.markdown)
    command.addOption(new Option('--markdown', "print it for a pull request's comment").conflicts('json'));
  if (formats.html) command.option('--html <file>', words.page ?? 'also write one self-contained page');
  return command
    .option('--output <file>', 'write to a file what is printed otherwise')
    .option('--wide', 'do not fit text into the width of the terminal');
}

/** @throws InputError for a file that cannot be written, before any work is done */
export function checkDocument({ html, output }: DocumentOptions): void {
  if (html !== undefined && html === output)
    throw new InputError(`--html and --output both name ${html}. Give each a file of its own.`);
  if (html !== undefined) checkWritable(html, anotherPath);
  if (output !== undefined) checkWritable(output, anotherPath);
}

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
  const chosen = printed.find((name) => options[name]) ?? 'text';
  const { output, html } = options;
  const text = await (formats[chosen] ?? formats.text)(result, layoutFor(options), provenance(inputs));
  if (output === undefined) await print(text);
  else write(output, text);
  if (html !== undefined && formats.html)
    write(html, await formats.html(result, layoutFor(options), provenance(inputs)));
}

function write(file: string, text: string): void {
  writeWhole(file, text, anotherPath);
  process.stderr.write(`Wrote ${file}\n`);
}

function layoutFor({ output, wide }: DocumentOptions): Layout {
  const stream = output === undefined ? process.stdout : null;
  const layout = layoutOf(stream, useColour(process.stdout));
  return wide ? { ...layout, width: Number.POSITIVE_INFINITY } : layout;
}
