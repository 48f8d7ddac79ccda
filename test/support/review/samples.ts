import path from 'node:path';
import type { Deployment } from '../../../architecture/deployment';
import { readArchitecture } from '../../../architecture/read';
import { parsePrices } from '../../../review/cost/prices';
import { expectGolden as expectFile } from '../golden';
import { autoscale, gateway, onRedis, redis, terraform } from './terraform';

/** Prices made up for arithmetic that can be followed: they name no real one. */
export const prices = parsePrices(
  {
    asOf: '2026-01-31',
    currency: 'USD',
    note: 'made up',
    Items: [
      row('Azure App Service', 'Azure App Service Premium v3 Plan - Linux', 'P0v3', 'P0v3 App', 'westeurope', 0.1),
      row('Redis Cache', 'Azure Managed Redis - Balanced', 'B3', 'B3 Cache Instance', 'westeurope', 0.05),
      // A volume tier and a reservation of the same meter: neither is what an hour costs.
      {
        ...row('Application Gateway', 'Application Gateway WAF v2', 'Standard', 'Standard Fixed Cost', 'westeurope', 9),
        tierMinimumUnits: 100,
      },
      {
        ...row(
          'Application Gateway',
          'Application Gateway WAF v2',
          'Standard',
          'Standard Fixed Cost',
          'westeurope',
          99,
        ),
        type: 'Reservation',
      },
    ],
  },
  'sample',
);

export function row(
  serviceName: string,
  productName: string,
  skuName: string,
  meterName: string,
  armRegionName: string,
  price: number,
) {
  return {
    currencyCode: 'USD',
    tierMinimumUnits: 0,
    retailPrice: price,
    unitPrice: price,
    armRegionName,
    productName,
    skuName,
    serviceName,
    meterName,
    unitOfMeasure: '1 Hour',
    type: 'Consumption',
    seen: '2026-01-31',
    confidence: 'api',
  };
}

const named = (name: string, change: Parameters<typeof terraform>[0]): Deployment =>
  readArchitecture(JSON.stringify(terraform(change)), name);

const watched = {
  azurerm_monitor_diagnostic_setting: Object.fromEntries(
    ['azurerm_linux_web_app.app', 'azurerm_application_gateway.gate', 'azurerm_managed_redis.cache'].map(
      (target, index) => [`d${index}`, { target_resource_id: `\${${target}.id}` }],
    ),
  ),
  azurerm_monitor_metric_alert: Object.fromEntries(
    ['azurerm_linux_web_app.app', 'azurerm_application_gateway.gate'].map((target, index) => [
      `a${index}`,
      { scopes: [`\${${target}.id}`], action: [{ action_group_id: 'x' }] },
    ]),
  ),
  azurerm_log_analytics_workspace: { logs: {} },
};
/** Only the gateway's subnet is let in. */
const closed = {
  ip_restriction_default_action: 'Deny',
  ip_restriction: [{ name: 'gateway', virtual_network_subnet_id: '/subnets/gateway' }],
};
const inSubnet = { gateway_ip_configuration: { subnet_id: '/subnets/gateway' } };

/** Sessions in memory behind a sticky gateway. */
export const sticky = () =>
  named('sticky', {
    app: { client_affinity_enabled: true },
    site: closed,
    settings: { SESSION_STORE: 'memory' },
    more: {
      ...gateway({
        ...inSubnet,
        backend_http_settings: { cookie_based_affinity: 'Enabled', protocol: 'Https', probe_name: 'health' },
      }),
      ...watched,
    },
  });

/** Sessions in Redis, no affinity, autoscale: nothing to find. */
export const sound = () =>
  named('sound', {
    site: closed,
    settings: onRedis,
    plan: { lifecycle: { ignore_changes: ['worker_count'] } },
    more: { ...gateway(inSubnet), ...redis(), ...autoscale(), ...watched },
  });

/** An app of which little is known. */
export const open = () =>
  readArchitecture(
    {
      resource: {
        azurerm_linux_web_app: {
          a: {
            location: 'westeurope',
            service_plan_id: '${var.plan}',
            https_only: true,
            client_affinity_enabled: false,
          },
        },
      },
    },
    'open',
  );

export const expectGolden = (name: string, text: string): void =>
  expectFile(path.join(__dirname, '..', '..', 'review', 'golden', name), text);

/** Names of settings that say that they hold a credential. */
export const calledSecret = [
  'DB_PASS',
  'SMTP_PASS',
  'PASSPHRASE',
  'CREDENTIALS',
  'SESSION_KEY',
  'ENCRYPTION_KEY',
  'JWT_SIGNING_KEY',
  'FUNCTION_KEY',
  'authToken',
  'accessToken',
];
