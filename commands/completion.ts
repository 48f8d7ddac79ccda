import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Argument, type Command } from 'commander';
import { faultNames } from '../drill/faults';
import { variants } from '../main';
import { type Completed, type Completes, scripts, shells } from './completion/scripts';
import { exitCodes, exitWith } from './exit';
import { frame, helpText, print, start } from './program';
import { type Word, words } from './words';

// Only the package has one command, which a shell can complete. In the sources, npm has the words.

export const command: Command = frame(
  'completion',
  'Print what your shell needs to complete the words and their options.',
)
  .addArgument(new Argument('<shell>', 'your shell').choices(shells))
  .addHelpText('after', () =>
    helpText([
      '',
      'bash        steadystate completion bash > ~/.local/share/bash-completion/completions/steadystate',
      'zsh         steadystate completion zsh > "${fpath[1]}/_steadystate"',
      'fish        steadystate completion fish > ~/.config/fish/completions/steadystate.fish',
      'powershell  steadystate completion powershell >> $PROFILE',
      '',
      'Exit codes: 0 done, 2 bad input.',
    ]),
  )
  .action((shell: (typeof shells)[number]) =>
    exitWith(async () => {
      await print(scripts[shell](await completed()));
      return exitCodes.done;
    }),
  );
export const run = () => start(command);

/** Words that take variants, and the drill, which takes faults as well. */
const plain: Readonly<Partial<Record<Word, readonly string[]>>> = {
  drill: [...Object.keys(variants), ...faultNames],
  completion: shells,
  comment: [],
  prices: [],
};

/** Every word, with what its own program says that it takes. */
async function completed(): Promise<readonly Completed[]> {
  return Promise.all(
    (Object.keys(words) as Word[]).map(async (word) => {
      const program = word === 'completion' ? command : (await programOf(word)).default.command;
      return { word, meaning: words[word], takes: plain[word] ?? Object.keys(variants), options: optionsOf(program) };
    }),
  );
}

const programOf = (word: Word): Promise<{ readonly default: { readonly command: Command } }> =>
  import(pathToFileURL(join(__dirname, `${word}.js`)).href);

export const optionsOf = (program: Command): readonly Completes[] =>
  [...program.options.filter(({ hidden }) => !hidden), program.createOption('-h, --help', 'print this')].map(
    ({ long, description, argChoices, flags }) => ({
      long: long ?? '',
      meaning: description,
      value:
        argChoices ??
        (/<(folder)/.test(flags) ? 'folder' : /<\w*=?file/.test(flags) ? 'file' : /[<[]/.test(flags) ? 'any' : null),
    }),
  );

if (require.main === module) void run();
