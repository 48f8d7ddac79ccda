import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { App } from 'cdktf';
import { refuse } from '../inputError';
import { type AppPackage, buildAppPackage, noHash, zipFile } from './appPackage';
import { ask } from './choices';
import { parseSettings } from './settings';
import { checkVariant, type Variants } from './variant';
import { VariantStack } from './variantStack';

export interface SynthesizeOptions {
  readonly variants: Variants;
  /** As written in `settings.ts`; checked here. */
  readonly settings: unknown;
  /** Variants and overrides as typed, as in `zone-redundant,appService=on`. None: every variant as declared. */
  readonly words?: readonly string[];
  /** The app's zip, put beside each `cdk.tf.json`. Left out where nothing is deployed: a hash of zeros stands for it. */
  readonly appPackage?: AppPackage;
  /** Folder that receives `stacks/<variant>/cdk.tf.json`. */
  readonly outdir: string;
}

export interface Synthesized {
  /** The variant as asked for, with its overrides: the name of its folder and of its stack. */
  readonly label: string;
  /** Path of its `cdk.tf.json`. */
  readonly file: string;
}

/**
 * Writes Terraform for the variants asked for.
 *
 * Everything is checked and made in a temporary folder first: a refused input leaves the output folder as it was. Without
 * words, folders of variants that are no longer declared are removed; with words, the other folders are left alone.
 *
 * @throws InputError for a setting, a variant, a choice, a name or an output folder that cannot be used
 */
export function synthesize(options: SynthesizeOptions): Synthesized[] {
  const { words = [], appPackage, outdir } = options;
  const { settings, asked } = check(options);

  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-synth-'));
  try {
    const app = new App({ outdir: scratch, stackTraces: false });
    for (const { label, base, variant } of asked)
      new VariantStack(app, label, { base, variant, settings, packageHash: appPackage?.hash ?? noHash });
    app.synth();
    const labels = asked.map(({ label }) => label);
    // For 'cli', too: it is what `az webapp deploy` is given.
    if (appPackage)
      for (const label of labels) fs.writeFileSync(path.join(scratch, 'stacks', label, zipFile), appPackage.zip);
    publish(scratch, outdir, [
      ...labels.flatMap((label) =>
        ['cdk.tf.json', ...(appPackage ? [zipFile] : [])].map((file) => path.join('stacks', label, file)),
      ),
      'manifest.json',
    ]);
    if (words.length === 0) prune(path.join(outdir, 'stacks'), new Set(labels));
    return labels.map((label) => ({ label, file: path.join(outdir, 'stacks', label, 'cdk.tf.json') }));
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * The same with the app's package, as it is deployed. What is refused is refused before the package is built, which takes
 * longer than all the rest.
 *
 * @throws as `synthesize`
 */
export async function synthesizeWithApp(options: Omit<SynthesizeOptions, 'appPackage'>): Promise<Synthesized[]> {
  check(options);
  return synthesize({ ...options, appPackage: await buildAppPackage() });
}

/** What was asked for, in settings that allow it. */
function check({ variants, settings: given, words = [], outdir }: SynthesizeOptions) {
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
  return { settings, asked };
}

/** Moves the finished files into place: all are written beside their targets before the first target changes. */
function publish(from: string, to: string, files: readonly string[]): void {
  const made: string[] = [];
  try {
    for (const file of files) {
      makeFolder(path.resolve(path.dirname(path.join(to, file))), made);
      const pending = path.join(to, `${file}.new`);
      // Opened before it is noted: what stands in the way must not be taken for ours.
      fs.closeSync(fs.openSync(pending, 'w'));
      made.push(pending);
      fs.copyFileSync(path.join(from, file), pending);
    }
    for (const file of files) fs.renameSync(path.join(to, `${file}.new`), path.join(to, file));
  } catch (error) {
    for (const path of made) fs.rmSync(path, { recursive: true, force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw refuse(
      'output folder',
      'a folder that can be written',
      to,
      `The system says ${code ?? String(error)}. Choose another with --out, or change what stands in the way.`,
    );
  }
}

/**
 * Makes a folder and those above it that are missing, and notes them. Not by `recursive`, with which Node never comes back
 * from a place such as /proc.
 */
function makeFolder(folder: string, made: string[]): void {
  if (fs.existsSync(folder)) return;
  if (path.dirname(folder) !== folder) makeFolder(path.dirname(folder), made);
  fs.mkdirSync(folder);
  made.push(folder);
}

/** Removes what an earlier synth left for variants that are gone, and nothing that is not such a folder. */
function prune(folder: string, keep: ReadonlySet<string>): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const stale =
      entry.isDirectory() && !keep.has(entry.name) && fs.existsSync(path.join(folder, entry.name, 'cdk.tf.json'));
    if (stale) fs.rmSync(path.join(folder, entry.name), { recursive: true, force: true });
  }
}
