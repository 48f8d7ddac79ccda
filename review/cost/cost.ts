import type { Deployment } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/known';
import { layersInFront } from '../../architecture/layersInFront';
import { type Meter, metersOf } from './meters';
import type { PriceFile, PriceRow } from './prices';

/** Azure's own month. */
export const hoursPerMonth = 730;

export interface CostLine {
  readonly resource: string;
  readonly what: string;
  readonly unitPrice: number;
  readonly unit: string;
  readonly units: { readonly floor: number; readonly maximum: number };
  readonly atFloor: number;
  readonly atMaximum: number;
  /** Day on which the price was read. */
  readonly seen: string;
  readonly confidence: PriceRow['confidence'];
  /** Where it was read; null: in the API. */
  readonly from: string | null;
  readonly note: string | null;
}

export interface MonthlyCost {
  /** Sum of what has a price; null: nothing has one. */
  readonly atFloor: number | null;
  readonly atMaximum: number | null;
  readonly perDay: { readonly atFloor: number | null; readonly atMaximum: number | null };
  readonly currency: string;
  /** Day of the newest price of the file. */
  readonly asOf: string;
  /** Day of the oldest price in the sums; null: there is none. */
  readonly oldest: string | null;
  /** How much of the sums rests on prices that were not read in the API. */
  readonly secondHand: 'none' | 'some' | 'all';
  /** Address and reason of everything that costs and has no price here. */
  readonly unpriced: readonly string[];
  readonly lines: readonly CostLine[];
}

/** Billed by use: requests, gigabytes, operations. What it will be is not in the Terraform. */
const byUse: Readonly<Record<string, string>> = {
  azurerm_log_analytics_workspace: 'logs by the gigabyte',
  azurerm_application_insights: 'telemetry by the gigabyte, in its workspace',
  azurerm_application_insights_standard_web_test: 'tests by the run',
  azurerm_storage_account: 'storage by the gigabyte',
  azurerm_key_vault: 'operations by the ten thousand',
  azurerm_monitor_metric_alert: 'alerts by the time series',
  azurerm_monitor_scheduled_query_rules_alert_v2: 'alerts by how often the query runs',
  azurerm_dns_zone: 'queries by the million',
  azurerm_traffic_manager_profile: 'queries by the million, health checks by the endpoint',
  azurerm_cdn_frontdoor_firewall_policy: 'included in Premium; in Standard by policy and rule',
};

/** Costs by existing, yet no meter of it is known here. */
const alsoBilled =
  /^azurerm_(nat_gateway|firewall|bastion_host|mssql_database|mssql_elasticpool|postgresql_\w*server|mysql_\w*server|cosmosdb_account|kubernetes_cluster|linux_virtual_machine|windows_virtual_machine|network_ddos_protection_plan|redis_cache|redis_enterprise_cluster|container_registry|servicebus_namespace|eventhub_namespace|search_service|api_management|virtual_network_gateway|vpn_gateway|express_route_circuit|lb|app_service_environment_v3|private_dns_resolver)$/;

/** List price per month of everything that costs by existing, at the fewest and at the most instances declared. */
export function monthlyCost(deployment: Deployment, prices: PriceFile): MonthlyCost {
  const { meters, unnamed } = metersOf(deployment);
  const lines: CostLine[] = [];
  const unpriced = [...unnamed].map(([resource, why]) => `${resource}: ${why}`);
  for (const meter of meters) {
    const line = lineOf(meter, prices);
    if (typeof line === 'string') unpriced.push(`${meter.resource}: ${line}`);
    else lines.push(line);
  }
  const gatewayAddresses = new Set(
    layersInFront(deployment).gateways.length > 0 ? deployment.network.publicIps.map(({ address }) => address) : [],
  );
  for (const { address, type } of deployment.resources) {
    if (Object.hasOwn(byUse, type)) unpriced.push(`${address}: billed by use (${byUse[type]})`);
    else if (alsoBilled.test(type) && !unnamed.has(address)) unpriced.push(`${address}: no meter of it is known here`);
    else if (type === 'azurerm_public_ip' && !gatewayAddresses.has(address))
      unpriced.push(`${address}: no meter of it is known here`);
  }
  const sum = (which: 'atFloor' | 'atMaximum') =>
    lines.length > 0 ? cents(lines.reduce((total, line) => total + line[which], 0)) : null;
  const [atFloor, atMaximum] = [sum('atFloor'), sum('atMaximum')];
  const daily = (amount: number | null) => (amount === null ? null : cents((amount * 24) / hoursPerMonth));
  return {
    atFloor,
    atMaximum,
    perDay: { atFloor: daily(atFloor), atMaximum: daily(atMaximum) },
    currency: prices.currency,
    asOf: prices.asOf,
    oldest: lines.map(({ seen }) => seen).sort()[0] ?? null,
    secondHand: share(lines.map(({ confidence }) => confidence !== 'api')),
    unpriced: unpriced.sort(),
    lines,
  };
}

