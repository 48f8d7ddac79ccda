import { bareReference, referencesIn, sensitiveFrom, whyOpen } from '../../../architecture/terraform/expression';

const texts = (template: string) => referencesIn(template).map(({ text }) => text);

test.each([
  ['${var.a}', ['var.a']],
  ['${ azurerm_service_plan.p["weu"].id }', ['azurerm_service_plan.p["weu"].id']],
  ['${azurerm_service_plan.p[each.value].id}', ['azurerm_service_plan.p[each.value].id', 'each.value']],
  ['https://${azurerm_managed_redis.c.hostname}:${var.port}', ['azurerm_managed_redis.c.hostname', 'var.port']],
  ['${module.web["a"].data.azurerm_subnet.s.id}', ['module.web["a"].data.azurerm_subnet.s.id']],
  ['${merge(local.a, { KEY = "azurerm_x.y" })}', ['local.a']],
  ['${"${var.inner}-x"}', ['var.inner']],
  ['${[for k, v in var.all : v.id]}', ['var.all']],
  ['${var.a /* var.b */}', ['var.a']],
  ['$${var.a} %%{if var.b}', []],
  ['%{ if var.a }x%{ endif }', ['var.a']],
  ['${<<EOT\nvar.a\nEOT\n}', []],
  ['azurerm_x.y.z', []],
])('%s refers to %j', (template, references) => expect(texts(template)).toEqual(references));

test('only an expression that is one reference and nothing beside it is that reference', () => {
  expect(bareReference('${ var.a }')).toBe('var.a');
  expect(['x${var.a}', '${var.a}${var.b}', '${lower(var.a)}', '${!var.a}', 'var.a'].map(bareReference)).toEqual(
    Array(5).fill(undefined),
  );
});

test.each([
  ['${var.a}', 'is ${var.a}'],
  ['${var.a["hunter2"].b}', 'is ${var.a[…].b}'],
  ['${azurerm_service_plan.p[each.key].id}', 'is ${azurerm_service_plan.p[each.key].id}'],
  ['${module.web["weu"].azurerm_service_plan.p.id}', 'is ${module.web["weu"].azurerm_service_plan.p.id}'],
  ['${var.a}-AccountKey=hunter2', 'depends on var.a'],
  ['${merge(local.a, { K = "hunter2" }, var.b)}', 'depends on local.a, var.b'],
  ['${jsonencode("hunter2")}', 'is an expression'],
  [sensitiveFrom(['azurerm_redis_cache.c.primary_access_key']), 'is sensitive'],
  ['hunter2', 'is a string'],
  [['hunter2'], 'is a list'],
])('of %j it says: %s', (value, why) =>
  expect(whyOpen(value, (text) => text === 'module.web["weu"].azurerm_service_plan.p')).toBe(why),
);
