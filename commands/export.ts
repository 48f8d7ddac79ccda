import { exitWith } from './exit';
import { program, start } from './program';
import type { ExportOptions } from './work/export';

export const command = program(
  'export',
  'Write a variant as plain Terraform: files of .tf, with variables and comments.',
)
  .argument('[variant...]', 'variants with their overrides')
  .option('--out <folder>', 'folder to write to; each variant has one of its own in it', 'cdktf.out/export')
  .action((words: string[], options: ExportOptions) =>
    exitWith(async () => (await import('./work/export')).exportWords(words, options)),
  );
export const run = () => start(command);

if (require.main === module) void run();
