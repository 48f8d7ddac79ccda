import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { bundleApp } from '../../app/bundle';
import { thirdPartyNotices } from '../../app/notices';

const root = resolve(__dirname, '../..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'steadystate-notices-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (files: Readonly<Record<string, string | object>>) => {
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
};

test('each package is named once with its licence texts, by name and version, and the shop’s own files are not', () => {
  write({
    'a/node_modules/zeta/package.json': { name: 'zeta', version: '1.0.0', license: 'MIT' },
    'a/node_modules/zeta/LICENSE': 'Zeta may be used.\r\nBy all.\n',
    'a/node_modules/zeta/NOTICE.txt': 'Zeta was written by Z.',
    'a/node_modules/@s/p/package.json': { name: '@s/p', version: '2.0.0', license: 'ISC' },
    'a/node_modules/@s/p/license.md': 'P.',
    'a/node_modules/@s/p/node_modules/zeta/package.json': { name: 'zeta', version: '0.9.0', license: 'MIT' },
    'a/node_modules/@s/p/node_modules/zeta/LICENCE': 'Old zeta.',
    'a/node_modules/bare/package.json': {
      name: 'bare',
      version: '3.0.0',
      license: 'MIT',
      repository: { url: 'git+https://example.org/bare.git' },
    },
  });
  const files = [
    'app/start.ts',
    'node_modules/zeta/index.js',
    'node_modules/zeta/more.js',
    'node_modules/@s/p/node_modules/zeta/index.js',
    'node_modules/bare/index.js',
    'node_modules/@s/p/deep/file.js',
  ];
  const text = thirdPartyNotices(join(folder, 'a'), files);
  const rule = '-'.repeat(80);
  expect(text.split(`${rule}\n`).slice(1)).toEqual([
    '@s/p 2.0.0 (ISC)\n\nP.\n\n',
    'bare 3.0.0 (MIT)\n\nThis package comes without the text of its licence. Source: git+https://example.org/bare.git\n\n',
    'zeta 0.9.0 (MIT)\n\nOld zeta.\n\n',
    'zeta 1.0.0 (MIT)\n\nZeta may be used.\nBy all.\n\nZeta was written by Z.\n',
  ]);
  expect(thirdPartyNotices(join(folder, 'a'), [...files].reverse())).toBe(text);
});

test('a package that does not state its licence is refused', () => {
  write({ 'b/node_modules/x/package.json': { name: 'x', version: '1.0.0' } });
  expect(() => thirdPartyNotices(join(folder, 'b'), ['node_modules/x/index.js'])).toThrow(
    '`license` in package.json of x 1.0.0 must be a licence, got: nothing.',
  );
});

test('the shop’s notices name every package that the bundle imports, none that it does not, and no path', async () => {
  const notices = (await bundleApp(join(folder, 'shop.cjs'))).notices();
  const titles = [...notices.matchAll(/^-{80}\n(\S+) (\S+) \(([^)]+)\)$/gm)].map(([, name]) => name);
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const used = ['express', 'helmet', 'iron-session', 'redis', 'zod', '@redis/entraid', '@azure/identity'];
  expect(titles).toEqual(expect.arrayContaining(used));
  expect(titles.filter((name) => ['cdktf', 'esbuild', 'typescript', 'fast-check'].includes(name ?? ''))).toEqual([]);
  const version = JSON.parse(readFileSync(join(root, 'node_modules/express/package.json'), 'utf8')).version;
  expect([version, notices.includes(`express ${version} (MIT)\n\n(The MIT License)`)]).toEqual([
    { ...dependencies, ...devDependencies }.express,
    true,
  ]);
  for (const path of [root, folder, 'node_modules/']) expect(notices.includes(path)).toBe(false);
});
