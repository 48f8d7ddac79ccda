import path from 'node:path';
import type { Command, Option } from 'commander';
import { InputError, refuse } from '../../inputError';
import { isWord, words } from '../words';
import { type Collected, CollectedOption } from './collected';
import { type Config, readConfig, shownFrom } from './file';

/**
 * Keys that hold for every word which has the option; any other option stands in the section of its word. Two words would
 * write to the same file otherwise, or a seed of the drill would be one of the lab.
 */
export const sharedKeys = [
  'environment',
  'rules',
  'severities',
  'suppressions',
  'prices',
  'usage',
  'requests',
  'pillar',
  'gate',
  'maxIncrease',
  'varFile',
] as const;

/** What each run decides, or what somebody has to type because it is a promise. */
const typedOnly = new Set(
  'config,version,json,markdown,sarif,junit,annotations,codequality,format,output,mine,openStorage,to'.split(','),
);

/** The options that a config file may give, by their key in it: their name in camel case. */
const keysOf = ({ options }: Command): ReadonlyMap<string, Option> =>
  new Map(
    options.flatMap((option): [string, Option][] => {
      const key = option instanceof CollectedOption ? option.kind.key : option.attributeName();
      return typedOnly.has(key) || option.negate ? [] : [[key, option]];
    }),
  );

/**
 * Gives a command's options what the config file says. What was typed wins over it.
 *
 * @param word the section that is this command's
 * @throws InputError for a key or a value that cannot be, naming the file
 */
export async function applyConfig(command: Command, word: string): Promise<void> {
  const { config: given } = command.opts<{ readonly config?: string | false }>();
  const config = given === false ? null : await readConfig(given);
  if (config === null) return;
  const known = keysOf(command);
  const section = sectionOf(config, word);
  for (const [key, value] of Object.entries(config.values)) {
    if (isSection(key, value) || key === '$schema') continue;
    if (!(sharedKeys as readonly string[]).includes(key)) throw unknownKey(config, key, known.has(key) ? word : null);
    const option = known.get(key);
    if (option && !Object.hasOwn(section, key)) give(command, option, value, config, key);
  }
  for (const [key, value] of Object.entries(section)) {
    const option = known.get(key);
    if (!option)
      throw refuse(
        `${config.shown}: ${word}`,
        `an object with some of ${[...known.keys()].join(', ')}`,
        key,
        `Run \`npm run ${word} help\` for what each means.`,
      );
    give(command, option, value, config, `${word}.${key}`);
  }
  command.setOptionValueWithSource('config', config.shown, 'config');
}

/** `prices` is an option of the review as well as a word: a string there is the option. */
const isSection = (key: string, value: unknown): boolean =>
  isWord(key) && !((sharedKeys as readonly string[]).includes(key) && typeof value === 'string');

function sectionOf(config: Config, word: string): Readonly<Record<string, unknown>> {
  const section = config.values[word] ?? {};
  if (!isSection(word, section)) return {};
  if (typeof section !== 'object' || Array.isArray(section))
    throw refuse(
      `${config.shown}: ${word}`,
      'an object of its options',
      section,
      'Write { "gate": true }, for example.',
    );
  return section as Readonly<Record<string, unknown>>;
}

const unknownKey = ({ shown }: Config, key: string, word: string | null): InputError =>
  word === null
    ? refuse(
        `${shown}: key`,
        `one of ${[...sharedKeys, ...Object.keys(words)].join(', ')}`,
        key,
        'Correct or remove it.',
      )
    : new InputError(`${shown}: ${key} belongs to one command. Write it in a section: { "${word}": { "${key}": … } }.`);

/** Sets an option as if the value had been typed, unless one was. */
function give(command: Command, option: Option, value: unknown, config: Config, where: string): void {
  const name = option.attributeName();
  const source = command.getOptionValueSource(name);
  try {
    const read = readValue(option, value, config, where);
    if (read === undefined) return;
    if (option instanceof CollectedOption) {
      const typed = command.getOptionValue(name) as Collected | undefined;
      command.setOptionValueWithSource(name, { given: {}, ...typed, inFile: read }, source ?? 'config');
    } else if (source === undefined || source === 'default') command.setOptionValueWithSource(name, read, 'config');
  } catch (error) {
    const { message, code } = error as Error & { readonly code?: string };
    if (code === 'commander.invalidArgument')
      throw refuse(
        `${config.shown}: ${where}`,
        `one of ${option.argChoices?.join(', ')}`,
        value,
        'Correct or remove it.',
      );
    if (!(error instanceof InputError) || message.includes(config.shown)) throw error;
    throw new InputError(`${config.shown}: ${where}: ${message}`);
  }
}

function readValue(option: Option, value: unknown, config: Config, where: string): unknown {
  const refused = (rule: string) => refuse(`${config.shown}: ${where}`, rule, value, 'Correct or remove it.');
  if (option.isBoolean()) {
    if (typeof value !== 'boolean') throw refused('true or false');
    return value || undefined;
  }
  // A placeholder such as <file> or <folder...> says that the value is a path.
  const isPath = /<(file|folder)(\.\.\.)?>/.test(option.flags);
  if (option instanceof CollectedOption) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused('an object of strings');
    return Object.fromEntries(
      Object.entries(value).map(([name, text]) => {
        if (typeof text !== 'string' || text === '') throw refused('an object of strings');
        option.kind.check(name, text);
        return [name, option.kind.isPath ? seen(text, config) : text];
      }),
    );
  }
  const one = (each: unknown, before?: unknown): unknown => {
    if (typeof each !== 'string' && typeof each !== 'number')
      throw refused(option.variadic ? 'a list of strings' : 'a string or a number');
    const text = isPath ? seen(`${each}`, config) : `${each}`;
    return option.parseArg ? option.parseArg(text, before as string) : text;
  };
  if (!option.variadic) return one(value);
  const all = Array.isArray(value) ? value : [value];
  if (all.length === 0) return undefined;
  return option.parseArg
    ? all.reduce<unknown>((before, each) => one(each, before), undefined)
    : all.map((each) => one(each));
}

/** A path of the file as it is seen from the current folder. */
const seen = (text: string, { folder }: Config): string => shownFrom(process.cwd(), path.resolve(folder, text));
