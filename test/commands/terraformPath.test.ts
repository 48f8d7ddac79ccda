import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isPath, readPath } from '../../commands/terraformPath';

const field = (file: string) => path.join(__dirname, '../architecture/field', file);
let root: string;
beforeAll(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-paths-'));
});
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));
const file = (name: string, content: string | Buffer) => {
  fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  fs.writeFileSync(path.join(root, name), content);
  return path.join(root, name);
};

test('a word is a path by its form, or because it is there; a variant is a variant', () => {
  const path = (word: string) => isPath(word, ['single-zone', 'docs']);
  for (const word of ['-', '.', './infra', 'a\\b', 'p.json', 'x.tfstate', 'architecture'])
    expect(path(word)).toBe(true);
  for (const word of ['single-zone', 'docs', 'docs,appService=on', 'appService=on', 'no-such-word'])
    expect(path(word)).toBe(false);
});

test('a file is read whatever its name', async () => {
  const plan = file('plan', fs.readFileSync(field('openTofu/plan.json')));
  expect((await readPath(plan, [])).regions.length).toBeGreaterThan(0);
});

test.each([
  ['what is not there', 'missing/plan.json', null, / is not there\. Give the path of a folder of Terraform/],
  ['an empty file', 'empty.json', '', /empty\.json is empty\. Run terraform plan -out=p/],
  [
    'a saved plan',
    'tfplan',
    Buffer.from('PK\x03\x04rest'),
    / is a saved plan, which only Terraform can read\. Run terraform show -json .*tfplan > plan\.json/,
  ],
  [
    'one file of many',
    'one/main.tf',
    'locals {}',
    /main\.tf is one file of a configuration\. Give its folder, .*one\.$/,
  ],
])('%s is named as what it is', async (_, name, content, message) => {
  const at = content === null ? path.join(root, name) : file(name, content);
  await expect(readPath(at, [])).rejects.toThrow(message);
});

test('a folder without Terraform names what is near', async () => {
  fs.mkdirSync(path.join(root, 'bare'));
  await expect(readPath(path.join(root, 'bare'), [])).rejects.toThrow(
    /bare holds no Terraform: no \.tf and no \.tf\.json file\. Give the folder of a root module, or a plan as JSON\.$/,
  );
  file('repo/infra/main.tf', 'locals {}');
  await expect(readPath(path.join(root, 'repo'), [])).rejects.toThrow(/Did you mean .*repo.infra\?$/);
});

test('standard input is read, and exits 2 when it holds nothing', () => {
  const review = (input: Buffer | string) =>
    spawnSync(
      process.execPath,
      ['-r', path.join(root, 'commands', 'typescript.cjs'), 'commands/review.ts', '--json', '-'],
      { input },
    );
  const read = review(fs.readFileSync(field('openTofu/plan.json')));
  expect(read.status).toBe(0);
  expect(JSON.parse(read.stdout.toString()).variants[0].name).toBe('standard input');
  const none = review('');
  expect(none.status).toBe(2);
  expect(none.stderr.toString()).toMatch(/^error: standard input is empty\. /);
});
