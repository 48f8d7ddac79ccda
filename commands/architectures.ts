import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Deployment } from '../architecture/deployment';
import { readArchitecture } from '../architecture/read';
import { InputError } from '../inputError';
import { variants } from '../main';
import { settings } from '../settings';
import { decoded } from '../textFile';

/**
 * The architectures that a command's words ask for, in their order: variants with their overrides, synthesized afresh into
 * a temporary folder, and files of Terraform that Steadystate need not have written.
 *
 * @param words as typed; a word that ends in `.json` is a path. None: every variant as declared
 * @throws InputError for a word that is neither, and for Terraform that cannot be read
 */
export async function architectures(words: readonly string[]): Promise<Deployment[]> {
  if (words.length === 0) return fromSynth([]);
  // Variants that follow each other are one synth: an override may stand apart from the variant it belongs to.
  const runs: string[][] = [];
  for (const word of words) {
    const last = runs.at(-1);
    if (last?.[0] !== undefined && !isFile(last[0]) && !isFile(word)) last.push(word);
    else runs.push([word]);
  }
  const found: Deployment[] = [];
  for (const run of runs)
    found.push(...(isFile(run[0] as string) ? [readFile(run[0] as string)] : await fromSynth(run)));
  return found;
}

const isFile = (word: string) => word.endsWith('.json');

/** CDKTF is loaded only here: a file of Terraform, or a word that is refused, does not wait for it. */
async function fromSynth(names: readonly string[]): Promise<Deployment[]> {
  const { synthesize } = await import('../synthesis/synthesize');
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-'));
  try {
    return synthesize({ variants, settings, words: names, outdir }).map(({ label, file }) =>
      readArchitecture(fs.readFileSync(file, 'utf8'), label),
    );
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

function readFile(file: string): Deployment {
  let text: string;
  try {
    text = decoded(fs.readFileSync(file));
  } catch (error) {
    throw new InputError(
      `${file} cannot be read: ${(error as NodeJS.ErrnoException).code}. Give the path of a Terraform configuration in JSON, or a variant of main.ts.`,
    );
  }
  return readArchitecture(text, file);
}
