import { monthlyCost } from '../../../review/cost/cost';
import { parsePrices } from '../../../review/cost/prices';
import { unpricedText } from '../../../review/cost/wording';
import { open, prices, row, sound } from '../../support/review/samples';
import { deployment } from '../../support/review/terraform';

describe('cost', () => {
  test('is units times price times 730 hours, at the floor and at the maximum, a month and a day', () => {
    const { atFloor, atMaximum, perDay, lines } = monthlyCost(sound(), prices);
    // (3 × 0.10 + 2 nodes × 0.05) × 730 and (9 × 0.10 + 2 × 0.05) × 730; a day is 24 of the hours.
    expect([atFloor, atMaximum]).toEqual([292, 730]);
    expect([perDay.atFloor, perDay.atMaximum]).toEqual([9.6, 24]);
    expect(lines.map(({ resource, units }) => [resource, units.floor, units.maximum])).toEqual([
      ['azurerm_service_plan.plan', 3, 9],
      ['azurerm_managed_redis.cache', 2, 2],
    ]);
  });

  test('lists by name what has no price, and never counts it as free', () => {
    expect(monthlyCost(sound(), prices).unpriced.map(unpricedText)).toEqual([
      'azurerm_application_gateway.gate: WAF_v2 gateway, its public address included: no price of Standard Fixed Cost in westeurope',
      'azurerm_application_gateway.gate: capacity units: no price of Standard Capacity Units in westeurope',
      'azurerm_log_analytics_workspace.logs: billed by use (logs by the gigabyte)',
      'azurerm_monitor_metric_alert.a0: billed by use (alerts by the time series)',
      'azurerm_monitor_metric_alert.a1: billed by use (alerts by the time series)',
    ]);
    const { atFloor, atMaximum, unpriced } = monthlyCost(open(), prices);
    expect([atFloor, atMaximum]).toEqual([null, null]);
    expect(unpriced.map(unpricedText)).toEqual([
      'azurerm_linux_web_app.a: its plan: azurerm_linux_web_app.a.service_plan_id is ${var.plan}',
    ]);
  });

  test('uses no price of another region, nor a price of Linux for Windows', () => {
    const elsewhere = monthlyCost(deployment({ plan: { location: 'eastus' } }), prices);
    expect(elsewhere.atFloor).toBeNull();
    expect(elsewhere.unpriced.map(unpricedText)).toEqual([
      'azurerm_service_plan.plan: P0v3 instances, Linux: no price of P0v3 App in eastus',
    ]);
    expect(monthlyCost(deployment({ plan: { os_type: 'Windows' } }), prices).atFloor).toBeNull();
  });

  test('names sizes as the API does', () => {
    const keys = (sku: string) =>
      monthlyCost(deployment({ plan: { sku_name: sku } }), prices).unpriced.map(unpricedText)[0];
    expect(keys('P1v3')).toContain('no price of P1 v3 App');
    expect(keys('P1mv3')).toContain('no price of P1mv3 App');
    expect(keys('P0v4')).toContain('no price of P0v4 in');
    expect(keys('S1')).toBe('azurerm_service_plan.plan: no meter is known for the size S1');
  });

  test.each([
    ['another shape', { prices: [] }, /sample is not a price file: asOf/],
    [
      'a price that is text',
      {
        asOf: '2026-01-01',
        currency: 'USD',
        note: '',
        Items: [{ ...row('a', 'b', 'c', 'd', 'e', 1), retailPrice: '1' }],
      },
      /Items\.0\.retailPrice/,
    ],
  ])('refuses %s', (_, json, message) => expect(() => parsePrices(json, 'sample')).toThrow(message));
});
