import fs from 'node:fs';
import path from 'node:path';
import { refuse } from '../inputError';
import { checkVariant } from '../stacks/refusals';
import { parseSettings, type Settings } from '../stacks/settings';
import { type Asked, ask } from './choices';
import type { Variants } from './variants';

export interface SynthesizeOptions {
  readonly variants: Variants;
  /** As written in `settings.ts`; checked here. */
  readonly settings: unknown;
  /** Variants and overrides as typed, as in `zone-redundant,appService=on`. None: every variant as declared. */
  readonly words?: readonly string[];
  /** Folder that receives `stacks/<variant>/cdk.tf.json`. */
  readonly outdir: string;
}

/** What was asked for, in settings that allow it. */
export interface Request {
  readonly asked: readonly Asked[];
  readonly settings: Settings;
  readonly outdir: string;
  /** No words were given: folders of other variants in the output folder are outdated. */
  readonly everyVariant: boolean;
}

/** @throws InputError for a setting, a variant, a choice or an output folder that cannot be used */
export function checkRequest({ variants, settings: given, words = [], outdir }: SynthesizeOptions): Request {
  if (outdir === '' || fs.existsSync(path.join(outdir, 'package.json')))
    throw refuse(
      'output folder',
      'a folder for Terraform alone',
      outdir,
      'A folder that holds a project would have its own `stacks` overwritten: choose another with --out.',
    );
  const settings = parseSettings(given);
  const asked = ask(words, variants, settings.regions.length);
  for (const { label, variant } of asked) checkVariant(label, variant, settings);
  return { settings, asked, outdir, everyVariant: words.length === 0 };
}
