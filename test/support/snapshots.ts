import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { variants } from '../../main';
import { keptSynth } from './keptSynth';
import { settings } from './settings';

export const snapshotFolder = path.join(__dirname, '..', '__snapshots__');

/** Loaded when it is needed: CDKTF takes longer to load than most files of tests to run, and what is kept needs no synth. */
// biome-ignore lint/style/noCommonJs: an import would load it at the start.
const synthesis = () => require('../../synthesis/synthesize') as typeof import('../../synthesis/synthesize');

/** Terraform of variants as text, by label, from a synth into a temporary folder. */
export function synthesizedNow(words: readonly string[] = [], given: unknown = settings): Map<string, string> {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-test-'));
  try {
    const written = synthesis().synthesize({ variants, settings: given, words, outdir });
    return new Map(written.map(({ label, file }) => [label, fs.readFileSync(file, 'utf8')]));
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

/** Unlike JSON it keeps `undefined`, `NaN` and the like apart. */
const whole = { depth: null, maxArrayLength: null, maxStringLength: null } as const;

/**
 * The same, kept for whoever asks for it again while no source changes: half of what the tests ask for was asked for before. A
 * test that puts something else in the place of a module must ask for `synthesizedNow`.
 */
export function synthesized(words: readonly string[] = [], given: unknown = settings): Map<string, string> {
  return new Map(keptSynth(inspect([words, given], whole), () => [...synthesizedNow(words, given)]));
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

/** Variants whose snapshot is the difference from a similar one, which is what a reader wants to see. */
const neighbours: Readonly<Record<string, string>> = {
  'zone-redundant-sticky': 'zone-redundant',
  'zone-redundant-cookie': 'zone-redundant',
  'multi-region-sticky': 'multi-region-active-active',
  'multi-region-active-passive': 'multi-region-active-active',
};

/** Where two JSON values differ, in the shape of the values: `{ before, after }` at each place, one left out where it is not there. */
export function differences(before: unknown, after: unknown): unknown {
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject(before) || !isObject(after)) return { before, after };
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const differing = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return Object.fromEntries(differing.map((key) => [key, differences(before[key], after[key])]));
}

/** The snapshot of a variant: its Terraform whole, or how it differs from its neighbour's. */
export function snapshotOf(label: string, terraform: ReadonlyMap<string, string>): unknown {
  const whole = (of: string) => withoutMetadata(JSON.parse(terraform.get(of) ?? '{}'));
  const neighbour = neighbours[label];
  if (neighbour === undefined) return whole(label);
  return { differsFrom: neighbour, differences: differences(whole(neighbour), whole(label)) };
}

/** The files that the snapshot tests hold a synth against, as they should be now. */
export function snapshotFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const addresses: Record<string, string[]> = {};
  const all = synthesized();
  for (const [label, terraform] of all) {
    files.set(`${label}.json`, `${JSON.stringify(snapshotOf(label, all), null, 2)}\n`);
    addresses[label] = addressesOf(terraform);
  }
  return files.set('addresses.json', `${JSON.stringify(addresses, null, 2)}\n`);
}
