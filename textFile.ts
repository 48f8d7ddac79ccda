/** Text of a file. Windows PowerShell's `>` writes UTF-16 and its `Out-File -Encoding utf8` a byte order mark; neither is part of the text. */
export function decoded(bytes: Buffer): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
