import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../support/commands/command';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-reproducible-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** Copies what a synth needs to a folder of its own and synthesizes there, as another user on another day would. */
function synthIn(name: string, env: NodeJS.ProcessEnv): Map<string, string> {
  const folder = path.join(scratch, name);
  const parts = fs.readdirSync(root).filter((part) => !/^\.|^(node_modules|cdktf\.out|test|docs)$/.test(part));
  for (const part of parts) fs.cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const { status, stderr } = spawnSync(process.execPath, ['-r', './commands/typescript.cjs', 'commands/synth.ts'], {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringMatching(/^[^\n]*: takes two applies: [^\n]*\n$/),
  });
  const out = path.join(folder, 'cdktf.out');
  const files = fs
    .readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((file) => fs.statSync(path.join(out, file)).isFile());
  return new Map(files.sort().map((file) => [file, fs.readFileSync(path.join(out, file), 'latin1')]));
}

test('two synths in different folders, time zones and languages are byte for byte the same', () => {
  const first = synthIn('one', { TZ: 'UTC', LANG: 'C' });
  const second = synthIn('another folder', { TZ: 'Pacific/Auckland', LANG: 'tr_TR.UTF-8', HOME: scratch });
  for (const file of ['cdk.tf.json', 'shop.zip'])
    expect([...first.keys()]).toContain(path.join('stacks', 'zone-redundant', file));
  expect([...second]).toEqual([...first]);
  const text = [...first].flatMap(([file, content]) => (file.endsWith('.json') ? content : [])).join();
  for (const trace of [scratch, root, os.hostname()]) expect(text.includes(trace)).toBe(false);
});
