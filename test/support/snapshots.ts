import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { variants } from '../../main';
import { settings } from '../../settings';
import { synthesize } from '../../stacks/synthesize';

export const snapshotFolder = path.join(__dirname, '..', '__snapshots__');

/** Terraform of variants as text, by label, from a synth into a temporary folder. */
export function synthesized(words: readonly string[] = [], given: unknown = settings): Map<string, string> {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-test-'));
  try {
    const written = synthesize({ variants, settings: given, words, outdir });
    return new Map(written.map(({ label, file }) => [label, fs.readFileSync(file, 'utf8')]));
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

/** Parsed, and without CDKTF's own metadata, so that another version of CDKTF gives the same snapshot. */
export function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '//')
      .map(([key, member]) => [key, withoutMetadata(member)]),
  );
}

/** Terraform addresses of resources, data sources and outputs, sorted: a contract with whoever has deployed. */
export function addressesOf(terraform: string): string[] {
  const json = JSON.parse(terraform) as Record<string, Record<string, Record<string, unknown>>>;
  const typed = (section: string, prefix: string) =>
    Object.entries(json[section] ?? {}).flatMap(([type, named]) =>
      Object.keys(named).map((name) => `${prefix}${type}.${name}`),
    );
  const outputs = Object.keys(json.output ?? {}).map((name) => `output.${name}`);
  return [...typed('resource', ''), ...typed('data', 'data.'), ...outputs].sort();
}

/** The files that the snapshot tests hold a synth against, as they should be now. */
export function snapshotFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const addresses: Record<string, string[]> = {};
  for (const [label, terraform] of synthesized()) {
    files.set(`${label}.json`, `${JSON.stringify(withoutMetadata(JSON.parse(terraform)), null, 2)}\n`);
    addresses[label] = addressesOf(terraform);
  }
  return files.set('addresses.json', `${JSON.stringify(addresses, null, 2)}\n`);
}
