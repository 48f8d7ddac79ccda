import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Deployment } from '../architecture/deployment';
import { readArchitecture } from '../architecture/read';
import { variants } from '../main';
import { settingsFor } from './environments';
import { isPath, readPath } from './terraformPath';

/**
 * The architectures that a command's words ask for, in their order: variants with their overrides, synthesized afresh into
 * a temporary folder, and Terraform that Steadystate need not have written.
 *
 * @param words as typed; see `isPath` for which of them are paths. None: every variant as declared
 * @param variableFiles for folders of Terraform, as for its `--var-file`
 * @param environment of variants whose word names none; undefined: `settings.ts`
 * @param namesAlike whether variants of several environments have the names of the first one's, so that the rest can be compared
 * @throws InputError for a word that is neither, and for Terraform that cannot be read
 */
export async function architectures(
  words: readonly string[],
  variableFiles: readonly string[] = [],
  environment?: string,
  namesAlike = false,
): Promise<Deployment[]> {
  if (words.length === 0) return fromSynth([], environment, namesAlike);
  const isFile = (word: string) => isPath(word, Object.keys(variants));
  // Variants that follow each other are one synth: an override may stand apart from the variant it belongs to.
  const runs: string[][] = [];
  for (const word of words) {
    const last = runs.at(-1);
    if (last?.[0] !== undefined && !isFile(last[0]) && !isFile(word)) last.push(word);
    else runs.push([word]);
  }
  const found: Deployment[] = [];
  for (const run of runs) {
    const word = run[0] as string;
    found.push(
      ...(isFile(word) ? [await readPath(word, variableFiles)] : await fromSynth(run, environment, namesAlike)),
    );
  }
  return found;
}

/** CDKTF is loaded only here: a file of Terraform, or a word that is refused, does not wait for it. */
async function fromSynth(
  words: readonly string[],
  environment: string | undefined,
  namesAlike: boolean,
): Promise<Deployment[]> {
  const read = await settingsFor(words, environment);
  const { synthesize } = await import('../synthesis/synthesize');
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-'));
  try {
    return synthesize({ variants, ...read, environment, words, outdir, namesAlike }).map(({ label, file }) =>
      readArchitecture(fs.readFileSync(file, 'utf8'), label),
    );
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}
