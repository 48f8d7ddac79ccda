/**
 * Text of a file. Windows PowerShell's `>` writes UTF-16 and its `Out-File -Encoding utf8` a byte order mark; neither is part
 * of the text. UTF-16 without a mark is seen by the zero that is half of the first character.
 */
export function decoded(bytes: Buffer): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf([first, second]: Buffer): string {
  if ((first === 0xff && second === 0xfe) || (second === 0 && first !== 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== undefined && second !== 0)) return 'utf-16be';
  return 'utf-8';
}
