import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { InputError } from '../inputError';
import type { Export } from './terraform';

/** Where a local state stays when the configuration moves to another folder. */
export function withStateSeenFrom<Document extends object>(document: Document, from: string, to: string): Document {
  const copy = structuredClone(document) as { terraform?: { backend?: { local?: { path: string } } } };
  const local = copy.terraform?.backend?.local;
  if (local) {
    const file = path.resolve(from, local.path);
    local.path = path.relative(path.resolve(to), file).split(path.sep).join('/');
  }
  return copy as Document;
}

/** @throws InputError for a folder that holds Terraform: what was changed there by hand must not be lost */
export function checkFolder(folder: string): void {
  let names: string[];
  try {
    names = fs.readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw unusable(folder, error);
  }
  if (names.some((name) => /\.tf(\.json)?$/.test(name)))
    throw new InputError(
      `${folder} holds Terraform already, and an export would overwrite what was changed there. Remove it, or give another folder with --out.`,
    );
}

/**
 * Writes the files of an export and what lies beside its Terraform, such as the app's package, all or nothing.
 *
 * @param beside paths of further files
 * @throws InputError for a folder that cannot be written
 */
export function writeFolder(folder: string, { files }: Export, beside: readonly string[]): void {
  const pending = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-export-'));
  const written: string[] = [];
  try {
    for (const [name, text] of files) fs.writeFileSync(path.join(pending, name), text);
    for (const file of beside) fs.copyFileSync(file, path.join(pending, path.basename(file)));
    fs.mkdirSync(folder, { recursive: true });
    for (const name of fs.readdirSync(pending)) {
      const target = path.join(folder, name);
      written.push(target);
      fs.copyFileSync(path.join(pending, name), target);
    }
  } catch (error) {
    for (const file of written) fs.rmSync(file, { force: true });
    throw unusable(folder, error);
  } finally {
    fs.rmSync(pending, { recursive: true, force: true });
  }
}

const unusable = (folder: string, error: unknown) =>
  new InputError(
    `${folder} cannot be used: ${(error as NodeJS.ErrnoException).code ?? String(error)}. Give a folder that can be written with --out.`,
  );
