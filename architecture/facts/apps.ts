import { argumentOf, booleanOf, innerBlocks, states, textOf, unknown } from '../arguments';
import type { AppFacts, Restriction } from '../deployment';
import { isExpression, isOneValue, isSensitive, whyOpen } from '../expression';
import { planTypes, webAppKind } from '../kinds';
import { isUnknown, type Known } from '../model';
import { mentioned, multiplied, named, type TerraformDocument, type TerraformResource } from '../terraform';
import { settingsOf } from '../webApp';
import { addressesIn, everyKnown, mapKnown, ofType, textsInside, unresolved } from './reading';
import {
  hasSecretForm,
  isAboutSecret,
  isSecretLiteral,
  isSecretSetting,
  isVaultReference,
  refersToSecret,
} from './secrets';

export function readApp(app: TerraformResource, document: TerraformDocument): AppFacts {
  return {
    address: app.address,
    multiplied: multiplied(app),
    affinityStated: states(app, 'client_affinity_enabled'),
    // azurerm's defaults, @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/linux_web_app
    httpsOnly: booleanOf(app, 'https_only', document, false),
    minimumTls: textOf(app, webAppKind(app.type).minimumTls, document, '1.2'),
    publicAccess: publicAccess(app, document),
    openByDefault: openByDefault(app, document),
    restrictions: restrictionsOf(app, document),
    hasPrivateEndpoint: ofType(document, 'azurerm_private_endpoint').some(({ body }) =>
      addressesIn(textsInside(body.private_service_connection), document).includes(app.address),
    ),
    secretSettings: secretSettings(app, document),
    cookieSecret: cookieSecret(app),
  };
}

/** Inside an environment with an internal load balancer there is no public address, whatever the app says. */
function publicAccess(app: TerraformResource, document: TerraformDocument): Known<boolean> {
  const stated = booleanOf(app, 'public_network_access_enabled', document, true);
  const plan = named(app, webAppKind(app.type).plan, document, planTypes);
  if (stated !== true || !plan || isUnknown(plan)) return stated;
  const argument = 'app_service_environment_id';
  if (textOf(plan, argument, document, null) === null) return true;
  const environment = named(plan, argument, document, ['azurerm_app_service_environment_v3']);
  if (!environment) return unresolved(plan, argument, 'App Service Environment', document);
  if (isUnknown(environment)) return environment;
  return mapKnown(textOf(environment, 'internal_load_balancing_mode', document, 'None'), (mode) => !/web/i.test(mode));
}

/**
 * Before it had an argument for what no restriction names, the provider left it to the platform, which denies it as soon
 * as there is one. @see https://github.com/hashicorp/terraform-provider-azurerm/issues/25244
 */
function openByDefault(app: TerraformResource, document: TerraformDocument): Known<boolean> {
  const { restrictionDefault } = webAppKind(app.type);
  if (restrictionDefault !== null && (!document.planned || states({ ...app, stated: app.body }, restrictionDefault)))
    return mapKnown(textOf(app, restrictionDefault, document, 'Allow'), (action) => action === 'Allow');
  return mapKnown(restrictionsOf(app, document), (list) => list.length === 0);
}

const restrictionsOf = (app: TerraformResource, document: TerraformDocument): Known<readonly Restriction[]> =>
  everyKnown(innerBlocks(app, 'site_config.ip_restriction'), (block) => readRestriction(block, document));

function readRestriction(block: TerraformResource, document: TerraformDocument): Restriction {
  const name = textOf(block, 'name', document, '');
  const ids = block.body.headers === undefined || block.body.headers === null ? false : headerIds(block, document);
  return {
    name: isUnknown(name) ? '' : name,
    action: textOf(block, 'action', document, 'Allow'),
    serviceTag: textOf(block, 'service_tag', document, null),
    frontDoorId: ids,
    addresses: textOf(block, 'ip_address', document, null),
  };
}

/** The id of a profile is known only after apply: that one is asked for is what counts, not which. */
function headerIds(block: TerraformResource, document: TerraformDocument): Known<boolean> {
  const headers = innerBlocks(block, 'headers');
  if (isUnknown(headers)) return headers;
  const lists = headers.map((header) => header.body.x_azure_fdid);
  if (lists.some((list) => Array.isArray(list) && list.length > 0)) return true;
  const expression = lists.find(isExpression);
  if (expression === undefined) return false;
  return mentioned(expression, document).length > 0 || unknown(block, 'headers.x_azure_fdid', whyOpen(expression));
}

/** Names of what is a credential; references to Key Vault are none, others are judged by their attribute. */
function secretSettings(app: TerraformResource, document: TerraformDocument): Known<readonly string[]> {
  const settings = settingsOf(app);
  if (isUnknown(settings)) return settings;
  const own = Object.entries(settings).filter(([name, value]) => {
    const known = argumentOf({ address: app.address, type: app.type, body: { value } }, 'value', document);
    return !isVaultReference(known) && (isSecretSetting(name, value) || isSecretSetting(name, known));
  });
  const strings = everyKnown(innerBlocks(app, 'connection_string'), (block) => secretString(block, document));
  if (isUnknown(strings)) return strings;
  return [...own.map(([name]) => `app_settings.${name}`), ...strings.flat()];
}

/** The name of a connection string that is a credential; none: it is none. */
function secretString(block: TerraformResource, document: TerraformDocument): Known<readonly string[]> {
  const { value } = block.body;
  if (typeof value !== 'string' || isVaultReference(value)) return [];
  const name = textOf(block, 'name', document, '?');
  const found = [`connection_string.${isUnknown(name) ? '?' : name}`];
  if (refersToSecret(value)) return found;
  // The provider marks every connection string as sensitive, one that uses an identity, too.
  if (isSensitive(value)) return unknown(block, 'value', 'is sensitive');
  return isExpression(value) || hasSecretForm(value) ? found : [];
}

function cookieSecret(app: TerraformResource): Known<string | null> {
  const settings = settingsOf(app);
  if (isUnknown(settings)) return settings;
  const [first] = Object.entries(settings).filter(
    ([name, value]) => value !== null && /(SESSION|COOKIE).*(SECRET|KEY|PASSWORD)/i.test(name) && !isAboutSecret(name),
  );
  if (!first) return null;
  const [name, value] = first;
  if (typeof value !== 'string') return unknown(app, `app_settings.${name}`, 'is no text');
  return isOneValue(value) ? keyOf(value) : unknown(app, `app_settings.${name}`, whyOpen(value));
}

/** What two apps have in common when they share a secret; a literal stands as itself only within this process. */
function keyOf(value: string): string {
  if (!isVaultReference(value)) return isExpression(value) && !isSecretLiteral('secret', value) ? value : 'literal';
  const secret =
    /(?:SecretName=|\/secrets\/)([\w-]+)/.exec(value)?.[1] ?? /azurerm_key_vault_secret\.[\w-]+/.exec(value)?.[0];
  return `Key Vault secret ${secret ?? value}`;
}
