import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { App, Lazy } from 'cdktf';
import { slotZipFile, zipFile } from '../stacks/region/packageFiles';
import { secondApply } from '../stacks/secondApply';
import type { Settings } from '../stacks/settings';
import { VariantStack } from '../stacks/variantStack';
import { noHash } from './appPackage';
import { environmentOf } from './environments';
import { keepOthers } from './oneRegion/keepOthers';
import type { PackagesOfVariant } from './packages';
import { prune, publish } from './publish';
import type { Request } from './request';

export interface Synthesized {
  /** The variant as asked for, with its overrides: the name of its folder and of its stack. */
  readonly label: string;
  /** Path of its `cdk.tf.json`. */
  readonly file: string;
  /** What one apply cannot finish, a sentence each. */
  readonly notes: readonly string[];
}

/** What a variant is deployed with, by its settings. */
export type PackagesOf = (settings: Settings) => PackagesOfVariant;

const none: PackagesOf = () => ({ app: undefined, slot: undefined });

/** The constructs of a request, which are made first, and written once the app's package is ready. */
export class Synthesis {
  private readonly scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-synth-'));
  private readonly app: App;
  private packagesOf: PackagesOf = none;

  /** Call `discard` at the end, also after an error. @throws InputError for a name that Azure would refuse */
  constructor(private readonly request: Request) {
    try {
      const { asked } = request;
      this.app = quietly(() => {
        const app = new App({ outdir: this.scratch, stackTraces: false });
        for (const { label, base, variant, settings } of asked) {
          const hashOf = (part: keyof PackagesOfVariant) =>
            Lazy.stringValue({ produce: () => this.packagesOf(settings)[part]?.hash ?? noHash });
          const hashes = { packageHash: hashOf('app'), slotPackageHash: hashOf('slot') };
          new VariantStack(app, label, { base, variant, settings, ...hashes });
        }
        return app;
      });
    } catch (error) {
      this.discard();
      throw error;
    }
  }

  /**
   * Writes all of it into the output folder, or nothing.
   *
   * @param packagesOf what is put beside a `cdk.tf.json`. Left out where nothing is deployed: a hash of zeros stands for it
   * @throws InputError for an output folder that cannot be written, and where a region cannot be brought up to date alone
   */
  write(packagesOf: PackagesOf = none): Synthesized[] {
    this.packagesOf = packagesOf;
    quietly(() => this.app.synth());
    const { asked, outdir, everyVariant, environment = '', only } = this.request;
    const labels = asked.map(({ label }) => label);
    const kept = only ? keepOthers(this.scratch, asked, only) : [];
    const files = asked.flatMap(({ label, settings }) => {
      const { app, slot } = packagesOf(settings);
      const zips = [...(app ? [[zipFile, app.zip] as const] : []), ...(slot ? [[slotZipFile, slot.zip] as const] : [])];
      for (const [name, zip] of zips) fs.writeFileSync(path.join(this.scratch, 'stacks', label, name), zip);
      return ['cdk.tf.json', ...zips.map(([name]) => name)].map((file) => path.join('stacks', label, file));
    });
    publish(this.scratch, outdir, [...files, 'manifest.json']);
    // The folders of another environment are not outdated by this one.
    if (everyVariant)
      prune(path.join(outdir, 'stacks'), (label) => labels.includes(label) || environmentOf(label) !== environment);
    return asked.map(({ label, variant, settings }) => ({
      label,
      file: path.join(outdir, 'stacks', label, 'cdk.tf.json'),
      notes: [...kept, ...secondApply(variant, settings)],
    }));
  }

  /** Removes the temporary folder. */
  discard(): void {
    fs.rmSync(this.scratch, { recursive: true, force: true });
  }
}

/**
 * CDKTF records a stack trace for each of thousands of tokens, whatever `stackTraces` says. That is a third of a synth, for
 * messages that would name files of CDKTF. On Node 24 it also calls a deprecated function of Node, and users
 * would see a warning that they cannot act on. Errors keep their own traces.
 */
export function quietly<Result>(work: () => Result): Result {
  const { captureStackTrace } = Error;
  const { noDeprecation } = process;
  Error.captureStackTrace = () => undefined;
  process.noDeprecation = true;
  try {
    return work();
  } finally {
    Error.captureStackTrace = captureStackTrace;
    process.noDeprecation = noDeprecation ?? false;
  }
}
