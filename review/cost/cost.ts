import type { Deployment } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/known';
import { layersInFront } from '../../architecture/layersInFront';
import { type Meter, metersOf } from './meters';
import type { CostLine, MonthlyCost, Unpriced } from './monthlyCost';
import type { PriceFile, PriceRow } from './prices';
import { unpricedText } from './wording';

/** Azure's own month. */
export const hoursPerMonth = 730;

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
  const unpriced: Unpriced[] = [];
  const priced: string[] = [];
  const add = (resource: string, kind: Unpriced['kind'], reason: string) =>
    unpriced.push({ resource, kind, part: null, reason, region: null });
  for (const [resource, why] of unnamed) add(resource, 'no meter', why);
  for (const meter of meters) {
    const line = lineOf(meter, prices);
    if ('kind' in line) unpriced.push(line);
    else {
      lines.push(line);
      const region = regionOf(meter);
      if (region !== null) priced.push(region);
    }
  }
  const gatewayAddresses = new Set(
    layersInFront(deployment).gateways.length > 0 ? deployment.network.publicIps.map(({ address }) => address) : [],
  );
  for (const { address, type } of deployment.resources) {
    const used = Object.hasOwn(byUse, type) ? byUse[type] : undefined;
    if (used !== undefined) add(address, 'by use', used);
    else if (
      (alsoBilled.test(type) && !unnamed.has(address)) ||
      (type === 'azurerm_public_ip' && !gatewayAddresses.has(address))
    )
      add(address, 'no meter', 'no meter of it is known here');
  }
  const missing = [...new Set(unpriced.flatMap(({ region }) => region ?? []))].sort();
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
    unpriced: unpriced.sort((a, b) => (unpricedText(a) < unpricedText(b) ? -1 : 1)),
    regionsWithoutPrice: missing.filter((region) => priced.some((other) => other !== region)),
    lines,
  };
}

function lineOf({ resource, what, row: key, floor, maximum }: Meter, { Items }: PriceFile): CostLine | Unpriced {
  const without = (kind: Unpriced['kind'], reason: string, region: string | null = null): Unpriced => ({
    ...{ resource, kind, part: what, reason, region },
  });
  if (isUnknown(floor)) return without('no meter', floor.unknown);
  if (isUnknown(maximum)) return without('no meter', maximum.unknown);
  const row = Items.find((item) => matches(item, key));
  const region = regionOf({ row: key });
  if (!row) return without('no price', `no price of ${key.meterName} in ${key.armRegionName}`, region);
  const perMonth = monthsOf(row);
  if (perMonth === null) return without('no price', `the price is per ${row.unitOfMeasure}`, region);
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

/** What the API gives as the region of a price that is the same in all of them. */
const everywhere: readonly string[] = ['Global', 'Zone 1'];

/** Region that a price is of; null: it is the same everywhere. */
const regionOf = ({ row: { armRegionName } }: Pick<Meter, 'row'>): string | null =>
  everywhere.includes(armRegionName) ? null : armRegionName;

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
