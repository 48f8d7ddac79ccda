import fs from 'node:fs';
import path from 'node:path';
import { root } from '../support/commands/command';
import { docsFolder } from './markdown';

const rows = fs
  .readFileSync(path.join(docsFolder, 'threat-model.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.includes(']('));

test('every threat names code that is there, and a test that is there under that name', () => {
  expect(rows.length).toBeGreaterThan(20);
  const missing = rows.filter((row) => {
    const [, code = '', file = '', title = ''] =
      /\| \[`[^`]+`\]\(([^)]+)\) \| \[`[^`]+`\]\(\.\.\/(test\/[^)]+)\): (.+) \|$/.exec(row) ?? [];
    if (code === '' || !fs.existsSync(path.join(docsFolder, code)) || !fs.existsSync(path.join(root, file)))
      return true;
    return !fs.readFileSync(path.join(root, file), 'utf8').includes(title);
  });
  expect(missing).toEqual([]);
});
