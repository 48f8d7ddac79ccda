import fs from 'node:fs';
import path from 'node:path';
import { root } from '../support/commands/command';
import { brokenLinks, docs, docsFolder } from './markdown';

const atRoot = fs.readdirSync(root).filter((name) => name.endsWith('.md'));
const pages = [...docs(), ...atRoot.map((name) => path.join('..', name))];
const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

test('there are the pages that a reader looks for', () => {
  expect(atRoot.toSorted()).toEqual(['CHANGELOG.md', 'CONTRIBUTING.md', 'README.md', 'SECURITY.md']);
});

test.each(pages)('%s: links to files and headings that exist', (name) => {
  expect(brokenLinks(name)).toEqual([]);
});

test.each(pages)('%s: names only scripts of package.json', (name) => {
  const text = fs.readFileSync(path.join(docsFolder, name), 'utf8');
  const named = [...text.matchAll(/\bnpm run (?:--silent )?([a-z][a-z:-]*)/g)].map(([, script]) => script as string);
  expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
});

test('a link to a heading or file that is missing is found', () => {
  const folder = fs.mkdtempSync(path.join(docsFolder, 'links-test-'));
  try {
    const name = path.join(path.basename(folder), 'page.md');
    fs.writeFileSync(
      path.join(docsFolder, name),
      '# One heading\n\n[a](#one-heading) [b](#another) [c](../sessions.md#health) [d](../sessions.md#nothing) [e](gone.md)\n',
    );
    expect(brokenLinks(name)).toEqual(['#another', '../sessions.md#nothing', 'gone.md']);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
