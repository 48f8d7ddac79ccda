import type { RemarkAt } from '../terraform/document';
import { endOf, lineOf } from './tokens';

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
