import path from 'node:path';
import { refuse } from '../../inputError';
import { variants } from '../../main';
import type { OnlyRegions } from '../../synthesis/request';
import type { Synthesized } from '../../synthesis/synthesis';
import { synthesizeWithApp } from '../../synthesis/synthesizeWithApp';
import { type EnvironmentOption, settingsFor } from '../environments';
import { exitCodes } from '../exit';
import { print } from '../program';

export interface SynthOptions extends EnvironmentOption {
  readonly out: string;
  readonly region?: readonly string[];
  readonly applied?: string;
}

/**
 * Writes the Terraform of the variants that the words of a command ask for, and prints where it is.
 *
 * @returns exit code
 * @throws InputError before anything is written
 */
export async function synthesizeWords(
  words: readonly string[],
  { out, environment, region, applied }: SynthOptions,
): Promise<number> {
  const only = onlyOf(region, applied);
  const written = await synthesizeWithApp({
    variants,
    ...(await settingsFor(words, environment)),
    environment,
    words,
    outdir: out,
    only,
  });
  const width = Math.max(...written.map(({ label }) => label.length));
  await print(written.map(({ label, file }) => `${label.padEnd(width)}  ${path.normalize(file)}\n`).join(''));
  for (const [note, labels] of notesOf(written)) process.stderr.write(`${labels.join(', ')}: ${note}\n`);
  return exitCodes.done;
}

/** @throws InputError where one of the two is there without the other */
function onlyOf(regions: readonly string[] | undefined, applied: string | undefined): OnlyRegions | undefined {
  if (regions !== undefined && applied !== undefined) return { regions, applied };
  if (regions === undefined && applied === undefined) return undefined;
  throw refuse(
    regions === undefined ? '--region' : '--applied',
    regions === undefined ? 'a region, with --applied' : 'the Terraform that was applied last, with --region',
    undefined,
    'As in npm run synth multi-region-active-active -- --region northeurope --applied ../applied.',
  );
}

/** The same note of several variants is said once. */
function notesOf(written: readonly Synthesized[]): Map<string, string[]> {
  const notes = new Map<string, string[]>();
  for (const { label, notes: own } of written)
    for (const note of own) notes.set(note, [...(notes.get(note) ?? []), label]);
  return notes;
}
