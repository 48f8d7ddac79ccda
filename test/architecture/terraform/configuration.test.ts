import { parallelRegions } from '../../../review/regions';
import { deployment, frontDoor, gateway } from '../../support/review/terraform';

const app = 'azurerm_linux_web_app.app';

describe('blocks that are made several times, in a configuration', () => {
  test('count = 0 and an empty for_each declare nothing', () => {
    for (const none of [{ count: 0 }, { count: '0' }, { for_each: {} }, { for_each: [] }])
      expect(deployment({ more: gateway(none) }).entry).toBe('app-service');
  });

  test('of an app by for_each it is not known how many there are, nor what they do', () => {
    const read = deployment({ app: { for_each: '${toset(var.names)}' } });
    const why = { unknown: `${app}.for_each makes any number of it` };
    expect([read.regions[0]?.role, parallelRegions(read)]).toEqual([why, why]);
    expect(parallelRegions(deployment({ app: { count: 1 } }))).toBe(1);
  });

  test('a layer with a switch may not be there', () => {
    const change = { count: '${var.waf ? 1 : 0}' };
    expect(deployment({ more: gateway(change) }).entry).toEqual({
      unknown: 'azurerm_application_gateway.gate.count makes any number of it',
    });
  });

  test('each.value of a block made for each instance of an app is that app', () => {
    const origin = { for_each: `\${${app}}`, host_name: '${each.value.default_hostname}' };
    expect(deployment({ more: frontDoor({ origin }) }).entry).toBe('front-door');
    expect(
      deployment({
        more: {
          azurerm_linux_web_app_slot: { s: { for_each: `\${${app}}`, app_service_id: '${each.value["id"]}' } },
        },
      }).regions[0]?.app.hasSlot,
    ).toBe(true);
  });

  test('an argument of one instance is that of the block, unless it depends on the key', () => {
    const plan = { for_each: '${var.plans}', sku_name: 'P1v3', worker_count: '${each.value.workers}' };
    const read = deployment({ plan, app: { service_plan_id: '${azurerm_service_plan.plan["a"].id}' } });
    expect(read.regions[0]?.app.plan).toMatchObject({
      skuName: 'P1v3',
      instances: { unknown: 'azurerm_service_plan.plan.for_each makes any number of it' },
    });
  });

  test('a dynamic block leaves open what it makes, and nothing else', () => {
    const read = deployment({
      app: { https_only: undefined, dynamic: { identity: {} } },
      site: { dynamic: [{ ip_restriction: {} }] },
    });
    expect(read.regions[0]?.app).toMatchObject({
      httpsOnly: false,
      restrictions: { unknown: `${app}.site_config.ip_restriction comes from a dynamic block` },
    });
  });
});
