import { Argument, type Command } from 'commander';
import { faultNames } from '../drill/faults';
import { variants } from '../main';
import { command as comment } from './comment';
import { command as compare } from './compare';
import { type Completed, type Completes, scripts, shells } from './completion/scripts';
import { command as drill } from './drill';
import { exitCodes, exitWith } from './exit';
import { command as exportWord } from './export';
import { command as lab } from './lab';
import { command as prices } from './prices';
import { frame, helpText, print, start } from './program';
import { command as review } from './review';
import { command as ship } from './ship';
import { command as synth } from './synth';
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
      await print(scripts[shell](completed()));
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

/** What takes each word, but this one. */
const commands: Readonly<Record<Exclude<Word, 'completion'>, Command>> = {
  ...{ review, compare, comment, drill, lab, synth },
  ...{ export: exportWord, ship, prices },
};

/** Every word, with what its own program says that it takes. */
const completed = (): readonly Completed[] =>
  (Object.keys(words) as Word[]).map((word) => ({
    word,
    meaning: words[word],
    takes: plain[word] ?? Object.keys(variants),
    options: optionsOf(word === 'completion' ? command : commands[word]),
  }));

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
