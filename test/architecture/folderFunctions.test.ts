import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { readFolder } from '../../architecture/hcl/folder';
import { readTerraform } from '../../architecture/read';
import { review } from '../../review/review';

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-files-'));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const write = (files: Readonly<Record<string, string>>, at = 'infra') => {
  const folder = path.join(root, at);
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return folder;
};
const read = async (files: Readonly<Record<string, string>>) => readTerraform(await readFolder(write(files)), 'infra');
const appWith = (settings: string) => `resource "azurerm_linux_web_app" "app" {\n  app_settings = ${settings}\n}\n`;
const sessions = async (settings: string, files: Readonly<Record<string, string>> = {}) =>
  (await read({ 'main.tf': appWith(settings), ...files })).sessions;

describe('files of the folder', () => {
  test.each([
    ['JSON', 'jsondecode(file("${path.module}/app.json"))', { 'app.json': '{"SESSION_STORE": "cookie"}' }],
    ['YAML', 'yamldecode(file("./app.yaml")).settings', { 'app.yaml': 'settings:\n  SESSION_STORE: cookie\n' }],
    [
      'a template',
      'yamldecode(templatefile("${path.root}/app.tftpl", { store = "cookie" }))',
      { 'app.tftpl': 'SESSION_STORE: ${store}\n' },
    ],
    [
      'one of two, whichever is there',
      'fileexists("none.json") ? {} : jsondecode(file("app.json"))',
      { 'app.json': '{"SESSION_STORE": "cookie"}' },
    ],
    [
      'all that a pattern names, in order',
      'merge([for name in fileset(path.module, "conf/**/*.{yml,yaml}") : yamldecode(file("conf/../${name}"))]...)',
      { 'conf/1/a.yml': 'SESSION_STORE: memory', 'conf/2.yaml': 'SESSION_STORE: cookie', 'conf/z.txt': 'x' },
    ],
  ])('%s are read', async (_, settings, files) =>
    expect(await sessions(settings, files as unknown as Readonly<Record<string, string>>)).toBe('cookie'),
  );

  test.each([
    ['that are not there', 'jsondecode(file("none.json"))'],
    ['of another folder', 'jsondecode(file("../secrets/app.json"))'],
    ['of the machine', 'jsondecode(file("/etc/hosts"))'],
    ['that only a plan names', 'jsondecode(file(azurerm_resource_group.rg.name))'],
    ['with directives', 'yamldecode(templatefile("loop.tftpl", { names = ["a"] }))'],
    ['with names that they are not given', 'yamldecode(templatefile("open.tftpl", {}))'],
  ])('%s stay unknown', async (_, settings) => {
    write({ 'app.json': '{"SESSION_STORE": "cookie"}' }, 'secrets');
    const files = { 'loop.tftpl': '%{ for n in names }${n}: 1%{ endfor }', 'open.tftpl': 'SESSION_STORE: ${store}' };
    expect(await sessions(settings, files)).toEqual({ unknown: expect.stringContaining('app_settings') });
  });

  test('a link that leaves the folder is refused', async () => {
    const secrets = write({ 'app.json': '{"SESSION_STORE": "cookie"}' }, 'secrets');
    const folder = write({ 'main.tf': appWith('jsondecode(file("app.json"))') });
    fs.symlinkSync(path.join(secrets, 'app.json'), path.join(folder, 'app.json'));
    await expect(readFolder(folder)).rejects.toThrow(/app\.json is a link that leaves its folder/);
  });

  test('a module has its own, also above the root', async () => {
    write(
      { 'main.tf': appWith('jsondecode(file("${path.module}/app.json"))'), 'app.json': '{"SESSION_STORE":"cookie"}' },
      'site',
    );
    expect((await read({ 'main.tf': 'module "site" {\n  source = "../site"\n}\n' })).sessions).toBe('cookie');
  });
});

describe("OpenTofu's files", () => {
  test('stand in the place of those of the same name', async () => {
    const memory = appWith('{ SESSION_STORE = "memory" }');
    const cookie = appWith('{ SESSION_STORE = "cookie" }');
    expect((await read({ 'main.tf': memory, 'main.tofu': cookie, 'more.tf': '' })).sessions).toBe('cookie');
  });

  test('in JSON are read, too', async () => {
    const app = { resource: { azurerm_linux_web_app: { app: { app_settings: { SESSION_STORE: 'cookie' } } } } };
    expect((await read({ 'main.tofu.json': JSON.stringify(app) })).sessions).toBe('cookie');
  });

  test.each([
    ['false', 0],
    ['true', 1],
    ['var.none', 1],
  ])('a resource with enabled = %s in its lifecycle is there %i times', async (enabled, times) => {
    const subnet = `resource "azurerm_subnet" "s" {\n  lifecycle {\n    enabled = ${enabled}\n  }\n}\n`;
    const { resources } = await read({ 'main.tofu': `${appWith('{}')}${subnet}` });
    expect(resources.filter(({ type }) => type === 'azurerm_subnet')).toHaveLength(times);
  });
});

/** A shape of a public repository, in blocks. */
const shape = fs.readFileSync(path.join(__dirname, 'publicShapes/manySites/main.tf'), 'utf8');
const blocks = shape.split(/^(?=resource|variable|provider)/m).filter((block) => !block.startsWith('#'));

test('in which files blocks are, and in which order, never changes an answer', async () => {
  const answers = async (files: Readonly<Record<string, string>>) => {
    fs.rmSync(path.join(root, 'infra'), { recursive: true, force: true });
    const [variant] = review([await read(files)]).variants;
    return JSON.stringify([variant?.findings, variant?.cannotTell, variant?.availability, variant?.monthlyCost]);
  };
  const expected = await answers({ 'main.tf': shape });
  const places = fc.array(fc.constantFrom('a.tf', 'b.tf', 'main.tf'), {
    minLength: blocks.length,
    maxLength: blocks.length,
  });
  const orders = fc.shuffledSubarray(
    blocks.map((_, index) => index),
    { minLength: blocks.length, maxLength: blocks.length },
  );
  await fc.assert(
    fc.asyncProperty(places, orders, async (names, order) => {
      const files: Record<string, string> = {};
      for (const index of order) {
        const name = names[index] as string;
        files[name] = `${files[name] ?? ''}${blocks[index]}`;
      }
      expect(await answers(files)).toBe(expected);
    }),
    { numRuns: 5 },
  );
});