function lineOf({ resource, what, row: key, floor, maximum }: Meter, { Items }: PriceFile): CostLine | string {
  if (isUnknown(floor)) return `${what}: ${floor.unknown}`;
  if (isUnknown(maximum)) return `${what}: ${maximum.unknown}`;
  const row = Items.find((item) => matches(item, key));
  if (!row) return `${what}: no price of ${key.meterName} in ${key.armRegionName}`;
  const perMonth = monthsOf(row);
  if (perMonth === null) return `${what}: the price is per ${row.unitOfMeasure}`;
  return {
    resource,
    what,
    unitPrice: row.retailPrice,
    unit: row.unitOfMeasure,
    units: { floor, maximum },
    atFloor: cents(row.retailPrice * perMonth * floor),
    atMaximum: cents(row.retailPrice * perMonth * maximum),
    seen: row.seen,
    confidence: row.confidence,
    from: row.from ?? null,
    note: row.note ?? null,
  };
}

/** Volume tiers and free rows are not what a resource costs by existing. */
const matches = (row: PriceRow, key: Meter['row']) =>
  row.type === 'Consumption' &&
  row.tierMinimumUnits === 0 &&
  row.retailPrice > 0 &&
  (Object.keys(key) as (keyof Meter['row'])[]).every((field) => row[field] === key[field]);

function monthsOf({ unitOfMeasure }: PriceRow): number | null {
  if (/^1(\/| )hour$/i.test(unitOfMeasure)) return hoursPerMonth;
  return /^1(\/| )month$/i.test(unitOfMeasure) ? 1 : null;
}

const cents = (amount: number) => Math.round(amount * 100) / 100;

const share = (yes: readonly boolean[]) => (yes.includes(true) ? (yes.includes(false) ? 'some' : 'all') : 'none');

/** Of when the prices of some sums are and how they were come by, as in `as of 2026-10-02, the oldest of 2024-07-01`. */
export function basis(costs: readonly Pick<MonthlyCost, 'asOf' | 'oldest' | 'secondHand'>[]): string {
  const asOf = costs
    .map((cost) => cost.asOf)
    .sort()
    .at(-1);
  const oldest = costs.flatMap((cost) => cost.oldest ?? []).sort()[0];
  const priced = costs.filter((cost) => cost.oldest !== null);
  const secondHand = priced.every((cost) => cost.secondHand === 'all')
    ? 'all'
    : priced.every((cost) => cost.secondHand === 'none')
      ? 'none'
      : 'some';
  return [
    `as of ${asOf}`,
    ...(oldest !== undefined && oldest !== asOf ? [`the oldest of ${oldest}`] : []),
    ...(priced.length > 0 && secondHand !== 'none'
      ? [`${secondHand} second-hand until npm run prices asks the API`]
      : []),
  ].join(', ');
}

/** As soon as something has no price the sum is what it costs at least. */
export const atLeast = (amount: number, { unpriced }: Pick<MonthlyCost, 'unpriced'>) =>
  `${unpriced.length > 0 ? '> ' : ''}${amount.toFixed(2)}`;
