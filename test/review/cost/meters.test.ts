import { monthlyCost } from '../../../review/cost/cost';
import { parsePrices } from '../../../review/cost/prices';
import { unpricedText } from '../../../review/cost/wording';
import { row } from '../../support/review/samples';
import { deployment, frontDoor, gateway, secondApp } from '../../support/review/terraform';

const gatewayRow = (product: string, meter: string, price: number) =>
  row('Application Gateway', `Application Gateway ${product}`, 'Standard', meter, 'westeurope', price);
const file = parsePrices(
  {
    asOf: '2026-01-31',
    currency: 'USD',
    note: 'made up',
    Items: [
      ...['WAF v2', 'WAF v2 - Discounted', 'Standard v2'].flatMap((product, index) => [
        gatewayRow(product, 'Standard Fixed Cost', [1, 0.5, 0.4][index] as number),
        gatewayRow(product, 'Standard Capacity Units', [0.02, 0.01, 0.01][index] as number),
      ]),
      row('Azure App Service', 'Azure App Service Premium v3 Plan - Linux', 'P0v3', 'P0v3 App', 'westeurope', 0.1),
      {
        ...row('Azure Front Door Service', 'Azure Front Door', 'Premium', 'Premium Base Fees', 'Zone 1', 300),
        unitOfMeasure: '1/Month',
      },
      { ...row('Azure DNS', 'Azure DNS', 'Public', 'Public Zone', 'Zone 1', 0.5), unitOfMeasure: '1/Month' },
      row('Virtual Network', 'IP Addresses', 'Standard', 'Standard IPv4 Static Public IP', 'westeurope', 0.005),
      row(
        'Azure DDOS Protection',
        'Azure DDOS Protection',
        'Network Protection',
        'Network Protection Plan',
        'Global',
        4,
      ),
    ],
  },
  'sample',
);
const cost = (change: Parameters<typeof deployment>[0]) => monthlyCost(deployment(change), file);
const linesOf = (change: Parameters<typeof deployment>[0], address: string) =>
  cost(change)
    .lines.filter(({ resource }) => resource.endsWith(address))
    .map(({ atFloor }) => atFloor);

const inNetwork = (plan: object) => ({
  ...gateway({ gateway_ip_configuration: { subnet_id: '${azurerm_subnet.gate.id}' } }),
  azurerm_subnet: { gate: { virtual_network_name: '${azurerm_virtual_network.net.name}' } },
  azurerm_virtual_network: { net: { name: 'net', ...plan } },
});

describe('a DDoS protection plan', () => {
  const plan = { azurerm_network_ddos_protection_plan: { plan: { location: 'westeurope' } } };
  const protection = { ddos_protection_plan: { id: '${azurerm_network_ddos_protection_plan.plan.id}', enable: true } };

  test('is priced by the hour', () =>
    expect(linesOf({ more: plan }, 'azurerm_network_ddos_protection_plan.plan')).toEqual([2920]));

  test.each<[string, object, number[]]>([
    ['without one a WAF_v2 has its own price', {}, [730, 438]],
    ['under one it is billed like a Standard_v2', protection, [365, 219]],
    ['a plan that is turned off lowers nothing', { ddos_protection_plan: { id: 'x', enable: false } }, [730, 438]],
    [
      'of a plan elsewhere the discount counts all the same',
      { ddos_protection_plan: { id: '/plans/hub', enable: true } },
      [365, 219],
    ],
  ])('%s', (_, network, lines) =>
    expect(linesOf({ more: { ...inNetwork(network), ...plan } }, '.gate')).toEqual(lines),
  );

  test('whose switch is unknown leaves the price open', () => {
    const more = inNetwork({ ddos_protection_plan: { id: 'x', enable: '${var.ddos}' } });
    expect(cost({ more }).unpriced.map(unpricedText)).toContain(
      'azurerm_application_gateway.gate: azurerm_virtual_network.net.ddos_protection_plan.enable is ${var.ddos}',
    );
  });

  test('lowers nothing for a Standard_v2', () =>
    expect(
      linesOf(
        {
          more: {
            ...inNetwork(protection),
            ...gateway({ sku: { name: 'Standard_v2', tier: 'Standard_v2' } }),
          },
        },
        '.gate',
      ),
    ).toEqual([292, 219]));
});

