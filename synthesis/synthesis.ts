import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { App, Lazy } from 'cdktf';
import { zipFile } from '../stacks/region/packageFiles';
import { secondApply } from '../stacks/secondApply';
import type { Settings } from '../stacks/settings';
import { VariantStack } from '../stacks/variantStack';
import { type AppPackage, noHash } from './appPackage';
import { environmentOf } from './environments';
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

/** The package of a variant by its settings; undefined: none. */
export type PackageOf = (settings: Settings) => AppPackage | undefined;

/** The constructs of a request, which are made first, and written once the app's package is ready. */
export class Synthesis {
  private readonly scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-synth-'));
  private readonly app: App;
  private packageOf: PackageOf = () => undefined;

  /** Call `discard` at the end, also after an error. @throws InputError for a name that Azure would refuse */
  constructor(private readonly request: Request) {
    try {
      const { asked } = request;
      this.app = quietly(() => {
        const app = new App({ outdir: this.scratch, stackTraces: false });
        for (const { label, base, variant, settings } of asked) {
          const packageHash = Lazy.stringValue({ produce: () => this.packageOf(settings)?.hash ?? noHash });
          new VariantStack(app, label, { base, variant, settings, packageHash });
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
   * @param packageOf what is put beside a `cdk.tf.json`. Left out where nothing is deployed: a hash of zeros stands for it
   * @throws InputError for an output folder that cannot be written
   */
  write(packageOf: PackageOf = () => undefined): Synthesized[] {
    this.packageOf = packageOf;
    quietly(() => this.app.synth());
    const { asked, outdir, everyVariant, environment = '' } = this.request;
    const labels = asked.map(({ label }) => label);
    const files = asked.flatMap(({ label, settings }) => {
      const zip = packageOf(settings)?.zip;
      if (zip) fs.writeFileSync(path.join(this.scratch, 'stacks', label, zipFile), zip);
      return ['cdk.tf.json', ...(zip ? [zipFile] : [])].map((file) => path.join('stacks', label, file));
    });
    publish(this.scratch, outdir, [...files, 'manifest.json']);
    // The folders of another environment are not outdated by this one.
    if (everyVariant)
      prune(path.join(outdir, 'stacks'), (label) => labels.includes(label) || environmentOf(label) !== environment);
    return asked.map(({ label, variant, settings }) => ({
      label,
      file: path.join(outdir, 'stacks', label, 'cdk.tf.json'),
      notes: secondApply(variant, settings),
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
