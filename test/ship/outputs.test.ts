import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkCode } from '../../commands/work/ship';
import { variants } from '../../main';
import { readTarget } from '../../ship/outputs';
import { synthesize } from '../../synthesis/synthesize';
import { settings } from '../support/settings';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-outputs-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const label = 'zone-redundant';
const terraform = spawnSync('terraform', ['version'], { encoding: 'utf8' }).status === 0;
if (!terraform) process.stderr.write('SKIPPED: without terraform on the PATH its outputs cannot be read.\n');

let count = 0;
function fileOf(text: string | Buffer): string {
  count += 1;
  const file = path.join(scratch, `outputs${count}.json`);
  fs.writeFileSync(file, text);
  return file;
}
const from = (file: string) => readTarget({ label, folder: scratch, file });

const id = (kind: string, name: string) => `/subscriptions/s/resourceGroups/g/providers/${kind}/${name}`;
const value = {
  regions: [
    {
      location: 'swedencentral',
      app_id: id('Microsoft.Web/sites', 'app'),
      health_url: 'https://app.azurewebsites.net/healthz',
      storage_account_id: id('Microsoft.Storage/storageAccounts', 'stpackages'),
      container: 'packages',
      slots: {},
    },
  ],
  self_signed: false,
};
const outputs = JSON.stringify({ ship: { sensitive: false, value } });

test('reads what terraform output -json prints, also as PowerShell writes it', async () => {
  expect(await from(fileOf(outputs))).toEqual(value);
  expect(await from(fileOf(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(outputs, 'utf16le')])))).toEqual(
    value,
  );
});

test.each<[string, string, RegExp]>([
  ['no JSON', 'Outputs:', /holds no outputs of Terraform: it is not JSON\. Write it with `terraform output -json`\.$/],
  [
    'no outputs',
    '{}',
    /^zone-redundant is not applied: .* holds no outputs\. Write it with `terraform output -json` after the apply\.$/,
  ],
  ['a list', '[]', /^zone-redundant is not applied: /],
  [
    'another way of the code',
    '{"url":{"value":"https://x"}}',
    /^zone-redundant was applied without package: 'onedeploy', so its code does not arrive by this command\./,
  ],
  [
    'an output of another shape',
    '{"ship":{"value":{"regions":[],"self_signed":false}}}',
    /^The output `ship` of zone-redundant cannot be used, at regions: /,
  ],
  [
    'an id that is not a web app',
    JSON.stringify({ ship: { value: { ...value, regions: [{ ...value.regions[0], app_id: '--debug' }] } } }),
    /cannot be used, at regions\.0\.app_id: /,
  ],
])('a file with %s is refused in one sentence', (_, text, message) =>
  expect(from(fileOf(text))).rejects.toThrow(message),
);

test('a file that is not there', () =>
  expect(from('nowhere.json')).rejects.toThrow(
    'nowhere.json cannot be read: ENOENT. Give a file with what `terraform output -json` printed.',
  ));

test('a variant that was never synthesized is not applied', () =>
  expect(readTarget({ label, folder: path.join(scratch, 'none') })).rejects.toThrow(
    /^zone-redundant is not applied from here: there is no .*none\. Run `npm run synth zone-redundant`, then `terraform init` and `terraform apply` in .*none, or give --outputs FILE\.$/,
  ));

(terraform ? test : test.skip)('with real Terraform: a folder before init, and a state without outputs', async () => {
  synthesize({ variants, settings, words: [label], outdir: path.join(scratch, 'out') });
  const folder = path.join(scratch, 'out', 'stacks', label);
  await expect(readTarget({ label, folder })).rejects.toThrow(/^zone-redundant is not applied from here: /);
  const empty = path.join(scratch, 'empty');
  fs.mkdirSync(empty);
  fs.writeFileSync(path.join(empty, 'cdk.tf.json'), '{}');
  await expect(readTarget({ label, folder: empty })).rejects.toThrow('its state has no outputs');
});

(terraform ? test : test.skip)('with real Terraform: the output of an apply', async () => {
  const folder = path.join(scratch, 'applied');
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify({ output: { ship: { value } } }));
  const env = { ...process.env, CHECKPOINT_DISABLE: '1' };
  expect(spawnSync('terraform', ['apply', '-auto-approve'], { cwd: folder, env }).status).toBe(0);
  expect(await readTarget({ label, folder })).toEqual(value);
});

test('of a container there is nothing to deliver', () => {
  expect(() => checkCode({ image: 'team.azurecr.io/shop/web:1.4.0' })).toThrow(
    '`app` must be code, for ship to deliver, got: "team.azurecr.io/shop/web:1.4.0". App Service pulls a container itself',
  );
  for (const app of [undefined, { stack: 'node' as const }]) expect(() => checkCode(app)).not.toThrow();
});
