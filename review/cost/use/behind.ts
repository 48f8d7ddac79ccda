import type { PrivateEndpoint, Resource } from '../../../architecture/deployment';
import { isUnknown, type Known } from '../../../architecture/known';
import { usesRedis } from '../../../sessions/stores';
import type { MeterKey } from '../meters/meter';
import { dnsRow, privateLinkRow } from '../meters/network';
import { notDerived, type UseContext, type UseMeter } from './context';

export function endpointUse({ address, target, toSlot }: PrivateEndpoint, context: UseContext): UseMeter[] {
  // Clients' traffic goes to the app, not to its slots.
  const [into, out] = toSlot ? [notDerived, notDerived] : throughEndpoint(target, context);
  const data = { resource: address, unit: 'GB' } as const;
  return [
    context.meter({
      ...data,
      what: 'data in',
      key: 'monthly_inbound_data_processed_gb',
      row: privateLinkRow('Data Processed - Ingress'),
      quantity: into,
    }),
    context.meter({
      ...data,
      what: 'data out',
      key: 'monthly_outbound_data_processed_gb',
      row: privateLinkRow('Data Processed - Egress'),
      quantity: out,
    }),
  ];
}

/** Requests and answers of a gateway's apps, and sessions. What else goes through an endpoint does not follow from them. */
function throughEndpoint(
  target: string | null,
  { deployment: { regions, sessions }, usage: { traffic }, gateways, shareOf, gigabytesOf }: UseContext,
): readonly [Known<number>, Known<number>] {
  if (target !== null && gateways.size > 0 && regions.some(({ app }) => app.address === target)) {
    const share = shareOf([target]);
    return [gigabytesOf(share, traffic.requestKb), gigabytesOf(share, traffic.responseKb)];
  }
  const users = regions.filter(({ redis }) => redis !== null && redis.address === target);
  if (users.length === 0) return [notDerived, notDerived];
  if (isUnknown(sessions)) return [sessions, sessions];
  const share = shareOf(users.map(({ app }) => app.address));
  const amount = usesRedis(sessions) ? gigabytesOf(share, traffic.sessionKb) : 0;
  return [amount, amount];
}

/** What only somebody who knows the use can say. Attributes are read of few resources: a plan may have tens of thousands. */
export function resourceUse(resource: Resource, { meter }: UseContext): UseMeter[] {
  const { address, type } = resource;
  const said = { resource: address, quantity: notDerived };
  if (type === 'azurerm_dns_zone')
    return [
      meter({
        ...said,
        what: 'DNS queries',
        key: 'monthly_queries',
        unit: 'queries',
        row: dnsRow('Public', 'Queries'),
      }),
    ];
  if (type === 'azurerm_log_analytics_workspace')
    return [
      meter({
        ...said,
        what: 'logs',
        key: 'monthly_log_data_ingestion_gb',
        unit: 'GB',
        row: logRow(address, resource.attributes.location),
      }),
    ];
  return [];
}

const logRow = (address: string, location: unknown): Known<MeterKey> =>
  typeof location !== 'string' || location.includes('${')
    ? { unknown: `${address}.location is not a literal` }
    : {
        serviceName: 'Log Analytics',
        productName: 'Log Analytics',
        skuName: 'Analytics Logs',
        meterName: 'Analytics Logs Data Ingestion',
        armRegionName: location.toLowerCase().replaceAll(' ', ''),
      };
