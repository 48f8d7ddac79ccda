import { settled } from '../../architecture/hcl/evaluate';
import type { Scope } from '../../architecture/hcl/scope';
import { openExpression, plain, type Value } from '../../architecture/hcl/values';
import { variableReader } from '../../architecture/hcl/variables';

const variables: Readonly<Record<string, Value>> = {
  env: 'prod',
  count: 3,
  regions: { neu: { place: 'northeurope', on: true }, weu: { place: 'westeurope', on: false } },
  list: ['b', 'a', 'b'],
  sizes: { prod: 'P1v3', test: 'B1' },
};
const scope: Scope = {
  prefix: 'module.web.',
  variable: (name) => variables[name],
  local: (name) => (name === 'tags' ? { owner: 'me' } : undefined),
  module: () => undefined,
  instances: (address) =>
    address === 'azurerm_subnet.all' ? { a: openExpression('module.web.azurerm_subnet.all["a"]') } : undefined,
  files: null,
  names: { each: { key: 'neu', value: { sku: 'P0v3' } } },
};
const value = (text: string) => plain(settled(text, scope));

describe('an expression is what Terraform makes of it', () => {
  test.each<[string, unknown]>([
    ['${var.env == "prod" ? 3 : 1}', 3],
    ['${var.env != "prod" || var.count < 2}', false],
    ['${var.count * 2 + 1}', 7],
    ['${-var.count + 10 % 4}', -1],
    ['${(1 + 2) * 3}', 9],
    ['${!(var.env == "prod")}', false],
    ['app-${var.env}-${var.count}', 'app-prod-3'],
    ['${"a\\n${var.env}"}', 'a\nprod'],
    ['${lookup(var.sizes, "stage", "S1")}', 'S1'],
    ['${var.sizes[var.env]}', 'P1v3'],
    ['${format("%s-%03d", var.env, var.count)}', 'prod-003'],
    ['${[for name, one in var.regions : one.place if one.on]}', ['northeurope']],
    ['${{ for name, one in var.regions : upper(name) => one.place }}', { NEU: 'northeurope', WEU: 'westeurope' }],
    ['${{ for name, one in var.regions : one.on => name... }}', { true: ['neu'], false: ['weu'] }],
    ['${toset(var.list)}', ['a', 'b']],
    ['${length(distinct(var.list))}', 2],
    ['${merge(local.tags, { env = var.env, "a b" : 1 })}', { owner: 'me', env: 'prod', 'a b': 1 }],
    ['${try(each.value.capacity, each.value.sku, "none")}', 'P0v3'],
    ['${can(each.value.capacity)}', false],
    ['${coalesce(null, "", var.env)}', 'prod'],
    ['${max([1, 5, 2]...)}', 5],
    ['${one([])}', null],
    ['${contains(keys(var.regions), each.key)}', true],
    ['${flatten([["a"], [["b"]]])}', ['a', 'b']],
    ['${values(var.regions)[*].place}', ['northeurope', 'westeurope']],
    ['${jsonencode({ a = [1, true, null] })}', '{"a":[1,true,null]}'],
    ['${join(",", sort(var.list))}', 'a,b,b'],
    ['${zipmap(["x", "y"], [1, 2])}', { x: 1, y: 2 }],
    ['${{\n  # a comment\n  a = 1 /* another */\n  b = 2\n}}', { a: 1, b: 2 }],
  ])('%s', (text, expected) => expect(value(text)).toEqual(expected));
});

describe('what needs a plan stays an expression with what it refers to', () => {
  test.each([
    ['${azurerm_service_plan.plan.id}', '${module.web.azurerm_service_plan.plan.id}'],
    ['${azurerm_service_plan.plan[each.key].id}', '${module.web.azurerm_service_plan.plan["neu"].id}'],
    ['${one(values(azurerm_subnet.all)[*].id)}', '${module.web.azurerm_subnet.all["a"].id}'],
    ['x-${data.azurerm_client_config.me.tenant_id}', 'x-${module.web.data.azurerm_client_config.me.tenant_id}'],
    ['${var.open ? 3 : 1}', '${var.open ? 3 : 1}'],
    ['${upper(var.open)}', '${upper(var.open)}'],
    [
      '${templatefile("${path.module}/x", { a = azurerm_x.y.id })}',
      expect.stringContaining('module.web.azurerm_x.y.id'),
    ],
    ['${<<EOT\n${azurerm_x.y.id}\nEOT\n}', expect.stringContaining('<<EOT')],
    ['${var.open ? 2 : 2}', 2],
    ['${false && var.open}', false],
  ])('%s', (text, expected) => expect(value(text)).toEqual(expected));
});

test('what would only fill the memory stays an expression', () => {
  expect(value('${range(1000000000)}')).toBe('${range(1000000000)}');
  const doubled = (text: string, times: number): string =>
    times === 0 ? text : doubled(`concat(${text}, ${text})`, times - 1);
  expect(value(`\${${doubled('["a", "b"]', 13)}}`)).toContain('concat(');
});

describe('a variable has its type', () => {
  const read = (type: string, given: Value) =>
    variableReader(new Map([['x', { type: `\${${type}}` }]]), () => given)('x');

  test.each<[string, Value, Value]>([
    ['number', '3', 3],
    ['bool', 'true', true],
    ['string', 3, '3'],
    ['list(number)', ['1', 2], [1, 2]],
    [
      'map(object({ sku = optional(string, "P1v3"), zones = optional(bool, true), note = optional(string) }))',
      { a: { zones: false }, b: { sku: 'B1', other: 1 } },
      { a: { sku: 'P1v3', zones: false, note: null }, b: { sku: 'B1', zones: true, note: null } },
    ],
    ['any', { a: [1] }, { a: [1] }],
  ])('%s', (type, given, expected) => expect(read(type, given)).toEqual(expected));

  test('a sensitive one is only named', () => {
    const reader = variableReader(new Map([['x', { sensitive: true, default: 'hunter2' }]]), () => 'hunter3');
    const secret: Scope = { ...scope, variable: reader };
    expect(plain(settled('a=${var.x}', secret))).toBe('${(sensitive value)} ${var.x}');
  });

  test('null is the default where it is not nullable', () => {
    const declared = new Map([['x', { type: '${string}', default: 'd', nullable: false }]]);
    expect(variableReader(declared, () => null)('x')).toBe('d');
  });
});
