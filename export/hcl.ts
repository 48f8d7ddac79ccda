/**
 * Writes Terraform's native syntax, as `terraform fmt` leaves it, from the JSON syntax.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */

/** Text that is written as it is, such as a reference. */
export class Raw {
  constructor(readonly text: string) {}
}

/** Part of a body: an argument or a nested block, with the comment above it. */
export type Item =
  | { readonly kind: 'argument'; readonly name: string; readonly value: unknown; readonly comment?: string | undefined }
  | {
      readonly kind: 'block';
      readonly name: string;
      readonly labels?: readonly string[];
      readonly items: readonly Item[];
      readonly comment?: string | undefined;
    };

const indent = '  ';

/** A file of blocks, with an empty line between two of them. */
export const renderFile = (blocks: readonly Item[]): string =>
  `${blocks.map((block) => renderItems([block], '').join('\n')).join('\n\n')}\n`;

/** Lines of a body. Nested blocks are set apart by empty lines, arguments in a row have their values in one column. */
function renderItems(items: readonly Item[], margin: string): string[] {
  const lines: string[] = [];
  for (const [index, item] of items.entries()) {
    const before = items[index - 1];
    if (before && (before.kind === 'block' || item.kind === 'block')) lines.push('');
    if (item.comment !== undefined) lines.push(...commentLines(item.comment, margin));
    if (item.kind === 'block') lines.push(...blockLines(item, margin));
    else lines.push(...argumentLines(item.name, item.value, widthAround(items, index), margin));
  }
  return lines;
}

function blockLines(block: Item & { kind: 'block' }, margin: string): string[] {
  const head = [block.name, ...(block.labels ?? []).map((label) => JSON.stringify(label))].join(' ');
  if (block.items.length === 0) return [`${margin}${head} {}`];
  return [`${margin}${head} {`, ...renderItems(block.items, margin + indent), `${margin}}`];
}

function argumentLines(name: string, value: unknown, width: number, margin: string): string[] {
  const [first = '', ...rest] = valueLines(value, margin);
  return [`${margin}${name.padEnd(width)} = ${first}`, ...rest];
}

/** `terraform fmt` aligns arguments that follow each other on lines of their own; a comment or a value of several lines ends such a row. */
function widthAround(items: readonly Item[], index: number): number {
  const isSingle = (item: Item | undefined) => item?.kind === 'argument' && valueLines(item.value, '').length === 1;
  const own = items[index] as Item;
  if (!isSingle(own)) return own.name.length;
  let [start, end] = [index, index];
  while (items[start]?.comment === undefined && isSingle(items[start - 1])) start -= 1;
  while (isSingle(items[end + 1]) && items[end + 1]?.comment === undefined) end += 1;
  return Math.max(...items.slice(start, end + 1).map(({ name }) => name.length));
}

/** Longest list that stays on one line. */
const oneLine = 100;

/** A value on the lines that it takes; the first follows an equals sign. */
function valueLines(value: unknown, margin: string): string[] {
  if (value instanceof Raw) return [value.text];
  if (typeof value === 'string') return [template(value)];
  if (value === null || typeof value !== 'object') return [String(value)];
  const inner = margin + indent;
  if (Array.isArray(value)) {
    if (value.length === 0) return ['[]'];
    const elements = value.map((element) => valueLines(element, inner));
    const line = `[${elements.map((lines) => lines[0]).join(', ')}]`;
    if (elements.every((lines) => lines.length === 1) && line.length <= oneLine) return [line];
    return ['[', ...elements.flatMap((lines) => [`${inner}${lines.join('\n')},`]), `${margin}]`];
  }
  const members = Object.entries(value);
  if (members.length === 0) return ['{}'];
  const items = members.map(([key, member]): Item => ({ kind: 'argument', name: keyOf(key), value: member }));
  return ['{', ...renderItems(items, inner), `${margin}}`];
}

/** A key that is an expression needs parentheses, which tell it from a name. */
function keyOf(key: string): string {
  if (/^[A-Za-z_][\w-]*$/.test(key)) return key;
  const written = template(key);
  return written.startsWith('"') ? written : `(${written})`;
}

const commentLines = (comment: string, margin: string) => wrap(comment, 100).map((line) => `${margin}# ${line}`);

function wrap(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) as string;
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}

/**
 * A string of the JSON syntax, which is a template: a single expression is written bare, and what is literal is escaped.
 * Text between `${` and its brace stays as it is.
 */
export function template(text: string): string {
  const parts = templateParts(text);
  const [only, ...more] = parts;
  if (only?.kind === 'expression' && more.length === 0) return only.text;
  return `"${parts.map((part) => (part.kind === 'expression' ? `\${${part.text}}` : escaped(part.text))).join('')}"`;
}

export interface TemplatePart {
  readonly kind: 'literal' | 'expression';
  readonly text: string;
}

/** The literal parts of a template and the expressions between them. */
export function templateParts(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let literal = '';
  for (let at = 0; at < text.length; ) {
    // `$${` is a literal `${`, and stays one.
    if (text.startsWith('$${', at) || text.startsWith('%%{', at)) {
      literal += text.slice(at, at + 3);
      at += 3;
    } else if (text.startsWith('${', at)) {
      const end = closingBrace(text, at + 2);
      if (literal !== '') parts.push({ kind: 'literal', text: literal });
      literal = '';
      parts.push({ kind: 'expression', text: text.slice(at + 2, end) });
      at = end + 1;
    } else {
      literal += text[at];
      at += 1;
    }
  }
  if (literal !== '') parts.push({ kind: 'literal', text: literal });
  return parts;
}

/** Position of the brace that ends an expression; braces in nested strings and their templates are not it. */
function closingBrace(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const letter = text[at];
    if (letter === '}') return at;
    if (letter === '{') at = closingBrace(text, at + 1);
    else if (letter === '"') at = closingQuote(text, at + 1);
    at += 1;
  }
  return text.length;
}

function closingQuote(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\') at += 1;
    else if (text.startsWith('${', at) && text[at - 1] !== '$') at = closingBrace(text, at + 2);
    at += 1;
  }
  return at;
}

const escaped = (text: string) => JSON.stringify(text).slice(1, -1);
