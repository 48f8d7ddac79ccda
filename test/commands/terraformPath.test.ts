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
  file('bare/package.json', '{ "name": "shop", "dependencies": {} }');
  await expect(readPath(path.join(root, 'bare'), [])).rejects.toThrow(
    /bare holds no Terraform: no \.tf, \.tofu or \.tf\.json file\. Give the folder of a root module, or a plan as JSON\.$/,
  );
  file('repo/infra/main.tf', 'locals {}');
  await expect(readPath(path.join(root, 'repo'), [])).rejects.toThrow(/Did you mean .*repo.infra\?$/);
  file('plans/package.json', '{}');
  file('plans/shop.json', '{"format_version":"1.2","terraform_version":"1.11.0"}');
  await expect(readPath(path.join(root, 'plans'), [])).rejects.toThrow(/Did you mean [^ ]*plans.shop\.json\?$/);
});

test('standard input is read, and exits 2 when it holds nothing', () => {
  const review = (input: Buffer | string) =>
    spawnSync(process.execPath, ['-r', './commands/typescript.cjs', 'commands/review.ts', '--json', '-'], { input });
  const read = review(fs.readFileSync(field('openTofu/plan.json')));
  expect(read.status).toBe(0);
  expect(JSON.parse(read.stdout.toString()).variants[0].name).toBe('standard input');
  const none = review('');
  expect(none.status).toBe(2);
  expect(none.stderr.toString()).toMatch(/^error: standard input is empty\. /);
});

test('a cdk.tf.json is read with the defaults of its variables, its counts and its modules in folders', async () => {
  const folder = path.join(root, 'synth');
  fs.mkdirSync(path.join(folder, 'plan'), { recursive: true });
  const plan = 'resource "azurerm_service_plan" "plan" {\n  sku_name = var.sku\n  location = "westeurope"\n}\n';
  fs.writeFileSync(
    path.join(folder, 'plan', 'main.tf'),
    `variable "sku" {}\n${plan}output "id" { value = azurerm_service_plan.plan.id }\n`,
  );
  const app = {
    location: 'westeurope',
    service_plan_id: '${module.plan.id}',
    app_settings: { SESSION_STORE: '${each.value}' },
  };
  const file = path.join(folder, 'cdk.tf.json');
  fs.writeFileSync(
    file,
    JSON.stringify({
      variable: { stores: { default: { shop: 'redis', admin: 'memory' } }, gateway: { default: false } },
      module: { plan: { source: './plan', sku: 'P1v3' } },
      resource: {
        azurerm_linux_web_app: {
          app: { for_each: '${var.stores}', ...app, '//': 'steadystate:ignore:alerts for a test' },
        },
        azurerm_application_gateway: { gate: { count: '${var.gateway ? 1 : 0}' } },
      },
    }),
  );
  const { regions, gateways, remarks } = await readPath(file, []);
  expect(
    regions.map(({ app: { address, plan, sessions } }) => [address, plan.address, plan.skuName, sessions]),
  ).toEqual([
    [
      'azurerm_linux_web_app.app["shop"]',
      'module.plan.azurerm_service_plan.plan',
      'P1v3',
      { unknown: expect.stringContaining('REDIS_URL') },
    ],
    ['azurerm_linux_web_app.app["admin"]', 'module.plan.azurerm_service_plan.plan', 'P1v3', 'in-process'],
  ]);
  expect(gateways).toEqual([]);
  expect(remarks).toMatchObject([{ address: 'azurerm_linux_web_app.app' }]);
});
