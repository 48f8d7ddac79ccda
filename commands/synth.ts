import path from 'node:path';
import { variants } from '../main';
import { settings } from '../settings';
import { synthesizeWithApp } from '../synthesis/synthesizeWithApp';
import { exitCodes, exitWith } from './exit';
import { print, program, start } from './program';

const command = program('synth', 'Write Terraform for the variants, every one by default.')
  .argument('[variant...]', 'variants with their overrides')
  .option('--out <folder>', 'folder to write to; local state is kept in `state` beside it', 'cdktf.out')
  .action((words: string[], { out }: { out: string }) =>
    exitWith(async () => {
      const written = await synthesizeWithApp({ variants, settings, words, outdir: out });
      const width = Math.max(...written.map(({ label }) => label.length));
      await print(written.map(({ label, file }) => `${label.padEnd(width)}  ${path.normalize(file)}\n`).join(''));
      return exitCodes.done;
    }),
  );
start(command);
