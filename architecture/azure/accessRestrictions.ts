import type { AccessRestriction } from '../deployment';
import { everyKnown, isUnknown, type Known, mapKnown } from '../known';
import { booleanOf, hasArgument, innerBlocks, textOf, unknown } from '../terraform/arguments';
import type { TerraformDocument, TerraformResource } from '../terraform/document';
import { isExpression, whyOpen } from '../terraform/expression';
import { mentioned, named, unresolved } from '../terraform/references';
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

/**
 * A version of the provider without the argument leaves the default action to the platform, which denies as soon as there
 * is a restriction. @see https://github.com/hashicorp/terraform-provider-azurerm/issues/25244
 */
export function openByDefault(app: TerraformResource, document: TerraformDocument): Known<boolean> {
  const { restrictionDefault } = webAppArguments(app.type);
  if (restrictionDefault !== null && (!document.defaultsFilledIn || hasArgument(app.body, restrictionDefault)))
    return mapKnown(
      textOf(app, restrictionDefault, document, webAppDefaults.restrictionDefaultAction),
      (action) => action === 'Allow',
    );
  return mapKnown(restrictionsOf(app, document), (list) => list.length === 0);
}

export const restrictionsOf = (
  app: TerraformResource,
  document: TerraformDocument,
): Known<readonly AccessRestriction[]> =>
  everyKnown(innerBlocks(app, 'site_config.ip_restriction'), (block) => readRestriction(block, document));

function readRestriction(block: TerraformResource, document: TerraformDocument): AccessRestriction {
  const name = textOf(block, 'name', document, '');
  const ids = block.body.headers === undefined || block.body.headers === null ? false : headerIds(block, document);
  return {
    name: isUnknown(name) ? '' : name,
    action: textOf(block, 'action', document, webAppDefaults.restrictionAction),
    serviceTag: textOf(block, 'service_tag', document, null),
    frontDoorId: ids,
    addresses: textOf(block, 'ip_address', document, null),
  };
}

/** The id of a profile is known only after apply: what counts is that one is required, not which. */
function headerIds(block: TerraformResource, document: TerraformDocument): Known<boolean> {
  const headers = innerBlocks(block, 'headers');
  if (isUnknown(headers)) return headers;
  const lists = headers.map((header) => header.body.x_azure_fdid);
  if (lists.some((list) => Array.isArray(list) && list.length > 0)) return true;
  const expression = lists.find(isExpression);
  if (expression === undefined) return false;
  return mentioned(expression, document).length > 0 || unknown(block, 'headers.x_azure_fdid', whyOpen(expression));
}
