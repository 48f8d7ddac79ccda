import { monthlyCost } from '../../../review/cost/cost';
import { parsePrices } from '../../../review/cost/prices';
import { tieredPrice } from '../../../review/cost/tiers';
import { assumedTraffic } from '../../../review/cost/use/traffic';
import { assumedUsage, parseUsage, type Usage } from '../../../review/cost/use/usage';
import { figuresKey } from '../../../review/report/columns';
import { review } from '../../../review/review';
import { row } from '../../support/review/samples';
import { deployment, frontDoor, gateway, onRedis, redis, secondApp } from '../../support/review/terraform';

const tier = (from: number, price: number, unit = '1 GB') => ({
  ...row('s', 'p', 'k', 'm', 'r', price),
  tierMinimumUnits: from,
  unitOfMeasure: unit,
});
const door = (meter: string, price: number, unit: string, from = 0) => ({
  ...row('Azure Front Door Service', 'Azure Front Door', 'Premium', `Premium ${meter}`, 'Zone 1', price),
  unitOfMeasure: unit,
  tierMinimumUnits: from,
});
const link = (way: string, price: number) => ({
  ...row(
    'Virtual Network',
    'Virtual Network Private Link',
    'Standard',
    `Standard Data Processed - ${way}`,
    'Global',
    price,
  ),
  unitOfMeasure: '1 GB',
});
const file = parsePrices(
  {
    asOf: '2026-01-31',
    currency: 'USD',
    note: 'made up',
    Items: [
      door('Base Fees', 300, '1/Month'),
      door('Requests', 0.02, '10K'),
      door('Requests', 0.01, '10K', 1000),
      door('Data Transfer Out', 0.1, '1 GB'),
      door('Data Transfer In', 0.01, '1 GB'),
      link('Ingress', 0.01),
      link('Egress', 0.02),
      row(
        'Application Gateway',
        'Application Gateway WAF v2',
        'Standard',
        'Standard Capacity Units',
        'westeurope',
        0.01,
      ),
      { ...row('Azure DNS', 'Azure DNS', 'Public', 'Public Queries', 'Zone 1', 0.4), unitOfMeasure: '1M' },
    ],
  },
  'sample',
);
const traffic = { monthlyRequests: 20_000_000, requestKb: 1, responseKb: 50, sessionKb: 5 };
const with20Million: Usage = { ...assumedUsage, traffic, stated: ['monthlyRequests'] };
const useOf = (change: Parameters<typeof deployment>[0], usage: Usage = with20Million) =>
  monthlyCost(deployment(change), file, usage).byUse;
const lineOf = ({ lines }: ReturnType<typeof useOf>, address: string, what: string) =>
  lines.find((line) => line.resource.endsWith(address) && line.what === what);

