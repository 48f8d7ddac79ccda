/** What is left of a text that is too long for one comment ends with this. */
const rest = (left: number, of: number, whole: string) =>
  `**This comment is cut here: ${left} of ${of} characters are left out, because a comment cannot have more.** All of it is in ${whole}.`;

/**
 * A Markdown text that fits into a comment. A longer one is cut between lines, what is open then is closed, and its last line
 * says how much is missing.
 *
 * @param whole where all of it is, as in `the summary of the run`
 */
export function fitted(text: string, most: number, whole: string): string {
  if (text.length <= most) return text;
  const lines = text.split('\n');
  for (let count = lines.length - 1, length = text.length; count >= 0; count--) {
    length -= (lines[count]?.length ?? 0) + 1;
    const kept = Math.max(0, length);
    if (kept > most) continue;
    const shown = lines.slice(0, count).join('\n');
    const cut = `${shown}${closing(shown)}\n\n${rest(text.length - shown.length, text.length, whole)}\n`;
    if (cut.length <= most) return cut;
  }
  return rest(text.length, text.length, whole).slice(0, most);
}

/** Ends a block of code and whatever is folded. */
function closing(shown: string): string {
  const fence = shown.split('\n').reduce<string | null>((open, line) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    if (open === null) return mark;
    return mark?.startsWith(open) ? null : open;
  }, null);
  const count = (tag: string) => shown.split(tag).length - 1;
  const folded = Math.max(0, count('<details>') - count('</details>'));
  return `${fence === null ? '' : `\n${fence}`}${'\n\n</details>'.repeat(folded)}`;
}
