import fs from 'node:fs';
import { packageHashOf } from '../app/packageHash';
import { refuse } from '../inputError';
import { packagesArrive, slotPackageOf } from '../stacks/app';
import type { Settings } from '../stacks/settings';
import { type AppPackage, buildAppPackage } from './appPackage';

/**
 * Your app's zip as it is.
 *
 * @param setting that names it
 * @throws InputError where it is not there, or is not a zip
 */
export function readPackage(file: string, setting = 'app.package'): AppPackage {
  const fail = (what: string) =>
    refuse(
      setting,
      'the path of a zip with the built app',
      file,
      `${what} Build it, or change the path in settings.ts.`,
    );
  let zip: Buffer;
  try {
    zip = fs.readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why: Readonly<Record<string, string>> = { ENOENT: 'There is no such file.', EISDIR: 'It is a folder.' };
    throw fail(why[code ?? ''] ?? `It cannot be read: ${code}.`);
  }
  // A zip begins with the header of its first file, or, when it is empty, with its end.
  if (!zip.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1')))
    throw fail('That file is not a zip with files in it.');
  if (!hasList(zip)) throw fail('That zip is cut off: the list of its files is missing.');
  return { zip, hash: packageHashOf(zip) };
}

/**
 * Whether a zip has the list of its files, which is its end and without which nothing unpacks it.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.16
 */
function hasList(zip: Buffer): boolean {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 22 > zip.length) return false;
  const [size, offset] = [zip.readUInt32LE(end + 12), zip.readUInt32LE(end + 16)];
  // In a zip of more than 4 GiB the list stands elsewhere.
  if (offset === 0xffffffff) return true;
  return offset + size <= end && zip.subarray(offset, offset + 4).equals(Buffer.from('PK\x01\x02', 'latin1'));
}

/** What a variant is deployed with. */
export interface PackagesOfVariant {
  /** undefined: it takes none. */
  readonly app: AppPackage | undefined;
  /** What the slot runs, where that is another one. */
  readonly slot: AppPackage | undefined;
}

/** The packages of a synth: the shop is built once, and an app of yours is read. */
export class Packages {
  private readonly found = new Map<string | undefined, AppPackage | Promise<AppPackage>>();

  /** Begins to build what the settings need. @throws InputError as `readPackage` */
  constructor(all: readonly Settings[]) {
    for (const settings of all) {
      const slot = slotPackageOf(settings);
      if (slot !== undefined) this.found.set(slot, readPackage(slot, 'stagingSlot.package'));
      const file = settings.app?.package;
      if (!packagesNeeded(settings) || this.found.has(file)) continue;
      const one = file === undefined ? buildAppPackage() : readPackage(file);
      // It is awaited later, unless something else fails first.
      if (one instanceof Promise) one.catch(() => undefined);
      this.found.set(file, one);
    }
  }

  /** The finished ones, by the settings of a variant. */
  async all(): Promise<(settings: Settings) => PackagesOfVariant> {
    const built = new Map<string | undefined, AppPackage>();
    for (const [file, one] of this.found) built.set(file, await one);
    return (settings) => {
      const slot = slotPackageOf(settings);
      return {
        app: packagesNeeded(settings) ? built.get(settings.app?.package) : undefined,
        slot: slot === undefined ? undefined : built.get(slot),
      };
    };
  }
}

/** For `cli`, too: it is what `az webapp deploy` is given. A container brings its own. */
const packagesNeeded = (settings: Settings): boolean => packagesArrive(settings) || settings.app?.image === undefined;
