import { kindOf } from './json';

/** One reference inside an expression. */
export interface Reference {
  /** As written, as in `azurerm_service_plan.plan["weu"].id`. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Stands for a value that exists only after apply. */
export const afterApply = '${(known after apply)}';
/** Stands for a value that Terraform marks as sensitive: it is never read. */
const sensitive = '${(sensitive value)}';

/** A sensitive value. What it is made from is not secret, so links through it can be followed. */
export const sensitiveFrom = (references: readonly string[]): string =>
  [sensitive, ...references.map((one) => `\${${one}}`)].join(' ');

export const isSensitive = (value: unknown): boolean => typeof value === 'string' && value.startsWith(sensitive);

export const isExpression = (value: unknown): value is string => typeof value === 'string' && /[$%]\{/.test(value);

/** Whether the same text elsewhere means the same value: not `each.value`, nor what stands for a value that is unknown. */
export function isOneValue(text: string): boolean {
  if (!isExpression(text)) return true;
  const references = referencesIn(text);
  return references.length > 0 && !references.some((one) => /^(each|count)\./.test(one.text));
}

const identifier = /[A-Za-z_][\w-]*/y;
const index = '\\[(?:[^[\\]"]|"(?:[^"\\\\]|\\\\.)*")*\\]';
const step = new RegExp(`\\.(?:[A-Za-z_][\\w-]*|\\d+|\\*)|${index}`, 'y');
/** What an expression can refer to: values of the module, and resources, whose types have an underscore. */
const referable = /^(var|local|each|count|module|data|path|terraform)\.|^[a-z0-9]+_\w*[.[]/;

interface Parts {
  readonly references: Reference[];
  /** Literal texts, outside and inside expressions. */
  readonly literals: string[];
  /** Literals in an index, as in `plan["weu"]`. */
  readonly keys: string[];
}

/**
 * What a template refers to, in order. Its literal parts are not references, whatever they look like.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#string-templates
 */
export function partsOf(template: string): Parts {
  const parts: Parts = { references: [], literals: [], keys: [] };
  readTemplate(template, 0, false, parts);
  return parts;
}

export const referencesIn = (template: string): readonly Reference[] => partsOf(template).references;

/** @returns where the template ends: after its closing quote, or at the end of the text */
function readTemplate(text: string, from: number, quoted: boolean, found: Parts): number {
  let at = from;
  let literal = '';
  while (at < text.length && !(quoted && text[at] === '"')) {
    const start = at;
    if (text.startsWith('${', at) || text.startsWith('%{', at)) at = readExpression(text, at + 2, found);
    else {
      at += text.startsWith('$${', at) || text.startsWith('%%{', at) ? 3 : quoted && text[at] === '\\' ? 2 : 1;
      literal += text.slice(start, at);
    }
  }
  found.literals.push(literal);
  return at + 1;
}

/** @returns where the expression ends: after its closing brace, or at the end of the text */
function readExpression(text: string, from: number, found: Parts): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const char = text[at];
    if (char === '"') at = readTemplate(text, at + 1, true, found);
    else if (char === '}' && depth === 0) return at + 1;
    else if (text.startsWith('/*', at)) at = skipped(text, at, '*/', found);
    else if (char === '#' || text.startsWith('//', at)) at = skipped(text, at, '\n', found);
    // A heredoc ends at its own marker: the rest can be anything.
    else if (text.startsWith('<<', at)) at = skipped(text, at, null, found);
    else if (/[A-Za-z_]/.test(char ?? '')) at = readTraversal(text, at, found);
    else {
      depth += char === '{' ? 1 : char === '}' ? -1 : 0;
      at++;
    }
  }
  return at;
}

/** Takes everything up to a mark, or to the end, as a literal. */
function skipped(text: string, from: number, mark: string | null, found: Parts): number {
  const at = mark === null ? -1 : text.indexOf(mark, from + 2);
  const end = at < 0 ? text.length : at + (mark ?? '').length;
  found.literals.push(text.slice(from, end));
  return end;
}

function readTraversal(text: string, start: number, found: Parts): number {
  identifier.lastIndex = start;
  let at = start + (identifier.exec(text)?.[0].length ?? 1);
  const inside: Reference[] = [];
  for (;;) {
    step.lastIndex = at;
    const [next] = step.exec(text) ?? [];
    if (next === undefined) break;
    const within: Parts = { references: [], literals: found.keys, keys: found.keys };
    if (next.startsWith('[')) readExpression(`${next.slice(1, -1)}}`, 0, within);
    for (const one of within.references) inside.push({ ...one, start: one.start + at + 1, end: one.end + at + 1 });
    at += next.length;
  }
  const whole = text.slice(start, at);
  if (referable.test(whole) && text[at] !== '(') found.references.push({ text: whole, start, end: at });
  found.references.push(...inside);
  return at;
}

/** The reference, where an expression is exactly one reference; undefined otherwise. */
export function bareReference(value: string): string | undefined {
  const [only] = referencesIn(value);
  return only && value.slice(0, only.start).trim() === '${' && value.slice(only.end).trim() === '}'
    ? only.text
    : undefined;
}

/**
 * Why a value is unknown. The words name what it refers to and never quote a literal part, which may be a secret.
 *
 * @param isAddress whether a text is the address of a resource; its key may be shown
 */
export function whyOpen(value: unknown, isAddress: (text: string) => boolean = () => false): string {
  if (isSensitive(value)) return 'is sensitive';
  if (value === afterApply) return 'is known only after apply';
  if (!isExpression(value)) return `is ${kindOf(value)}`;
  const bare = bareReference(value);
  if (bare !== undefined) return `is \${${withoutLiteralKeys(bare, isAddress)}}`;
  const named = new Set(referencesIn(value).map(({ text }) => withoutLiteralKeys(text, isAddress)));
  return named.size > 0 ? `depends on ${[...named].join(', ')}` : 'is an expression';
}

/** The longest address at the start stays as it is: reports show addresses anyway. */
function withoutLiteralKeys(reference: string, isAddress: (text: string) => boolean): string {
  const ends = [...reference.matchAll(/[.[]|$/g)].map(({ index: end }) => end).reverse();
  const address = ends.map((end) => reference.slice(0, end)).find(isAddress) ?? '';
  const shown = /^\[(\d+|\*|each\.key|each\.value|count\.index)\]$/;
  return (
    address + reference.slice(address.length).replace(new RegExp(index, 'g'), (one) => (shown.test(one) ? one : '[…]'))
  );
}
