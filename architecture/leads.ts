import { unknown } from './arguments';
import { isExpression } from './expression';
import { ofType, textsInside, unresolved } from './facts/reading';
import type { Unknown } from './model';
import { mentioned, type TerraformDocument, type TerraformResource } from './terraform';

/** Where a layer in front sends requests. */
export interface Lead {
  /** Apps that it leads to. */
  readonly apps: readonly TerraformResource[];
  /** Why it cannot be told where it leads, or to which of its apps; null: it can. */
  readonly open: Unknown | null;
}

/** What a Terraform document holds of the way from an entry to its apps. */
export interface Ways {
  readonly document: TerraformDocument;
  readonly apps: readonly TerraformResource[];
  /** Gateways that lead to one of the apps. */
  readonly gateways: readonly TerraformResource[];
}

/** Resources that answer requests themselves: what leads to one of them does not lead to an app. */
const elsewhere =
  /^azurerm_(storage_account|static_(web_app|site)|public_ip|container_app|\w*function_app\w*|logic_app_standard|lb|api_management|kubernetes_cluster|\w*virtual_machine\w*|signalr_service|web_pubsub|\w+_web_app_slot|app_service_slot)$/;

/** Where the one host or resource leads that an argument names. */
export function leadOf(resource: TerraformResource, argument: string, ways: Ways): Lead {
  const targets = [...new Set(mentioned(resource.body[argument], ways.document))];
  const perTarget = targets.map((target) => appsBehind(target, ways)).filter((apps) => apps.length > 0);
  const apps = [...new Set(perTarget.flat())];
  if (perTarget.length > 1)
    return {
      apps,
      open: {
        unknown: `${resource.address}.${argument} may lead to any of ${apps.map(({ address }) => address).join(', ')}`,
      },
    };
  const hidden = targets.flatMap((target) =>
    apps.length > 0
      ? []
      : ofType(ways.document, 'azurerm_application_gateway')
          .filter(({ body }) => mentioned(textsInside(body.frontend_ip_configuration), ways.document).includes(target))
          .flatMap((gateway) => poolsOpen(gateway, ways.document) ?? []),
  );
  if (hidden[0]) return { apps, open: hidden[0] };
  const settled = apps.length > 0 || targets.some(({ type }) => elsewhere.test(type));
  return { apps, open: settled ? null : unresolved(resource, argument, 'web app', ways.document) };
}

/** The apps that a target is, or that stand behind it. */
function appsBehind(target: TerraformResource, { document, apps, gateways }: Ways): TerraformResource[] {
  if (apps.includes(target)) return [target];
  if (target.type === 'azurerm_private_endpoint') return appsIn(target.body.private_service_connection, apps, document);
  return gateways
    .filter(({ body }) => mentioned(textsInside(body.frontend_ip_configuration), document).includes(target))
    .flatMap(({ body }) => poolApps(body.backend_address_pool, apps, document));
}

const appsIn = (value: unknown, apps: readonly TerraformResource[], document: TerraformDocument) =>
  [...new Set(mentioned(textsInside(value), document))].filter((one) => apps.includes(one));

/** The apps in a pool of backends, by host name or by the address of their private endpoint. */
export function poolApps(
  pool: unknown,
  apps: readonly TerraformResource[],
  document: TerraformDocument,
): TerraformResource[] {
  const members = mentioned(textsInside(pool), document);
  const ways: Ways = { document, apps, gateways: [] };
  return [...new Set(members.flatMap((member) => appsBehind(member, ways)))];
}

/** Why it cannot be told whether a gateway that names no app leads to one; null: it leads elsewhere. */
export function poolsOpen(gateway: TerraformResource, document: TerraformDocument): Unknown | null {
  const argument = 'backend_address_pool';
  const members = textsInside(gateway.body[argument]).filter(isExpression);
  const known =
    members.length > 0 && members.every((one) => mentioned(one, document).some(({ type }) => elsewhere.test(type)));
  return known ? null : unknown(gateway, argument, 'names no web app of this document');
}

/** The groups that origins of Front Door belong to. */
export const groupsOf = (origins: readonly TerraformResource[], document: TerraformDocument): TerraformResource[] => [
  ...new Set(origins.flatMap(({ body }) => mentioned(body.cdn_frontdoor_origin_group_id, document))),
];
