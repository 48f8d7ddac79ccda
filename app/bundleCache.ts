import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** What is kept beside a bundle, to see whether it still holds. */
interface Kept {
  readonly made: string;
  /** SHA-256 of the bundle. */
  readonly bundle: string;
  /** Stamp of each file that was read, by its path from the root. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Files of which something is in the bundle. */
  readonly contained: readonly string[];
}

const hash = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

/**
 * Keeps the last bundle of a folder of sources in `node_modules/.cache`, because making it is half of what a synth takes. A
 * kept bundle is used only while every file that it was made of is unchanged, no file was added to the shop, and the same
 * packages are installed. Where it cannot be kept, it is made each time.
 *
 * @param root folder above the shop's sources, with `node_modules`
 * @param sources folder of the shop's sources
 * @param how anything else that decides what comes out, such as the bundler's version and options
 */
export class BundleCache {
  private readonly folder: string;
  private readonly made: string;

  constructor(
    private readonly root: string,
    private readonly sources: string,
    how: string,
  ) {
    this.folder = join(root, 'node_modules', '.cache', 'steadystate');
    this.made = hash(JSON.stringify([how, sourcesIn(sources), installed(root)]));
  }

  /** Copies the kept bundle to a file. Null when there is none that holds, else the files of which something is in it. */
  take(outfile: string): readonly string[] | null {
    try {
      const kept = JSON.parse(readFileSync(this.record, 'utf8')) as Kept;
      if (kept.made !== this.made) return null;
      for (const [file, stamp] of Object.entries(kept.inputs)) if (this.stampOf(file) !== stamp) return null;
      const bundle = readFileSync(this.bundle);
      if (hash(bundle) !== kept.bundle) return null;
      mkdirSync(dirname(outfile), { recursive: true });
      writeFileSync(outfile, bundle);
      return kept.contained;
    } catch (error) {
      // Not kept, or half written: the bundle is made again. What is wrong with `outfile` is found then.
      if (error instanceof SyntaxError || 'code' in (error as Error)) return null;
      throw error;
    }
  }

  /** Keeps a bundle that was made. */
  keep(outfile: string, inputs: readonly string[], contained: readonly string[]): void {
    if (!existsSync(join(this.root, 'node_modules'))) return;
    try {
      const stamps = Object.fromEntries(inputs.map((file) => [file, this.stampOf(file)]));
      const kept: Kept = { made: this.made, bundle: hash(readFileSync(outfile)), inputs: stamps, contained };
      mkdirSync(this.folder, { recursive: true });
      // Renamed into place, since two commands may do this at once. A bundle beside the record of another fails its hash.
      copyFileSync(outfile, `${this.bundle}.${process.pid}`);
      writeFileSync(`${this.record}.${process.pid}`, JSON.stringify(kept));
      renameSync(`${this.bundle}.${process.pid}`, this.bundle);
      renameSync(`${this.record}.${process.pid}`, this.record);
    } catch {
      // A folder that cannot be written to costs time alone.
    }
  }

  private get bundle(): string {
    return join(this.folder, `shop-${hash(this.sources).slice(0, 16)}.js`);
  }

  private get record(): string {
    return join(this.folder, `shop-${hash(this.sources).slice(0, 16)}.json`);
  }

  /**
   * The shop's own files by content; those of packages, which are many and change only as they are installed, by size and
   * times. npm gives every packed file the same time of modification, so the time of the change counts, too.
   */
  private stampOf(file: string): string {
    const full = join(this.root, file);
    if (!/(^|\/)node_modules\//.test(file)) return hash(readFileSync(full));
    const { size, mtimeMs, ctimeMs } = statSync(full);
    return `${size} ${mtimeMs} ${ctimeMs}`;
  }
}

/** A new file may be found in the place of another. */
const sourcesIn = (folder: string): string[] => readdirSync(folder, { recursive: true }).map(String).sort();

/** npm's record of the packages that it installed. */
function installed(root: string): string | null {
  const file = join(root, 'node_modules', '.package-lock.json');
  return existsSync(file) ? hash(readFileSync(file)) : null;
}
