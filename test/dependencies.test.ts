import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from './support/commands/command';

const read = (name: string) => fs.readFileSync(path.join(root, name), 'utf8');
const page = read('docs/dependencies.md');
const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
const { packages } = JSON.parse(read('package-lock.json')) as {
  packages: Record<string, { readonly license?: string; readonly hasInstallScript?: boolean }>;
};

/** Rows of the table below a heading, cells without code marks. */
const rows = (heading: string): string[][] =>
  (page.split(`## ${heading}\n`)[1] ?? '')
    .split('\n## ')[0]
    ?.split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    ) ?? [];

test('what is held back is in package.json in that version, and Dependabot leaves it alone', () => {
  const held = rows('Held back');
  expect(held.length).toBeGreaterThan(5);
  const versions = { ...manifest.dependencies, ...manifest.devDependencies };
  expect(held.map(([name, version]) => [name, version])).toEqual(held.map(([name]) => [name, versions[name ?? '']]));
  const { updates } = parse(read('.github/dependabot.yml')) as {
    updates: { 'package-ecosystem': string; ignore?: { 'dependency-name': string }[] }[];
  };
  const npm = updates.find((update) => update['package-ecosystem'] === 'npm');
  expect(npm?.ignore?.map((one) => one['dependency-name']).toSorted()).toEqual(held.map(([name]) => name).toSorted());
});

test('no package runs a script at install that is not named', () => {
  const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  const names = scripted.map(([where]) => where.split('node_modules/').at(-1));
  expect(names.toSorted()).toEqual(rows('Install scripts').map(([name]) => name));
});

/** Licences that ask for no more than a notice; MPL-2.0 asks for the source of its own files, which are used unchanged. */
const permitted = new Set([
  ...['MIT', 'ISC', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-3-Clause', 'BSD-2-Clause', '0BSD', 'Unlicense', 'CC0-1.0'],
  ...['MPL-2.0', 'Public Domain'],
]);
/** By name: data, and not code. */
const excepted = new Set(['caniuse-lite CC-BY-4.0']);

const isPermitted = (licence: string): boolean => {
  const bare = licence.replace(/^\((.*)\)$/, '$1');
  if (bare.includes(' OR ')) return bare.split(' OR ').some(isPermitted);
  return bare.split(' AND ').every((one) => permitted.has(one));
};

test('every package in the lock has a licence that permits its use', () => {
  const refused = Object.entries(packages)
    .map(([where, { license }]) => [where.split('node_modules/').at(-1) ?? '', license ?? 'none'] as const)
    .filter(([name, licence]) => !isPermitted(licence) && !excepted.has(`${name} ${licence}`));
  expect(refused).toEqual([]);
  expect(['GPL-3.0', 'MIT AND GPL-3.0', '(MIT OR GPL-3.0)', 'none'].map(isPermitted)).toEqual([
    false,
    false,
    true,
    false,
  ]);
});
