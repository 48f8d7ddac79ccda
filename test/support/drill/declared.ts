import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../commands/command';

/** A variant's Terraform as a file, which needs no synth, with one instance a region. @returns the path of the file */
export function withOneInstance(variant: 'single-zone' | 'zone-redundant', folder: string): string {
  const declared = readFileSync(join(root, 'test', '__snapshots__', `${variant}.json`), 'utf8');
  const file = join(folder, `${variant}.json`);
  writeFileSync(file, declared.replaceAll(/"(worker_count|default|minimum)": [23]\b/g, '"$1": 1'));
  return file;
}
