import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readFolder } from '../../architecture/hcl/folder';
import { readArchitecture, readTerraform } from '../../architecture/read';

const plans = path.join(__dirname, 'plans');
let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-hcl-'));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const write = (files: Readonly<Record<string, string>>) => {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
  return root;
};
const read = async (files: Readonly<Record<string, string>>, variableFiles: readonly string[] = []) =>
  readTerraform(await readFolder(write(files), variableFiles), 'infra');

const app = `
resource "azurerm_service_plan" "plan" {
  location     = var.location
  os_type      = "Linux"
  sku_name     = "P1v3"
  worker_count = var.workers
}
resource "azurerm_linux_web_app" "app" {
  name            = "\${var.name}-web"
  location        = var.location
  service_plan_id = azurerm_service_plan.plan.id
  app_settings    = merge(local.settings, { STAMP = azurerm_service_plan.plan.id })
  site_config {}
}
locals {
  settings = { SESSION_STORE = var.store }
}
variable "location" { default = "West Europe" }
variable "name" { default = "shop" }
variable "store" { default = "memory" }
variable "workers" { type = number }
`;

describe('a folder reads as the plan that Terraform makes of it', () => {
  test.each([
    ['regions', 'plan.json'],
    ['gateway', 'applied.json'],
    ['landing', 'applied.json'],
  ])('%s', async (name, file) => {
    const folder = readTerraform(await readFolder(path.join(plans, name)), name);
    const plan = readArchitecture(fs.readFileSync(path.join(plans, name, file), 'utf8'), name);
    expect(folder.resources.map(({ address }) => address)).toEqual(plan.resources.map(({ address }) => address));
    const facts = ({ entry, hostPreserved, affinity, regions }: typeof plan) => ({
      entry,
      hostPreserved,
      affinity,
      regions: regions
        .map(({ location, role, app: one, redis }) => ({
          app: one.address,
          location,
          role,
          plan: one.plan.address,
          sessions: one.sessions,
          cache: redis?.address,
        }))
        // A data source knows its plan only when Terraform asks Azure.
        .filter((one) => one.app !== 'azurerm_linux_web_app.shared'),
    });
    expect(facts(folder)).toEqual(facts(plan));
  });
});

describe('variables', () => {
  const instances = async (files: Readonly<Record<string, string>>, given: readonly string[] = []) =>
    (await read({ 'main.tf': app, ...files }, given)).regions[0]?.app.plan.instances;

  test('that are left open stay unknown, with their name', async () =>
    expect(await instances({})).toEqual({ unknown: 'azurerm_service_plan.plan.worker_count is ${var.workers}' }));

  test('are taken from files, a later one over an earlier one', async () => {
    expect(await instances({ 'terraform.tfvars': 'workers = 2' })).toBe(2);
    expect(await instances({ 'terraform.tfvars': 'workers = 2', 'b.auto.tfvars': 'workers = 4' })).toBe(4);
    fs.writeFileSync(path.join(root, 'prod.tfvars'), 'workers = 6');
    expect(await instances({}, [path.join(root, 'prod.tfvars')])).toBe(6);
  });

  test('go through locals, templates and merge', async () => {
    const deployment = await read({ 'main.tf': app, 'terraform.tfvars.json': '{"workers": 3, "store": "cookie"}' });
    expect(deployment).toMatchObject({ sessions: 'cookie', regions: [{ location: 'westeurope' }] });
    expect(deployment.resources[0]?.attributes.name).toBe('shop-web');
  });

  test('that are sensitive are never read', async () => {
    const secret = 'variable "store" {\n  sensitive = true\n  default   = "memory"\n}\n';
    const deployment = await read({
      'main.tf': app.replace('variable "store" { default = "memory" }\n', secret),
      'terraform.tfvars': 'store = "hunter2"\nworkers = 1',
    });
    expect(JSON.stringify(deployment)).not.toContain('hunter2');
    expect(deployment.sessions).toEqual({
      unknown: 'azurerm_linux_web_app.app.SESSION_STORE is sensitive',
    });
  });
});

describe('modules', () => {
  const call = (source: string) => `module "web" {\n  source = "${source}"\n  workers = 2\n}\n`;

  test('in folders are read, also those above the root', async () => {
    write({ 'modules/web/main.tf': app, 'prod/main.tf': call('../modules/web') });
    const deployment = readTerraform(await readFolder(path.join(root, 'prod')), 'prod');
    expect(deployment.regions[0]?.app).toMatchObject({
      address: 'module.web.azurerm_linux_web_app.app',
      plan: { address: 'module.web.azurerm_service_plan.plan', instances: 2 },
    });
    expect(deployment.elsewhere).toEqual([]);
  });

  test('from elsewhere may declare more', async () => {
    const deployment = await read({ 'main.tf': `${app}\n${call('Azure/naming/azurerm')}` });
    expect(deployment.elsewhere).toEqual(['module.web']);
    expect(deployment.entry).toEqual({ unknown: 'module.web may declare a layer in front' });
  });

  test('that call themselves are refused', async () => {
    await expect(
      read({ 'main.tf': call('./a'), 'a/main.tf': call('../b'), 'b/main.tf': call('../a') }),
    ).rejects.toThrow(/is a module that calls itself: a → b → a\. Terraform refuses it, too\.$/);
  });
});

