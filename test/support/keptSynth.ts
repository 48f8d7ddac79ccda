/** What a synth made, kept between test files and runs for as long as everything is the same that it is made from. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fingerprintOf, folderOf, refresh } from './keptFiles';

const folder = folderOf('steadystate-tests');

/** Every source that a synth could read. */
const sources = () =>
  readdirSync(resolve(__dirname, '../..')).filter((name) => !/^\.|^(node_modules|cdktf\.out|docs|test)$/.test(name));

let fingerprint: string | undefined;
let isFresh = false;

/** @param asked everything that decides about the outcome, beside the sources */
export function keptSynth<Outcome>(asked: string, make: () => Outcome): Outcome {
  fingerprint ??= fingerprintOf(sources());
  const file = join(folder, `${fingerprint}-${createHash('sha256').update(asked).digest('hex').slice(0, 32)}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Outcome;
  } catch {
    // Not kept yet.
  }
  const outcome = make();
  if (!isFresh) refresh(folder);
  isFresh = true;
  // Another worker may make it at the same time; neither must read half of the other's.
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(outcome));
  renameSync(`${file}.${process.pid}`, file);
  return outcome;
}
