/**
 * Characters that change what a reader sees without being seen: controls (C0, DEL, C1), line and paragraph separators,
 * marks that turn the direction of text, and characters of no width.
 *
 * @see https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for.
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]/gu;

/**
 * What a build agent runs when it reads it in a log: `##vso[…]` and `##[…]` anywhere in a line, `::name …::` at its start,
 * which is anywhere once a line is wrapped.
 *
 * @see https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
const agentCommand = /#(?=#(?:vso)?\[)|:(?=:[a-z])/gi;

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const codePoint = (text: string) => `\\u{${(text.codePointAt(0) ?? 0).toString(16)}}`;

/** Text as one visible line that no terminal, log or build agent takes for anything but text. */
export const printable = (text: string): string =>
  text.replace(unseen, (each) => named[each] ?? codePoint(each)).replace(agentCommand, codePoint);

/** The same for text of several lines, which stay lines. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n');

/** A value with every text in it, keys included, made printable. What is rendered from it needs no further thought. */
export function allPrintable<T>(value: T): T {
  if (typeof value === 'string') return printable(value) as T;
  if (Array.isArray(value)) return value.map(allPrintable) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [printable(key), allPrintable(inner)])) as T;
}

/** A value as JSON of the same meaning, in which what is not printable is written by number. */
export const printableJson = (value: unknown): string =>
  `${JSON.stringify(value, null, 2)
    .replace(/[^\n -~]/gu, (each) => (each.match(unseen) ? codeUnits(each) : each))
    .replace(/#(?=#(?:vso)?\[)/gi, codeUnits)}\n`;

const codeUnits = (text: string) =>
  text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
