import fs from 'node:fs';
import path from 'node:path';
import { root } from './support/commands/command';

const skipped = new Set(['node_modules', '.git', 'cdktf.out', 'state', 'CHANGELOG.md']);

function texts(folder: string): string[] {
  return fs.readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (skipped.has(entry.name)) return [];
    if (entry.isDirectory()) return texts(name);
    return /\.(ts|cjs|md)$/.test(name) && name !== 'test/wording.test.ts' ? [name] : [];
  });
}

/** Words that readers stumbled over, with what to write instead. */
const instead: readonly (readonly [RegExp, string])[] = [
  [/\bcannot be told\b|\bnothing tells\b/i, 'unknown'],
  [/\b(is|are|was|were) told\b/i, 'reported, notified'],
  [/\banew\b/i, 'again'],
  [/\bheld against\b/i, 'checked against'],
  [
    /(?<!there )\bis no (text|string|number|JSON|URL|result|day|app|zip|store|origin|reference|member|price file)\b/i,
    'is not a',
  ],
  [/\blets? read\b/i, 'grant'],
  [/\bof one's own\b/i, 'your own'],
  [/\b(thereof|wherein|whence|hitherto|lest|nought)\b/i, 'a common word'],
  [/\bfacts, section\b|\bdesign\.md\b/i, 'a link to what is in the repository'],
];

test.each(instead)('nothing says %s', (word) => {
  const found = texts('').filter((name) => word.test(fs.readFileSync(path.join(root, name), 'utf8')));
  expect(found).toEqual([]);
});
