import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { variants } from '../../main';
import { synthesize } from '../../synthesis/synthesize';
import { settings } from '../support/settings';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-publish-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const synth = (outdir: string, ...words: string[]) => synthesize({ variants, settings, words, outdir });

test('without words it takes away folders of variants that are gone, and nothing else', () => {
  const out = path.join(scratch, 'pruned');
  for (const [folder, file] of [
    ['gone', 'cdk.tf.json'],
    ['mine', 'notes.txt'],
    ['single-zone', '.terraform.lock.hcl'],
  ] as const) {
    fs.mkdirSync(path.join(out, 'stacks', folder), { recursive: true });
    fs.writeFileSync(path.join(out, 'stacks', folder, file), '{}');
  }
  synth(out, 'single-zone');
  expect(fs.readdirSync(path.join(out, 'stacks')).sort()).toEqual(['gone', 'mine', 'single-zone']);
  synth(out);
  expect(fs.readdirSync(path.join(out, 'stacks')).sort()).toEqual(['mine', ...Object.keys(variants)].sort());
  expect(fs.readdirSync(path.join(out, 'stacks', 'single-zone')).sort()).toEqual([
    '.terraform.lock.hcl',
    'cdk.tf.json',
  ]);
});

test('an output folder that cannot be written is one clear error, and stays what it was', () => {
  const file = path.join(scratch, 'a-file');
  fs.writeFileSync(file, 'mine');
  expect(() => synth(file, 'single-zone')).toThrow(
    `\`output folder\` must be a folder that can be written, got: ${JSON.stringify(file)}. The system says ${process.platform === 'win32' ? 'EEXIST' : 'ENOTDIR'}. Choose another with --out, or remove what is in the way.`,
  );
  expect(fs.readFileSync(file, 'utf8')).toBe('mine');
});

test('a target that is in the way leaves no half-written neighbours', () => {
  const out = path.join(scratch, 'blocked');
  fs.mkdirSync(path.join(out, 'stacks'), { recursive: true });
  fs.writeFileSync(path.join(out, 'stacks', 'zone-redundant'), 'mine');
  expect(() => synth(out, 'single-zone', 'zone-redundant')).toThrow(/^`output folder` must be /);
  expect(fs.readdirSync(out, { recursive: true }).sort()).toEqual(['stacks', path.join('stacks', 'zone-redundant')]);
});

test('a name that Azure would refuse is reported while the constructs are made, and nothing is left behind', () => {
  const tmp = path.join(scratch, 'tmp');
  fs.mkdirSync(tmp);
  const tmpdir = jest.spyOn(os, 'tmpdir').mockReturnValue(tmp);
  try {
    synth(path.join(scratch, 'allowed'), 'single-zone');
    expect(fs.readdirSync(tmp)).toEqual([]);
    const long = { ...settings, names: { keyVault: `kv-${'a'.repeat(30)}` } };
    const outdir = path.join(scratch, 'long');
    expect(() => synthesize({ variants, settings: long, words: ['single-zone'], outdir })).toThrow(
      /^`names\.keyVault` must be a name of at most 24 characters/,
    );
    expect(fs.existsSync(outdir)).toBe(false);
    expect(fs.readdirSync(tmp)).toEqual([]);
  } finally {
    tmpdir.mockRestore();
  }
});
