/** The word that is meant where at most two letters are wrong, missing or too many; undefined: none is that close. */
export function similar(word: string, words: readonly string[]): string | undefined {
  const [first] = words.map((name) => ({ name, apart: lettersApart(word, name) })).sort((a, b) => a.apart - b.apart);
  return first && first.apart <= 2 ? first.name : undefined;
}

/** How many letters must be changed, added or removed to make one word of the other. */
function lettersApart(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [above, letter] of [...from].entries()) {
    const next = [above + 1];
    for (let index = 1; index <= to.length; index++)
      next[index] = Math.min(
        (row[index] ?? 0) + 1,
        (next[index - 1] ?? 0) + 1,
        (row[index - 1] ?? 0) + (letter === to[index - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[to.length] ?? 0;
}