test('a public DNS zone costs by existing, and its queries by use', () => {
  const { lines, unpriced } = cost({ more: { azurerm_dns_zone: { zone: { name: 'contoso.com' } } } });
  expect(lines.find(({ resource }) => resource === 'azurerm_dns_zone.zone')?.atFloor).toBe(0.5);
  expect(unpriced.map(unpricedText)).toContain('azurerm_dns_zone.zone: billed by use (queries by the million)');
});

describe('what no app is known to be reached by', () => {
  const stranger = { fqdns: ['elsewhere.example.com'] };

  test('is priced and named all the same', () => {
    const more = {
      ...gateway({ backend_address_pool: { name: 'app', ...stranger } }),
      azurerm_cdn_frontdoor_profile: { lone: { sku_name: 'Premium_AzureFrontDoor' } },
      azurerm_service_plan: {
        plan: { location: 'westeurope', os_type: 'Linux', sku_name: 'P0v3', worker_count: 3 },
        idle: { location: 'westeurope', os_type: 'Linux', sku_name: 'P0v3', worker_count: 1 },
      },
    };
    const { lines, unlinked } = cost({ more });
    expect(lines.map(({ resource, atFloor }) => [resource, atFloor])).toEqual([
      ['azurerm_service_plan.plan', 219],
      ['azurerm_service_plan.idle', 73],
      ['azurerm_application_gateway.gate', 730],
      ['azurerm_application_gateway.gate', 438],
      ['azurerm_cdn_frontdoor_profile.lone', 300],
    ]);
    expect(unlinked).toEqual([
      'azurerm_application_gateway.gate',
      'azurerm_cdn_frontdoor_profile.lone',
      'azurerm_service_plan.idle',
    ]);
  });

  test('nothing is named where everything is linked', () =>
    expect(cost({ more: { ...gateway(), ...frontDoor() } }).unlinked).toEqual([]));

  test.each(['azurerm_frontdoor', 'azurerm_cdn_profile', 'azurerm_api_management', 'azurerm_nat_gateway'])(
    '%s, of which no price is known, is listed',
    (type) =>
      expect(cost({ more: { [type]: { one: {} } } }).unpriced.map(unpricedText)).toContain(
        `${type}.one: no meter of it is known here`,
      ),
  );
});

test('a region without prices is never summed in silence: each region says what it adds', () => {
  const more = {
    azurerm_service_plan: {
      plan: { location: 'westeurope', os_type: 'Linux', sku_name: 'P0v3', worker_count: 3 },
      far: { location: 'northeurope', os_type: 'Linux', sku_name: 'P0v3', worker_count: 3 },
    },
    azurerm_linux_web_app: secondApp({ service_plan_id: '${azurerm_service_plan.far.id}' }),
  };
  const { perRegion, regionsWithoutPrice } = cost({ more });
  expect(perRegion).toEqual([
    { region: 'northeurope', atFloor: null, atMaximum: null, unpriced: 1 },
    { region: 'westeurope', atFloor: 219, atMaximum: 219, unpriced: 0 },
  ]);
  expect(regionsWithoutPrice).toEqual(['northeurope']);
});

describe('a public address', () => {
  const address = { azurerm_public_ip: { ip: { location: 'West Europe', allocation_method: 'Static' } } };

  test('costs by existing', () => expect(linesOf({ more: address }, 'public_ip.ip')).toEqual([3.65]));
  test('of a gateway is in the price of the gateway', () =>
    expect(
      linesOf(
        {
          more: {
            ...gateway({ frontend_ip_configuration: { public_ip_address_id: '${azurerm_public_ip.ip.id}' } }),
            ...address,
          },
        },
        'public_ip.ip',
      ),
    ).toEqual([]));
  test('of another size is named', () =>
    expect(
      cost({ more: { azurerm_public_ip: { ip: { location: 'westeurope', sku: 'Basic' } } } }).unpriced.map(
        unpricedText,
      ),
    ).toContain('azurerm_public_ip.ip: no meter is known for a public address of size Basic'));
});