describe('a price in tiers', () => {
  test.each<[string, ReturnType<typeof tier>[], number, number | null]>([
    ['one tier', [tier(0, 0.1)], 200, 20],
    ['each part at its own price', [tier(0, 0.1), tier(100, 0.05)], 300, 20],
    ['the first gigabytes free', [tier(0, 0), tier(100, 0.1)], 150, 5],
    ['less than is free', [tier(0, 0), tier(100, 0.1)], 99, 0],
    ['a unit of ten thousand', [tier(0, 0.02, '10K'), tier(1000, 0.01, '10K')], 20_000_000, 30],
    ['a unit that runs all month', [tier(0, 0.01, '1/Hour')], 2, 14.6],
    ['nothing of the meter', [], 1, null],
    ['no first tier', [tier(100, 0.1)], 200, null],
    ['a meter that is always free', [tier(0, 0)], 200, null],
    ['a unit that is not known', [tier(0, 0.1, '1 Rotation')], 1, null],
    ['tiers in two units', [tier(0, 0.1, '1 GB'), tier(100, 0.1, '10K')], 1, null],
  ])('%s', (_, rows, quantity, price) => {
    const found = tieredPrice(rows as Parameters<typeof tieredPrice>[0], quantity);
    if (price === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(price, 9);
  });
});

describe('what follows from the traffic', () => {
  test('Front Door bills requests and data in both directions', () => {
    const use = useOf({ more: frontDoor() });
    // 2000 times 10K: 1000 at 0.02 and 1000 at 0.01. 20 million times 50 KB are 1000 GB.
    expect(lineOf(use, 'door', 'requests')).toMatchObject({ quantity: 20_000_000, perMonth: 30, basis: 'stated' });
    expect(lineOf(use, 'door', 'data to clients')).toMatchObject({ quantity: 1000, unit: 'GB', perMonth: 100 });
    expect(lineOf(use, 'door', 'data to origins')).toMatchObject({ quantity: 20, perMonth: 0.2 });
    expect(use.perMonth).toBe(130.2);
  });

  test('is on top of what costs by existing, and never in it', () => {
    const { atFloor, atMaximum, withUse } = monthlyCost(deployment({ more: frontDoor() }), file, with20Million);
    expect([atFloor, atMaximum, withUse]).toEqual([300, 300, 430.2]);
  });

  test('a gateway bills capacity units beyond those that its instances reserve', () => {
    // 20 million requests are 7.61 a second: 0.761 units of a WAF, less than the 30 of three instances.
    const held = useOf({ more: gateway() });
    expect([...held.lines, ...held.unpriced].filter(({ usage }) => usage === 'capacity_units')).toEqual([]);
    const idle = gateway({ autoscale_configuration: { min_capacity: 0, max_capacity: 10 } });
    // 1020 GB in 730 hours are 3.105 Mbit/s: 1.399 units, more than the 0.761 that the firewall needs.
    expect(lineOf(useOf({ more: idle }), 'gate', 'capacity units beyond those reserved')).toMatchObject({
      quantity: 1.399,
      perMonth: 10.21,
    });
  });

  test('data to clients is billed where clients connect, once', () => {
    const sender = (more: object) =>
      useOf({ more: more as Record<string, object> })
        .unpriced.filter(({ what }) => what === 'data to clients')
        .map(({ resource, kind, region }) => [resource, kind, region]);
    expect(sender({})).toEqual([['azurerm_linux_web_app.app', 'no price', 'westeurope']]);
    expect(sender(gateway())).toEqual([['azurerm_application_gateway.gate', 'no price', 'westeurope']]);
    expect(sender(frontDoor())).toEqual([]);
  });

  test('sessions go through the private endpoint of their Redis, split over the regions that take traffic', () => {
    const endpoint = {
      e: { private_service_connection: { private_connection_resource_id: '${azurerm_managed_redis.cache.id}' } },
    };
    const one = useOf({ settings: onRedis, more: { ...redis(), azurerm_private_endpoint: endpoint } });
    // 20 million times 5 KB are 100 GB each way.
    expect(lineOf(one, 'e', 'data in')).toMatchObject({ quantity: 100, perMonth: 1 });
    expect(lineOf(one, 'e', 'data out')).toMatchObject({ quantity: 100, perMonth: 2 });
    const two = useOf({
      settings: onRedis,
      more: {
        ...redis(),
        azurerm_private_endpoint: endpoint,
        azurerm_linux_web_app: secondApp({ app_settings: { SESSION_STORE: 'redis', REDIS_URL: 'x' } }),
        ...frontDoor({ others: ['second'] }),
      },
    });
    expect(two.unpriced.find(({ resource, what }) => resource.endsWith('.e') && what === 'data in')?.reason).toMatch(
      /REDIS_URL/,
    );
  });

  test("an app's own endpoint carries what a gateway passes on, and the endpoint of its slot does not", () => {
    const endpoint = (part: string) => ({
      private_service_connection: {
        private_connection_resource_id: '${azurerm_linux_web_app.app.id}',
        subresource_names: [part],
      },
    });
    const use = useOf({
      more: { ...gateway(), azurerm_private_endpoint: { app: endpoint('sites'), slot: endpoint('sites-staging') } },
    });
    expect(lineOf(use, 'endpoint.app', 'data out')).toMatchObject({ quantity: 1000, perMonth: 20 });
    expect(use.unpriced.filter(({ resource }) => resource.endsWith('.slot')).map(({ kind }) => kind)).toEqual([
      'unknown',
      'unknown',
    ]);
  });

  test('what does not follow is named, with the key that says it', () => {
    const { unpriced } = useOf({
      more: {
        azurerm_dns_zone: { zone: { name: 'contoso.com' } },
        azurerm_private_endpoint: { vault: { private_service_connection: { private_connection_resource_id: 'x' } } },
        azurerm_log_analytics_workspace: { logs: { location: 'westeurope' } },
      },
    });
    expect(unpriced.filter(({ kind }) => kind === 'unknown').map(({ resource, usage }) => [resource, usage])).toEqual([
      ['azurerm_private_endpoint.vault', 'monthly_inbound_data_processed_gb'],
      ['azurerm_private_endpoint.vault', 'monthly_outbound_data_processed_gb'],
      ['azurerm_dns_zone.zone', 'monthly_queries'],
      ['azurerm_log_analytics_workspace.logs', 'monthly_log_data_ingestion_gb'],
    ]);
  });

  test('a Front Door from which no way to an app is known carries no traffic of it, and says so', () => {
    const use = useOf({ more: { azurerm_cdn_frontdoor_profile: { lone: { sku_name: 'Premium_AzureFrontDoor' } } } });
    expect(use.unpriced.find(({ what }) => what === 'requests')?.reason).toBe(
      'no way from azurerm_cdn_frontdoor_profile.lone to an app is known',
    );
  });

  test('says what is assumed, and that sums without a price cannot be compared', () => {
    const { variants } = review([deployment(), deployment({ more: frontDoor() })], { prices: file });
    const key = figuresKey(variants);
    expect(key).toContain(
      '10,000,000 requests a month of 1 KB, answered with 30 KB, each with 2 KB of session read and written (assumed, not measured; say otherwise with --requests or --usage)',
    );
    expect(key).toMatch(
      /Do not compare the cost with use of fixture with others: data to clients has no price there\. Get it with npm run prices westeurope\./,
    );
    expect(key).toContain('A month is 30 days of uptime and 730 hours of cost.');
  });
});

describe('a usage file', () => {
  const infracost = `version: 0.1
resource_type_default_usage:
  azurerm_cdn_frontdoor_profile:
    monthly_requests: 5000000
resource_usage:
  azurerm_cdn_frontdoor_profile.door:
    monthly_outbound_data_transfer_gb: 40
  azurerm_dns_zone.zone[*]:
    monthly_queries: 3000000
  azurerm_storage_account.a:
    storage_gb: 9
  aws_lambda_function.x:
    monthly_requests: 1
`;

  test('is read as Infracost has it; one resource wins over its type, and both over the traffic', () => {
    const left: string[] = [];
    const usage = parseUsage(infracost, 'usage.yml', (what) => left.push(what));
    const use = useOf({ more: { ...frontDoor(), azurerm_dns_zone: { zone: { name: 'contoso.com' } } } }, usage);
    expect(lineOf(use, 'door', 'requests')).toMatchObject({ quantity: 5_000_000, basis: 'stated', perMonth: 10 });
    expect(lineOf(use, 'door', 'data to clients')?.quantity).toBe(40);
    // Nothing is said of it: what is assumed of the traffic counts.
    expect(lineOf(use, 'door', 'data to origins')).toMatchObject({ quantity: 10, basis: 'assumed' });
    expect(left).toEqual(['azurerm_storage_account.a.storage_gb', 'aws_lambda_function.x.monthly_requests']);
  });

  test('of JSON is the same as of YAML', () =>
    expect(parseUsage('{"traffic":{"monthly_requests":7,"response_kb":2}}', 'u.json')).toEqual(
      parseUsage('traffic:\n  monthly_requests: 7\n  response_kb: 2\n', 'u.yml'),
    ));

  test('says only what it says', () => {
    const { traffic: read, stated } = parseUsage('traffic: { response_kb: 5 }', 'u.yml');
    expect(read).toEqual({ ...assumedTraffic, responseKb: 5 });
    expect(stated).toEqual(['responseKb']);
    expect(parseUsage('resource_usage:\n  azurerm_dns_zone.z:\n    monthly_queries:\n', 'u.yml').resources).toEqual({
      'azurerm_dns_zone.z': {},
    });
  });

  test.each([
    ['no YAML', '{ a: [', /^u is not YAML or JSON: /],
    ['a list', '- a', /^u: it: .*A usage file holds traffic/],
    ['nothing', '', /^u: it: /],
    ['another section', 'usage: {}', /Unrecognized key: "usage"/],
    ['traffic in words', 'traffic: { monthly_requests: many }', /^u: traffic\.monthly_requests: must be a number/],
    ['less than nothing', 'traffic: { response_kb: -1 }', /traffic\.response_kb: must be 0 or more/],
    [
      'a misspelt key',
      'resource_usage:\n  azurerm_cdn_frontdoor_profile.door: { monthly_request: 3 }',
      /^u: azurerm_cdn_frontdoor_profile\.door\.monthly_request is not a usage that is known\. Of azurerm_cdn_frontdoor_profile it may say: monthly_requests, /,
    ],
    [
      'a map of regions',
      'resource_usage:\n  azurerm_cdn_frontdoor_profile.door: { monthly_outbound_data_transfer_gb: { us_gov: 1 } }',
      /monthly_outbound_data_transfer_gb must be a number, got: \{"us_gov":1\}\./,
    ],
  ])('refuses %s', (_, text, message) => expect(() => parseUsage(text, 'u')).toThrow(message));
});
