import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { lineInJson, placesFor } from '../../commands/places';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-places-'));
const before = process.cwd();
afterAll(() => {
  process.chdir(before);
  fs.rmSync(folder, { recursive: true, force: true });
});

const app = 'azurerm_linux_web_app.app';

test('places are relative to the root of the repository, in the file that declares the resource', () => {
  fs.mkdirSync(path.join(folder, '.git'));
  fs.mkdirSync(path.join(folder, 'infra'));
  fs.mkdirSync(path.join(folder, 'json'));
  fs.mkdirSync(path.join(folder, 'elsewhere'));
  const write = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text);
  write('infra/main.tf', '\nresource "azurerm_linux_web_app" "app" {}\n');
  write('infra/plan.json', `{"resources": [\n{"address": "${app}"}]}`);
  write('json/app.tf.json', '{\n"resource": {"azurerm_linux_web_app": {\n"app": {}}}}');
  write('elsewhere/plan.json', `{"resources": [\n\n{"address":"${app}"}]}`);
  process.chdir(path.join(folder, 'infra'));
  const place = placesFor();
  expect(place('.', app)).toEqual({ path: 'infra/main.tf', line: 2 });
  expect(place('plan.json', app)).toEqual({ path: 'infra/main.tf', line: 2 });
  expect(place('../json', app)).toEqual({ path: 'json/app.tf.json', line: 3 });
  expect(place('../elsewhere/plan.json', app)).toEqual({ path: 'elsewhere/plan.json', line: 3 });
  expect(place('../elsewhere/plan.json', 'azurerm_x.other')).toEqual({ path: 'elsewhere/plan.json', line: 1 });
  expect(place('standard input', app)).toEqual({ path: 'infra/standard input', line: 1 });
  const outside = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-agent-'));
  fs.writeFileSync(path.join(outside, 'plan.json'), `{\n"address":"${app}"}`);
  // Of what is outside the repository only the name can be shown.
  expect(place(path.join(outside, 'plan.json'), app)).toEqual({ path: 'plan.json', line: 2 });
  fs.rmSync(outside, { recursive: true });
});

test('a variant is placed where main.ts declares it, and without main.ts in its stack', () => {
  process.chdir(before);
  const { path: file, line } = placesFor()('zone-redundant,appService=on', app);
  expect(file).toMatch(/(^|\/)main\.ts$/);
  expect(fs.readFileSync('main.ts', 'utf8').split('\n')[line - 1]).toContain("'zone-redundant':");
  process.chdir(folder);
  expect(placesFor()('zone-redundant', app).path).toBe('cdktf.out/stacks/zone-redundant/cdk.tf.json');
});

test('a name that means something in a pattern is only a name', () => {
  expect(lineInJson('{"address":"a.b"}\n{"address":"module.x[\\"(\\"].a.b"}', 'module.x["("].a.b')).toBe(2);
  expect(lineInJson('{}', 'module.x["("].a.b')).toBeNull();
});
