import fs from 'node:fs';
import path from 'node:path';
import { InputError, refuse } from '../inputError';
import { checkVariant } from '../stacks/refusals';
import { parseSettings, type Settings } from '../stacks/settings';
import { type Asked, ask } from './choices';
import type { EnvironmentSettings, Environments } from './environments';
import { readApplied } from './oneRegion/applied';
import type { Json } from './oneRegion/blocks';
import type { Variants } from './variants';

export interface SynthesizeOptions {
  readonly variants: Variants;
  /** As written in `settings.ts`; checked here. */
  readonly settings: unknown;
  /** Further environments, which words name as in `zone-redundant@dev`. Left out: none. */
  readonly environments?: Environments;
  /** Environment of words that name none. Left out: `settings`. */
  readonly environment?: string | undefined;
  /** Variants and overrides as typed, as in `zone-redundant,appService=on`. None: every variant as declared. */
  readonly words?: readonly string[];
  /** Folder that receives `stacks/<variant>/cdk.tf.json`. */
  readonly outdir: string;
  /** Whether folders of variants that no longer exist stay, for the caller to remove. Left out: they are removed. */
  readonly keepsOutdated?: boolean;
  /** Brings only some regions of one variant up to date. Left out: the whole. */
  readonly only?: OnlyRegions | undefined;
  /** Names resources of every environment as in the first, for a comparison of what else differs. Left out: each has its own names. */
  readonly namesAlike?: boolean;
}

/** Regions that are applied before the rest of their variant. */
export interface OnlyRegions {
  /** Locations of the settings, at least one. */
  readonly regions: readonly string[];
  /** Path of the `cdk.tf.json` that was applied last, or of its folder. */
  readonly applied: string;
}

/** A variant with the settings of its environment. */
export interface Placed extends Asked {
  readonly settings: Settings;
}

/** What was asked for, in settings that allow it. */
export interface Request {
  readonly asked: readonly Placed[];
  readonly outdir: string;
  /** No words were given: folders of other variants in the output folder are outdated, and are removed. */
  readonly everyVariant: boolean;
  /** Of all words, where none were given. */
  readonly environment: string | undefined;
  readonly only: OnlyAsRead | undefined;
}

/** With what was applied. */
export interface OnlyAsRead extends OnlyRegions {
  readonly document: Json;
}

/** @throws InputError for a setting, a variant, a choice, an environment or an output folder that cannot be used */
export function checkRequest(options: SynthesizeOptions): Request {
  const { variants, words = [], environment, outdir, only } = options;
  if (outdir === '' || fs.existsSync(path.join(outdir, 'package.json')))
    throw refuse(
      'output folder',
      'a folder for Terraform alone',
      outdir,
      'A folder that holds a project would have its own `stacks` overwritten: choose another with --out.',
    );
  const parsed = new Map<string | undefined, Settings>();
  const settingsOf = (name: string | undefined): Settings => {
    const known = parsed.get(name);
    if (known) return known;
    const settings = checkedSettings(name, options);
    parsed.set(name, settings);
    return settings;
  };
  const asked = ask(words, variants, (name) => settingsOf(name).regions.length, environment);
  const placed = asked.map((one) => ({ ...one, settings: settingsOf(one.environment) }));
  for (const { label, variant, settings, environment: of } of placed)
    inFile(environmentOf(of, options).file, () => checkVariant(label, variant, settings));
  const everyVariant = words.length === 0 && !options.keepsOutdated;
  return {
    asked: options.namesAlike ? alike(placed) : placed,
    outdir,
    everyVariant,
    environment,
    only: only && checkOnly(only, placed),
  };
}

/** With the names of the first one's environment, also in tags that hold it. */
function alike(placed: readonly Placed[]): Placed[] {
  const name = placed[0]?.settings.environment ?? '';
  return placed.map((one) => {
    const { environment, tags } = one.settings;
    const renamed = Object.entries(tags).map(([key, value]) => [key, value === environment ? name : value]);
    return { ...one, settings: { ...one.settings, environment: name, tags: Object.fromEntries(renamed) } };
  });
}

function checkOnly(only: OnlyRegions, [one, ...more]: readonly Placed[]): OnlyAsRead {
  if (!one || more.length > 0)
    throw refuse(
      'variant',
      'one, with --region',
      [one, ...more].map((each) => each?.label).join(' '),
      'A region is brought up to date in one deployment at a time: name it, as in npm run synth zone-redundant.',
    );
  const known = locationsOf(one);
  for (const region of only.regions)
    if (!known.includes(region))
      throw refuse(
        '--region',
        `one of ${known.join(', ')}, where ${one.label} is`,
        region,
        'Leave it out for the whole.',
      );
  return { ...only, regions: [...new Set(only.regions)], document: readApplied(only.applied) };
}

/** Locations of a variant's regions, in their order. */
export const locationsOf = ({ variant, settings }: Placed): string[] =>
  settings.regions.slice(0, variant.regions).map(({ location }) => location);

/**
 * The settings of an environment; undefined: those of `settings.ts`.
 *
 * @throws InputError for settings that cannot be used, in words that name their file
 */
export function checkedSettings(name: string | undefined, given: SettingsGiven): Settings {
  const { settings, file } = environmentOf(name, given);
  return inFile(file, () => parseSettings(settings));
}

type SettingsGiven = Pick<SynthesizeOptions, 'settings' | 'environments'>;

function environmentOf(name: string | undefined, { settings, environments }: SettingsGiven): EnvironmentSettings {
  if (name === undefined) return { settings, file: 'settings.ts' };
  const found = environments?.get(name);
  if (found) return found;
  throw refuse('environment', 'one that is declared', name, 'Each is a file of settings/.');
}

/** Messages about settings name the file of `settings.ts`; those of another environment are elsewhere. */
function inFile<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof InputError && file !== 'settings.ts')
      throw new InputError(error.message.replaceAll(/(?<![\w/])settings\.ts/g, file));
    throw error;
  }
}
