import fs from 'node:fs';
import path from 'node:path';
import { variants } from '../main';
import { root, run } from './support/command';

const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** Rows of the table whose header starts with a word, as lists of cells. */
function table(firstHeader: string): string[][] {
  const [, rows] = readme.split(new RegExp(`^\\| ${firstHeader} \\|.*\\n\\|[-|]+\\n`, 'm'));
  return (rows ?? '')
    .split('\n')
    .slice(
      0,
      rows?.split('\n').findIndex((line) => !line.startsWith('|')),
    )
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** What a fenced block holds that follows a text. */
const blockAfter = (text: string) => /```(?:sh)?\n([\s\S]*?)```/.exec(readme.slice(readme.indexOf(text)))?.[1] ?? '';

test('lists every script of package.json, and none that is not there', () => {
  const listed = table('command').flatMap(([cell = '']) =>
    [...cell.matchAll(/`npm (?:run )?([a-z]+)/g)].map(([, name]) => name),
  );
  expect(listed.sort()).toEqual(Object.keys(scripts).sort());
});

test('lists every variant with what main.ts declares', () => {
  const rows = table('variant').map(([name = '', , instances, affinity]) => [
    /`([^`]+)`/.exec(name)?.[1],
    instances?.split(',')[0],
    affinity,
  ]);
  const declared = Object.entries(variants).map(([name, { regions, instances, affinity }]) => [
    name,
    regions > 1 ? `${regions} × ${instances}` : `${instances}`,
    [affinity.appService, affinity.applicationGateway, affinity.frontDoor]
      .map((state) => (state === 'absent' ? '-' : state))
      .join(' / '),
  ]);
  expect(rows).toEqual(declared);
});

test('names the two commands that set up a fresh machine', () => {
  expect(blockAfter('No compiler, nothing global')).toBe('npm ci && npm run synth\nnpm ci && npm test\n');
});

test('shows the difference that the toggle prints', () => {
  const block = readme.split('npm run compare zone-redundant zone-redundant,appService=on\n```')[1] ?? '';
  expect(/```\n([\s\S]*?)```/.exec(block)?.[1]).toBe(
    run('compare', ['zone-redundant', 'zone-redundant,appService=on']).stdout,
  );
});

test('links to files that exist', () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)]
    .map(([, target]) => target as string)
    .filter((target) => !target.startsWith('http'));
  expect(links.length).toBeGreaterThan(3);
  expect(links.filter((target) => !fs.existsSync(path.join(root, target)))).toEqual([]);
});
