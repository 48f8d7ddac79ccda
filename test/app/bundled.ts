import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundleApp } from '../../app/bundle';

const root = resolve(__dirname, '../..');
const folder = join(root, 'node_modules', '.cache', 'steadystate');
const oneDayMs = 86_400_000;

/** Of everything that the bundle is made from: its sources, and the versions of its libraries. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const sources = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.ts$/.test(name),
  );
  for (const name of ['package-lock.json', ...sources.sort().map((source) => join('app', source))]) {
    hash.update(`${name}\n`).update(readFileSync(join(root, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

let asked: Promise<string> | undefined;

/** The shop as one file, bundled once for every test run in which its sources are the same. */
export function bundledShop(): Promise<string> {
  // Rehearsals that are played side by side ask at once.
  asked ??= bundled();
  return asked;
}

async function bundled(): Promise<string> {
  const file = join(folder, `${fingerprint()}.cjs`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder).map((name) => join(folder, name))) {
    if (Date.now() - statSync(old).mtimeMs > oneDayMs) rmSync(old, { force: true });
  }
  // Another worker may make it at the same time; neither must read half of the other's.
  const own = `${file}.${process.pid}`;
  await bundleApp(own);
  renameSync(own, file);
  return file;
}
