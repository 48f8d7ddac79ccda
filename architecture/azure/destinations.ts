import type { Destination } from '../entryLayers';
import type { Unknown } from '../known';
import { argumentOf, unknown } from '../terraform/arguments';
import { ofType, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { afterApply, isExpression } from '../terraform/expression';
import { addressesIn, mentioned, refersTo, unresolved, valuesInside } from '../terraform/references';

/** What a layer in front can lead to. */
export interface Targets {
  readonly document: TerraformDocument;
  readonly apps: readonly TerraformResource[];
  /** Gateways that lead to one of the apps. */
  readonly gateways: readonly TerraformResource[];
}

export function targetsIn(document: TerraformDocument, apps: readonly TerraformResource[]): Targets {
  const gateways = ofType(document, 'azurerm_application_gateway').filter(
    ({ body }) => appsInPool(body.backend_address_pool, apps, document).length > 0,
  );
  return { document, apps, gateways };
}

/** Resources that answer requests themselves: what leads to one of them does not lead to an app. */
const otherServices =
  /^azurerm_(storage_account|static_(web_app|site)|public_ip|container_app|\w*function_app\w*|logic_app_standard|lb|api_management|kubernetes_cluster|\w*virtual_machine\w*|signalr_service|web_pubsub|\w+_web_app_slot|app_service_slot)$/;

/** Where the one host or resource that an argument names leads to. */
export function destinationOf(resource: TerraformResource, argument: string, targets: Targets): Destination {
  const named = [
    ...new Set([
      ...mentioned(resource.body[argument], targets.document),
      ...namedByHost(argumentOf(resource, argument, targets.document), targets),
    ]),
  ];
  const perTarget = named.map((one) => appsBehind(one, targets)).filter((apps) => apps.length > 0);
  const apps = [...new Set(perTarget.flat())].map(({ address }) => address);
  if (perTarget.length > 1)
    return { apps, open: { unknown: `${resource.address}.${argument} may lead to any of ${apps.join(', ')}` } };
  if (apps.length > 0) return { apps, open: null };
  const behindGateway = named
    .flatMap((one) => gatewaysAt(one, ofType(targets.document, 'azurerm_application_gateway'), targets.document))
    .flatMap((gateway) => poolsOpen(gateway, targets.document) ?? [])[0];
  if (behindGateway) return { apps, open: behindGateway };
  const toOther = named.some(({ type }) => otherServices.test(type));
  return { apps, open: toOther ? null : unresolved(resource, argument, 'web app', targets.document) };
}

/** The apps that a resource is, or that are behind it. */
function appsBehind(resource: TerraformResource, targets: Targets, depth = 4): TerraformResource[] {
  const { document, apps, gateways } = targets;
  if (apps.includes(resource)) return [resource];
  if (resource.type === 'azurerm_private_endpoint')
    return [...new Set(mentioned(valuesInside(resource.body.private_service_connection), document))].filter((one) =>
      apps.includes(one),
    );
  const next = throughLayer(resource, document);
  if (next.length > 0 && depth > 0)
    return [
      ...new Set(
        next.flatMap(([one, argument]) =>
          [
            ...mentioned(one.body[argument], document),
            ...namedByHost(argumentOf(one, argument, document), targets),
          ].flatMap((found) => appsBehind(found, targets, depth - 1)),
        ),
      ),
    ];
  if (resource.type === bindingType) return apps.filter((app) => refersTo(resource, 'app_service_name', app, document));
  return gatewaysAt(resource, gateways, document).flatMap(({ body }) =>
    appsInPool(body.backend_address_pool, apps, document),
  );
}

/** What an endpoint of Front Door or a Traffic Manager sends clients to, each with the argument that says it. */
function throughLayer(
  { type, address }: TerraformResource,
  document: TerraformDocument,
): [TerraformResource, string][] {
  const naming = (types: string, argument: string, wanted: readonly string[]) =>
    ofType(document, ...types.split(' ')).filter(({ body }) =>
      addressesIn(body[argument], document).some((one) => wanted.includes(one)),
    );
  if (type === 'azurerm_cdn_frontdoor_endpoint') {
    const routes = naming('azurerm_cdn_frontdoor_route', 'cdn_frontdoor_endpoint_id', [address]);
    const groups = routes.flatMap(({ body }) => addressesIn(body.cdn_frontdoor_origin_group_id, document));
    return naming('azurerm_cdn_frontdoor_origin', 'cdn_frontdoor_origin_group_id', groups).map((one) => [
      one,
      'host_name',
    ]);
  }
  if (type !== 'azurerm_traffic_manager_profile') return [];
  const kinds = ['azure', 'external', 'nested'].map((kind) => `azurerm_traffic_manager_${kind}_endpoint`);
  return naming(kinds.join(' '), 'profile_id', [address]).map((one) => [
    one,
    one.type === kinds[1] ? 'target' : 'target_resource_id',
  ]);
}

const bindingType = 'azurerm_app_service_custom_hostname_binding';

/** The apps that have this host name by default, and the bindings that give it to one. */
function namedByHost(host: unknown, { document, apps }: Pick<Targets, 'document' | 'apps'>): TerraformResource[] {
  if (typeof host !== 'string' || host === '') return [];
  const same = (other: unknown) => typeof other === 'string' && other.toLowerCase() === host.toLowerCase();
  return [
    ...apps.filter((app) => same(`${argumentOf(app, 'name', document)}.azurewebsites.net`)),
    ...ofType(document, bindingType).filter((binding) => same(argumentOf(binding, 'hostname', document))),
  ];
}

/** The gateways whose frontend has this public address. */
const gatewaysAt = (
  address: TerraformResource,
  gateways: readonly TerraformResource[],
  document: TerraformDocument,
): TerraformResource[] =>
  gateways.filter(({ body }) => mentioned(valuesInside(body.frontend_ip_configuration), document).includes(address));

/** The apps in a pool of backends, by host name or by the address of their private endpoint. */
export function appsInPool(
  pool: unknown,
  apps: readonly TerraformResource[],
  document: TerraformDocument,
): TerraformResource[] {
  const targets: Targets = { document, apps, gateways: [] };
  const values = valuesInside(pool);
  const members = [...mentioned(values, document), ...values.flatMap((value) => namedByHost(value, targets))];
  return [...new Set(members.flatMap((member) => appsBehind(member, targets)))];
}

/** Why it is unknown whether a gateway that names no app leads to one; null: it leads to other services. */
export function poolsOpen(gateway: TerraformResource, document: TerraformDocument): Unknown | null {
  const argument = 'backend_address_pool';
  const members = valuesInside(gateway.body[argument]).filter(isExpression);
  const known =
    members.length > 0 && members.every((one) => mentioned(one, document).some(({ type }) => otherServices.test(type)));
  return known
    ? null
    : unknown(
        gateway,
        argument,
        members.includes(afterApply)
          ? 'has members that are known only after apply'
          : 'names no web app of this document',
      );
}
