import { exitWith } from './exit';
import { withPlainWords } from './plainWords';
import { argvOf, helpText, program, start } from './program';
import type { SynthOptions } from './work/synth';

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
  .action((words: string[], options: SynthOptions) =>
    exitWith(async () => (await import('./work/synth')).synthesizeWords(words, options)),
  );
export const run = () =>
  start(command, withPlainWords(argvOf(process.argv), { options: ['region', 'applied', 'out', 'environment'] }));

if (require.main === module) void run();
