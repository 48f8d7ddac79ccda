import fs from 'node:fs';
import path from 'node:path';

/** Whether golden files are written and not compared, which `npm run snapshots` asks for. */
export const rewrites = process.env.UPDATE_GOLDEN !== undefined && process.env.UPDATE_GOLDEN !== '';

/** Compares with a file that a person has read. `npm run snapshots` writes it again, to be read again. */
export function expectGolden(file: string, text: string): void {
  if (rewrites) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  expect(text).toBe(readCommitted(file));
}

/** @throws when there is no such file, with the command that writes it */
export function readCommitted(file: string): string {
  if (!fs.existsSync(file)) throw new Error(`${file} is not there. Run npm run snapshots, and read what it wrote.`);
  return fs.readFileSync(file, 'utf8');
}
