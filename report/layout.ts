import Table from 'cli-table3';
import type { createColors } from 'picocolors';
import wrapAnsi from 'wrap-ansi';

/** How a document for a terminal is laid out. */
export interface Layout {
  readonly colour: boolean;
  /** Columns of the terminal; Infinity: nothing is wrapped. */
  readonly width: number;
  /** Columns that a table may take before it is folded into blocks; as wide as the text by default. */
  readonly tableWidth?: number;
}

export type Colours = ReturnType<typeof createColors>;

/** Where no terminal says how wide it is: a pipe, a file, a build's log. */
export const usualWidth = 120;

/** The smallest width that can be read. A terminal that reports less is treated as this wide. */
const leastWidth = 40;

/** Columns of a stream; of what is not a terminal the usual ones. */
export const widthOf = ({ isTTY, columns }: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>): number =>
  isTTY && columns > 0 ? Math.max(columns, leastWidth) : usualWidth;

/** The layout of what goes to a stream, or to a file where there is none. Programs read what is not a terminal: its tables stay tables. */
export function layoutOf(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'> | null, colour: boolean): Layout {
  if (stream?.isTTY) return { colour, width: widthOf(stream) };
  return { colour: colour && stream !== null, width: usualWidth, tableWidth: Number.POSITIVE_INFINITY };
}

/** Lines of at most `width` columns, broken between words only: an address or a path stays whole, to be copied. */
export function wrapped(text: string, width: number, indent = ''): string[] {
  if (width === Number.POSITIVE_INFINITY) return [indent + text];
  return wrapAnsi(text, width - indent.length, { hard: false })
    .split('\n')
    .map((line) => indent + line.trimEnd());
}

/** A column of a table, wherever it is shown. */
export interface Column<Row> {
  readonly head: string;
  readonly numeric?: boolean;
  readonly text: (row: Row) => string;
}

/** Index of each column of numbers. */
export const numericOf = <Row>(columns: readonly Column<Row>[]): number[] =>
  columns.flatMap(({ numeric }, index) => (numeric ? [index] : []));

export const headsOf = <Row>(columns: readonly Column<Row>[]): string[] => columns.map(({ head }) => head);
export const cellsOf = <Row>(columns: readonly Column<Row>[], row: Row): string[] =>
  columns.map(({ text }) => text(row));

/** Rows under their heads without borders, numbers to the right; as a block per row where the terminal is too narrow for that. */
export function textTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { width, bold }: { readonly width: number; readonly bold: (text: string) => string },
): string[] {
  const [head = '', ...lines] = tableLines(
    headsOf(columns),
    rows.map((row) => cellsOf(columns, row)),
    columns.map(({ numeric }) => (numeric ? 'right' : 'left')),
  );
  if (fits([head, ...lines], width)) return [bold(head), ...lines];
  return blocks(columns, rows, { width, bold });
}

export const fits = (lines: readonly string[], width: number): boolean =>
  lines.every((line) => visibleLength(line) <= width);

/** The first column names the block, the others stand under it as `head: value`. */
export function blocks<Row>(
  [name, ...others]: readonly Column<Row>[],
  rows: readonly Row[],
  { width, bold }: { readonly width: number; readonly bold: (text: string) => string },
): string[] {
  const longest = Math.max(0, ...others.map(({ head }) => head.length));
  return rows.flatMap((row, index) => [
    ...(index > 0 ? [''] : []),
    bold(name?.text(row) ?? ''),
    ...others.flatMap(({ head, text }) => definition(head.padEnd(longest), text(row), width)),
  ]);
}

/** `name  value`, the value's further lines under its first. */
export function definition(name: string, value: string, width: number, indent = '  '): string[] {
  const hanging = `${indent}${' '.repeat(name.length)}  `;
  const [first = '', ...more] = wrapped(value, Math.max(width, hanging.length + 20), hanging);
  return [`${indent}${name}  ${first.slice(hanging.length)}`.trimEnd(), ...more];
}

/** A cell that spans columns is `{ span, text }`. */
export type Cell = string | { readonly span: number; readonly text: string };

export function tableLines(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  align: readonly ('left' | 'right')[],
  gap = 2,
): string[] {
  const built = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': gap },
    colAligns: [...align],
    chars: borderless,
  });
  built.push(
    ...rows.map((row) =>
      row.map((cell) =>
        typeof cell === 'string' ? cell : { colSpan: cell.span, content: cell.text, hAlign: 'left' as const },
      ),
    ),
  );
  return built
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

const borderless = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid', 'middle'].flatMap((side) =>
    ['', '-mid', '-left', '-right'].map((corner) => [`${side}${corner}`, '']),
  ),
);

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours start with one.
const visibleLength = (line: string) => line.replaceAll(/\u001b\[[0-9;]*m/g, '').length;
