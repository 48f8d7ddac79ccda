/** Longer than this a name makes a sentence unreadable. */
const longest = 60;
const kept = 28;

/** A name for a sentence: of a very long one its begin and its end, which tell it from others. Tables have all of it. */
export function shortened(name: string): string {
  const letters = [...name];
  if (letters.length <= longest) return name;
  return `${letters.slice(0, kept).join('')}…${letters.slice(-kept).join('')}`;
}
