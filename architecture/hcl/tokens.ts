/** The parser of HCL says nothing about where things stand in a file, so what needs that reads the text itself. */

/** The line of a place in a text, from 1. */
export const lineOf = (text: string, at: number) => text.slice(0, at).split('\n').length;

/** Where the comment, string, heredoc or character that begins there ends. */
export function endOf(text: string, at: number): number {
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
