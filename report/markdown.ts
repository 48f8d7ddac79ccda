/**
 * Text as text of GitHub's Markdown. Words between backticks stay code; everything else that means something there, a
 * mention, a link, an emphasis, an issue's number, is taken for what it is: text.
 */
export function markdownText(text: string): string {
  const parts = text.split('`');
  // A backtick without a second one opens nothing.
  const pairs = parts.length % 2 === 1 ? parts.length : parts.length - 1;
  return parts
    .map((part, index) =>
      index >= pairs ? `\\\`${plain(part)}` : index % 2 === 1 ? `\`${part.replaceAll('|', '\\|')}\`` : plain(part),
    )
    .join('');
}

/** A Terraform address, say, as code. */
export const markdownCode = (text: string): string => `\`${text.replaceAll('`', "'")}\``;

export const markdownTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(markdownText))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

const plain = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\|[\]*~#]/g, '\\$&')
    .replaceAll(/(?<![a-z0-9])_|_(?![a-z0-9])/gi, '\\_')
    .replaceAll('@', '@&#8203;')
    .replaceAll(/(?<=https?:|ftp:)\/\/|(?<=www)\./gi, '&#8203;$&')
    .replaceAll(/\r?\n/g, ' ');
