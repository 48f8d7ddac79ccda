import type { RemarkAt } from '../terraform/document';

/** A comment that speaks to this program. */
const speaks = /^(?:#|\/\/|\/\*)\s*steadystate:([\s\S]*?)\s*(?:\*\/)?$/;
const header = /\b(resource|module)\s+"?([\w-]+)"?(?:\s+"?([\w-]+)"?)?\s*$/;

/**
 * The comments of a `.tf` file that begin with `steadystate:`, each with the address of the resource or module that it is
 * in, or above; an empty address where it is at neither. The parser of HCL leaves comments out.
 *
 * @param file as a message names it
 */
export function remarksIn(text: string, file: string): RemarkAt[] {
  if (!text.includes('steadystate:')) return [];
  const remarks: RemarkAt[] = [];
  let depth = 0;
  let waiting: Omit<RemarkAt, 'address'>[] = [];
  let block = '';
  for (let at = 0; at < text.length; ) {
    const end = endOf(text, at);
    const token = text.slice(at, end);
    const said = speaks.exec(token)?.[1];
    if (said !== undefined) waiting.push({ text: said, where: `${file}:${lineOf(text, at)}` });
    if (token === '{') {
      if (depth === 0) block = addressIn(text.slice(Math.max(0, at - 300), at));
      depth += 1;
    }
    // What stands above a block, and on its first line, belongs to it.
    const closes = token === '}' && depth === 1;
    if (depth > 0 || at + token.length >= text.length) {
      remarks.push(...waiting.map((one) => ({ ...one, address: depth > 0 ? block : '' })));
      waiting = [];
    }
    if (token === '}') depth -= 1;
    if (closes) block = '';
    at = end;
  }
  return [...remarks, ...waiting.map((one) => ({ ...one, address: '' }))];
}

function addressIn(before: string): string {
  const [, kind, first, second] = header.exec(before) ?? [];
  if (kind === 'module' && second === undefined) return `module.${first}`;
  return kind === 'resource' && second !== undefined ? `${first}.${second}` : '';
}

const lineOf = (text: string, at: number) => text.slice(0, at).split('\n').length;

/** Where the comment, string, heredoc or character that begins there ends. */
function endOf(text: string, at: number): number {
  const rest = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    return found ? at + found[0].length : undefined;
  };
  return (
    (text[at] === '"' ? endOfString(text, at) : undefined) ??
    rest(/(#|\/\/)[^\n]*/y) ??
    rest(/\/\*[\s\S]*?(\*\/|$)/y) ??
    rest(/<<-?([\w-]+)[^\S\n]*\n(?:[\s\S]*?\n)??[^\S\n]*\1(?=[^\S\n]*(\r?\n|$))/y) ??
    at + 1
  );
}

/** A string may hold expressions, and these hold strings again. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; ) {
    const two = text.slice(at, at + 2);
    if (text[at] === '\\') at += 2;
    else if (text[at] === '"') return at + 1;
    else if (text.slice(at, at + 3) === '$${' || text.slice(at, at + 3) === '%%{') at += 3;
    else if (two === '${' || two === '%{') at = endOfTemplate(text, at + 2);
    else at += 1;
  }
  return text.length;
}

function endOfTemplate(text: string, start: number): number {
  let depth = 1;
  let at = start;
  while (at < text.length && depth > 0) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    at = text[at] === '"' ? endOfString(text, at) : at + 1;
  }
  return at;
}
