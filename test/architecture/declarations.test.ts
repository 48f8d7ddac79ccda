import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { declarationOf, declarationsIn } from '../../architecture/hcl/declarations';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-declarations-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const files = {
  'main.tf': `# resource "azurerm_x" "in_a_comment" {
locals { text = "resource \\"azurerm_x\\" \\"in_a_string\\" {" }
resource "azurerm_linux_web_app" "app" {
  site_config {
    app_command_line = <<-EOT
      resource "azurerm_x" "in_a_heredoc" {
    EOT
  }
}

/* two
   lines */ resource azurerm_service_plan plan {}
module "web" {
  source   = "./modules/web"
  for_each = toset(["a", "b"])
}
module "registry" {
  source = "Azure/x/azurerm"
}
`,
  'modules/web/app.tf': `variable "x" {}

resource "azurerm_linux_web_app" "inner" {
}
module "again" {
  source = "../web"
}
`,
  'broken.tf': 'resource "azurerm_x" "never_ends" {',
};

beforeAll(() => {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
});

const placeOf = (address: string) => {
  const found = declarationOf(declarationsIn(folder), address);
  return found && `${path.relative(folder, found.file)}:${found.line}`;
};

test.each([
  ['azurerm_linux_web_app.app', 'main.tf:3'],
  ['azurerm_linux_web_app.app.site_config', 'main.tf:3'],
  ['azurerm_linux_web_app.app["a.b]c"]', 'main.tf:3'],
  ['azurerm_service_plan.plan[0]', 'main.tf:12'],
  ['module.web["a"].azurerm_linux_web_app.inner', 'modules/web/app.tf:3'],
  ['module.registry.azurerm_linux_web_app.there', 'main.tf:17'],
  ['azurerm_x.in_a_comment', null],
  ['azurerm_x.in_a_string', null],
  ['azurerm_x.in_a_heredoc', null],
  ['the deployment', null],
])('%s is declared at %s', (address, place) => expect(placeOf(address)).toBe(place));

test('a folder that cannot be read declares nothing', () =>
  expect(declarationsIn(path.join(folder, 'nowhere')).size).toBe(0));
