import fs from 'node:fs';
import path from 'node:path';
import { root } from './support/commands/command';

interface Entry {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Entry>;
};

test('the lock holds the native parts of every platform, so that `npm ci` works on all of them', () => {
  const locked = new Set(Object.keys(packages).map((where) => where.split('node_modules/').at(-1)));
  const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
  expect(wanted.length).toBeGreaterThan(20);
  expect(wanted.filter((name) => !locked.has(name))).toEqual([]);
});

test('the lock names no download address', () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined && /^https?:/.test(resolved))).toEqual(
    [],
  );
});
