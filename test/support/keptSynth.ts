/** What a synth made, kept between test files and runs for as long as everything is the same that it is made from. */

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const folder = join(root, 'node_modules', '.cache', 'steadystate-tests');
const oneDayMs = 86_400_000;
const parts = (name: string) => !/^\.|^(node_modules|cdktf\.out|docs|test)$/.test(name);

let fingerprint: string | undefined;

/** Of every source that a synth could read, and of the versions of its libraries. */
function fingerprintOfSources(): string {
  const hash = createHash('sha256');
  const sources = readdirSync(root, { withFileTypes: true })
    .filter(({ name }) => parts(name))
    .flatMap((part) =>
      part.isDirectory()
        ? readdirSync(join(root, part.name), { recursive: true, encoding: 'utf8' }).map((name) => join(part.name, name))
        : [part.name],
    )
    .filter((name) => name.endsWith('.ts'));
  for (const name of ['package-lock.json', ...sources.sort()])
    hash.update(`${name}\n`).update(readFileSync(join(root, name)));
  return hash.digest('hex').slice(0, 16);
}

/** @param asked everything that decides about the outcome, beside the sources */
export function keptSynth<Outcome>(asked: string, make: () => Outcome): Outcome {
  fingerprint ??= fingerprintOfSources();
  const file = join(folder, `${fingerprint}-${createHash('sha256').update(asked).digest('hex').slice(0, 32)}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Outcome;
  } catch {
    // Not kept yet.
  }
  const outcome = make();
  forgetOld();
  // Another worker may make it at the same time; neither must read half of the other's.
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(outcome));
  renameSync(`${file}.${process.pid}`, file);
  return outcome;
}

let forgotten = false;

function forgetOld(): void {
  if (forgotten) return;
  forgotten = true;
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder).map((name) => join(folder, name)))
    try {
      if (Date.now() - statSync(old).mtimeMs > oneDayMs) rmSync(old, { force: true });
    } catch {
      // Another worker was faster.
    }
}
