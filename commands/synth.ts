import path from 'node:path';
import { refuse } from '../inputError';
import { variants } from '../main';
import type { OnlyRegions } from '../synthesis/request';
import type { Synthesized } from '../synthesis/synthesis';
import { synthesizeWithApp } from '../synthesis/synthesizeWithApp';
import { type EnvironmentOption, settingsFor } from './environments';
import { exitCodes, exitWith } from './exit';
import { withPlainWords } from './plainWords';
import { argvOf, helpText, print, program, start } from './program';

interface Options extends EnvironmentOption {
  readonly out: string;
  readonly region?: readonly string[];
  readonly applied?: string;
}

export const command = program('synth', 'Write Terraform for the variants, every one by default.')
  .argument('[variant...]', 'variants with their overrides')
  .option('--out <folder>', 'folder to write to; local state is kept in `state` beside it', 'cdktf.out')
  .option(
    '--region <location>',
    'bring this region up to date alone, and leave the rest as it was applied; may be repeated',
    (location: string, before: readonly string[] = []) => [...before, ...location.split(',')],
  )
  .option('--applied <path>', 'with --region: the cdk.tf.json that was applied last, or its folder')
  .addHelpText('after', () =>
    helpText([
      '',
      'The words region=NAME, applied=PATH, environment=NAME and out=PATH do the same as the options, in every shell.',
    ]),
  )
  .action((words: string[], { out, environment, region, applied }: Options) =>
    exitWith(async () => {
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
    }),
  );
export const run = () =>
  start(command, withPlainWords(argvOf(process.argv), { options: ['region', 'applied', 'out', 'environment'] }));

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

if (require.main === module) void run();
