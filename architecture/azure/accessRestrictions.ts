import type { AccessRestriction } from '../deployment';
import { everyKnown, isUnknown, type Known, mapKnown } from '../known';
import { booleanOf, hasArgument, innerBlocks, numberOf, textOf, unknown } from '../terraform/arguments';
import type { TerraformDocument, TerraformResource } from '../terraform/document';
import { isExpression, whyOpen } from '../terraform/expression';
import { isBefore } from '../terraform/provider';
import { addressesIn, mentioned, named, unresolved } from '../terraform/references';
import { planTypes, webAppArguments } from './appServiceArguments';
import { environmentDefaults, webAppDefaults } from './defaults';

/** Inside an environment with an internal load balancer there is no public address, whatever the app states. */
export function publicAccess(app: TerraformResource, document: TerraformDocument): Known<boolean> {
  const stated = booleanOf(app, 'public_network_access_enabled', document, webAppDefaults.publicAccess);
  const plan = named(app, webAppArguments(app.type).plan, document, planTypes);
  if (stated !== true || !plan || isUnknown(plan)) return stated;
  const argument = 'app_service_environment_id';
  if (textOf(plan, argument, document, null) === null) return true;
  const environment = named(plan, argument, document, ['azurerm_app_service_environment_v3']);
  if (!environment) return unresolved(plan, argument, 'App Service Environment', document);
  if (isUnknown(environment)) return environment;
  return mapKnown(
    textOf(environment, 'internal_load_balancing_mode', document, environmentDefaults.internalLoadBalancing),
    (mode) => !/web/i.test(mode),
  );
}

/** Which of a site's two lists: what clients reach, or what takes deployments. */
export type RestrictionList = 'ip_restriction' | 'scm_ip_restriction';

/**
 * A version of the provider without the argument leaves the default action to the platform, which denies as soon as there
 * is a restriction. @see https://github.com/hashicorp/terraform-provider-azurerm/issues/25244
 *
 * @param site a web app, or one of its slots
 */
export function openByDefault(
  site: TerraformResource,
  document: TerraformDocument,
  list: RestrictionList = 'ip_restriction',
): Known<boolean> {
  const argument = `site_config.${list}_default_action`;
  const has = !/^azurerm_app_service(_slot)?$/.test(site.type) && !isBefore(document.provider, 3, 95);
  if (has && (!document.defaultsFilledIn || hasArgument(site.body, argument)))
    return mapKnown(
      textOf(site, argument, document, webAppDefaults.restrictionDefaultAction),
      (action) => action === 'Allow',
    );
  return mapKnown(restrictionsOf(site, document, list), (all) => all.length === 0);
}

/** In the order in which App Service asks them: lower priorities first. */
export function restrictionsOf(
  site: TerraformResource,
  document: TerraformDocument,
  list: RestrictionList = 'ip_restriction',
): Known<readonly AccessRestriction[]> {
  const all = everyKnown(innerBlocks(site, `site_config.${list}`), (block) => readRestriction(block, document));
  return mapKnown(all, (restrictions) => {
    const place = ({ priority }: AccessRestriction) =>
      isUnknown(priority) ? webAppDefaults.restrictionPriority : priority;
    return [...restrictions].sort((one, other) => place(one) - place(other));
  });
}

function readRestriction(block: TerraformResource, document: TerraformDocument): AccessRestriction {
  const name = textOf(block, 'name', document, '');
  const found = block.body.headers === undefined || block.body.headers === null ? [] : innerBlocks(block, 'headers');
  const headers = isUnknown(found) ? [] : found;
  const required = (header: string) =>
    headers.map(({ body }) => body[header]).filter((list) => isExpression(list) || (Array.isArray(list) && list[0]));
  const [ids] = required('x_azure_fdid');
  const [probes] = required('x_fd_health_probe');
  return {
    name: isUnknown(name) ? '' : name,
    priority: numberOf(block, 'priority', document, webAppDefaults.restrictionPriority),
    action: textOf(block, 'action', document, webAppDefaults.restrictionAction),
    serviceTag: textOf(block, 'service_tag', document, null),
    frontDoorId: isUnknown(found) ? found : isRequired(block, ids, document),
    frontDoors: isUnknown(found) ? found : profilesIn(block, ids, document),
    probesOnly: isUnknown(found) ? found : Array.isArray(probes) || (probes !== undefined && whyHeader(block, probes)),
    otherHeaders: required('x_forwarded_for').length + required('x_forwarded_host').length > 0,
    addresses: textOf(block, 'ip_address', document, null),
    addressesOf: addressesIn(block.body.ip_address, document),
    subnet: subnetOf(block, document),
  };
}

const whyHeader = (block: TerraformResource, list: unknown) => unknown(block, 'headers', whyOpen(list));

/** The id of a profile is known only after apply: what counts is that one is required. */
function isRequired(block: TerraformResource, ids: unknown, document: TerraformDocument): Known<boolean> {
  if (Array.isArray(ids)) return true;
  if (ids === undefined) return false;
  return mentioned(ids, document).length > 0 || unknown(block, 'headers.x_azure_fdid', whyOpen(ids));
}

function profilesIn(block: TerraformResource, ids: unknown, document: TerraformDocument): Known<readonly string[]> {
  return everyKnown([ids ?? []].flat(), (id): Known<string> => {
    const [address] = addressesIn(id, document);
    if (address !== undefined) return address;
    return isExpression(id) ? unknown(block, 'headers.x_azure_fdid', whyOpen(id)) : String(id);
  });
}

function subnetOf(block: TerraformResource, document: TerraformDocument): Known<string | null> {
  const argument = 'virtual_network_subnet_id';
  return addressesIn(block.body[argument], document)[0] ?? textOf(block, argument, document, null);
}