test('count and for_each that are written out make their instances, and none makes none', async () => {
  const deployment = await read({
    'main.tf': `${app}
resource "azurerm_subnet" "open" {
  count = var.left_open ? 1 : 0
}
resource "azurerm_subnet" "not_chosen" {
  count = var.workers > 9 ? 1 : 0
}
variable "left_open" { type = bool }
resource "azurerm_subnet" "off" {
  count = 0
}
resource "azurerm_subnet" "each" {
  for_each = toset(["a", "b"])
}
resource "azurerm_subnet" "counted" {
  count = length(["x", "y"])
}`,
    'terraform.tfvars': 'workers = 2',
  });
  const subnets = deployment.resources.filter(({ type }) => type === 'azurerm_subnet').map(({ address }) => address);
  expect(subnets).toEqual([
    'azurerm_subnet.counted[0]',
    'azurerm_subnet.counted[1]',
    'azurerm_subnet.each["a"]',
    'azurerm_subnet.each["b"]',
    'azurerm_subnet.open',
  ]);
});

test('files in JSON syntax are read with the others', async () => {
  const more = JSON.stringify({ resource: { azurerm_subnet: { more: { name: 'x' } } } });
  const { resources } = await read({ 'main.tf': app, 'more.tf.json': more });
  expect(resources.map(({ address }) => address)).toContain('azurerm_subnet.more');
});

test('a file that cannot be parsed is named with the place', async () => {
  await expect(read({ 'bad.tf': 'resource "a" {' })).rejects.toThrow(
    /bad\.tf is not Terraform that can be parsed: bad\.tf:1,\d+.*\. Run terraform validate in its folder\.$/,
  );
});

test('a link that leaves its folder is refused, whatever it leads to', async () => {
  write({ 'outside/secret.tf': app, 'infra/main.tf': app });
  fs.symlinkSync(path.join(root, 'outside/secret.tf'), path.join(root, 'infra/more.tf'));
  await expect(readFolder(path.join(root, 'infra'))).rejects.toThrow(/more\.tf is a link that leaves its folder/);
});

test('the order of files and blocks changes no answer', async () => {
  const blocks = app.trim().split(/^(?=resource|locals|variable)/m);
  const facts = async (files: Readonly<Record<string, string>>) => {
    fs.rmSync(root, { recursive: true, force: true });
    return JSON.stringify(await read({ ...files, 'terraform.tfvars': 'workers = 2' }));
  };
  const one = await facts({ 'main.tf': app });
  expect(
    await facts({
      'main.tf': [...blocks]
        .reverse()
        .map((block) => `${block.trim()}\n`)
        .join(''),
    }),
  ).toEqual(one);
  expect(await facts(Object.fromEntries(blocks.map((block, index) => [`f${9 - index}.tf`, block])))).toEqual(one);
});

test('an optional member that is left out is null, also inside a dynamic block', async () => {
  const { regions } = await read({
    'main.tf': `
variable "rules" {
  type    = map(object({ tag = optional(string), address = optional(string), headers = optional(map(list(string)), {}) }))
  default = { door = { tag = "AzureFrontDoor.Backend" } }
}
resource "azurerm_linux_web_app" "app" {
  site_config {
    ip_restriction_default_action = "Deny"
    dynamic "ip_restriction" {
      for_each = var.rules
      content {
        service_tag = ip_restriction.value.tag
        ip_address  = ip_restriction.value.address
        dynamic "headers" {
          for_each = ip_restriction.value.headers
          content { x_azure_fdid = headers.value }
        }
      }
    }
  }
}`,
  });
  expect(regions[0]?.app.restrictions).toMatchObject([
    { serviceTag: 'AzureFrontDoor.Backend', addresses: null, frontDoorId: false, probesOnly: false },
  ]);
});

describe('settings that are merged', () => {
  const sessions = async (merged: string) =>
    (
      await read({
        'main.tf': `
variable "more" {}
variable "secret" {
  sensitive = true
  default   = "s"
}
resource "azurerm_linux_web_app" "app" {
  app_settings = ${merged}
}`,
      })
    ).regions[0]?.app.sessions;

  test.each([
    ['from JSON', 'merge(jsondecode("{\\"SESSION_STORE\\": \\"memory\\"}"), { A = var.secret })', 'in-process'],
    ['from YAML', 'merge(yamldecode("SESSION_STORE: cookie"), { A = 1 })', 'cookie'],
    ['after a part that is not known', 'merge(var.more, { SESSION_STORE = "cookie" })', 'cookie'],
  ])('%s are read', async (_, merged, store) => expect(await sessions(merged)).toBe(store));

  test('before a part that is not known may be overridden by it', async () =>
    expect(await sessions('merge({ SESSION_STORE = "cookie" }, var.more)')).toEqual({
      unknown: expect.stringContaining('app_settings'),
    }));
});
