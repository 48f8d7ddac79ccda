/** Reads the texts of a result: a log, a folder of logs, or the archive that Azure Load Testing hands out. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { InputError } from '../../inputError';
import { decoded } from '../../textFile';

/** A text and where it comes from. */
export interface ResultText {
  readonly from: string;
  readonly text: string;
}

/** Bytes of all files together, unpacked; a result of 100,000 shoppers has some 150 MB. */
const mostBytes = 1024 ** 3;

/** Archives inside archives are read so deep. */
const deepest = 2;

/** @throws InputError for what is not there, cannot be unpacked, or is too large */
export function readResult(place: string): readonly ResultText[] {
  let left = mostBytes;
  const take = (bytes: number): void => {
    left -= bytes;
    if (left < 0)
      throw new InputError(
        `${place} holds more than ${mostBytes / 1024 ** 3} GiB, which no result of a drill has. Give the logs of one run.`,
      );
  };
  const read = (from: string, bytes: Uint8Array, depth: number): readonly ResultText[] => {
    if (!isArchive(bytes)) return [{ from, text: decoded(Buffer.from(bytes)) }];
    if (depth >= deepest) return [];
    return Object.entries(unpacked(from, bytes, take)).flatMap(([name, inside]) =>
      read(`${from}, ${name}`, inside, depth + 1),
    );
  };
  return filesAt(place).flatMap((file) => {
    take(statSync(file).size);
    return read(file, readFileSync(file), 0);
  });
}

function filesAt(place: string): readonly string[] {
  try {
    if (!statSync(place).isDirectory()) return [place];
    return readdirSync(place, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort();
  } catch (error) {
    throw new InputError(
      `${place} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}. Give the log, the folder or the archive of a load test.`,
    );
  }
}

const isArchive = ([p, k, three, four]: Uint8Array): boolean => p === 0x50 && k === 0x4b && three === 3 && four === 4;

function unpacked(
  from: string,
  bytes: Uint8Array,
  take: (bytes: number) => void,
): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(bytes, {
      filter: ({ originalSize }) => {
        take(originalSize);
        return true;
      },
    });
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${from} cannot be unpacked: ${(error as Error).message}. Download it once more.`);
  }
}
