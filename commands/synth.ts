import path from 'node:path';
import { variants } from '../main';
import { settings } from '../settings';
import type { Synthesized } from '../synthesis/synthesis';
import { synthesizeWithApp } from '../synthesis/synthesizeWithApp';
import { type EnvironmentOption, environmentsFor } from './environments';
import { exitCodes, exitWith } from './exit';
import { print, program, start } from './program';

export const command = program('synth', 'Write Terraform for the variants, every one by default.')
  .argument('[variant...]', 'variants with their overrides')
  .option('--out <folder>', 'folder to write to; local state is kept in `state` beside it', 'cdktf.out')
  .action((words: string[], { out, environment }: { out: string } & EnvironmentOption) =>
    exitWith(async () => {
      const environments = await environmentsFor(words, environment);
      const written = await synthesizeWithApp({ variants, settings, environments, environment, words, outdir: out });
      const width = Math.max(...written.map(({ label }) => label.length));
      await print(written.map(({ label, file }) => `${label.padEnd(width)}  ${path.normalize(file)}\n`).join(''));
      for (const [note, labels] of notesOf(written)) process.stderr.write(`${labels.join(', ')}: ${note}\n`);
      return exitCodes.done;
    }),
  );
export const run = () => start(command);

/** The same note of several variants is said once. */
function notesOf(written: readonly Synthesized[]): Map<string, string[]> {
  const notes = new Map<string, string[]>();
  for (const { label, notes: own } of written)
    for (const note of own) notes.set(note, [...(notes.get(note) ?? []), label]);
  return notes;
}

if (require.main === module) void run();
