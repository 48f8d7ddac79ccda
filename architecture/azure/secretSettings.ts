import { everyKnown, isUnknown, type Known } from '../known';
import { argumentOf, innerBlocks, textOf, unknown } from '../terraform/arguments';
import { partOf, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { isExpression, isOneValue, isSensitive, whyOpen } from '../terraform/expression';
import type { JsonObject } from '../terraform/json';
import { restOfMap } from '../terraform/planValues';
import { restIsOpen, settingsOf } from './appSettings';
import {
  hasSecretForm,
  isAboutSecret,
  isSecretLiteral,
  isSecretSetting,
  isVaultReference,
  refersToSecret,
} from './secrets';

/** Names of settings that are a credential. A Key Vault reference is not; another reference is judged by its attribute. */
export function secretSettings(app: TerraformResource, document: TerraformDocument): Known<readonly string[]> {
  const settings = settingsOf(app);
  const rest = isUnknown(settings) ? app.body.app_settings : settings[restOfMap];
  // A plan that does not show the settings shows what they are made from.
  const unnamed = isExpression(rest) && !isSensitive(rest) && refersToSecret(rest);
  if (isUnknown(settings)) return unnamed ? ['app_settings'] : settings;
  const own = Object.entries(settings).filter(([name, value]) => {
    const known = argumentOf(partOf(app, '', { value }), 'value', document);
    return (
      name !== restOfMap && !isVaultReference(known) && (isSecretSetting(name, value) || isSecretSetting(name, known))
    );
  });
  const strings = secretStrings(app, document);
  const found = [
    ...own.map(([name]) => `app_settings.${name}`),
    ...(unnamed ? ['app_settings'] : []),
    ...(isUnknown(strings) ? [] : strings.flat()),
  ];
  // What is certain is reported, whatever else there may be.
  if (found.length === 0 && isUnknown(strings)) return strings;
  if (found.length === 0 && rest !== undefined) return unknown(app, 'app_settings', restIsOpen);
  return found;
}

/** A plan marks all connection strings of an app as sensitive together, and shows what they are made from. */
function secretStrings(app: TerraformResource, document: TerraformDocument): Known<readonly (readonly string[])[]> {
  const all = app.body.connection_string;
  return isSensitive(all) && refersToSecret(String(all))
    ? [['connection_string']]
    : everyKnown(innerBlocks(app, 'connection_string'), (block) => secretString(block, document));
}

/** The name of a connection string that is a credential; empty: it is not one. */
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

/** Name of the setting with the secret that seals cookies; null: none is set. */
export function cookieSecretName(app: TerraformResource): Known<string | null> {
  const settings = settingsOf(app);
  return isUnknown(settings) ? settings : (cookieSecretIn(settings)?.[0] ?? null);
}

/** The shortest name has the secret itself: a longer one may have the secret before it, for a change of secrets. */
function cookieSecretIn(settings: JsonObject) {
  const named = (pattern: RegExp) =>
    Object.entries(settings)
      .filter(([name, value]) => value !== null && pattern.test(name) && !isAboutSecret(name))
      .sort(([one], [other]) => one.length - other.length || (one < other ? -1 : 1))[0];
  // Laravel, Django and Rails seal cookies with the one key of the app.
  return named(/(SESSION|COOKIE).*(SECRET|KEY|PASSWORD)/i) ?? named(/^(APP_KEY|(DJANGO_)?SECRET_KEY(_BASE)?)$/i);
}

/** Where the secret that seals cookies comes from: equal for two apps that share it; null: none is set. */
export function cookieSecret(app: TerraformResource): Known<string | null> {
  const settings = settingsOf(app);
  if (isUnknown(settings)) return settings;
  const first = cookieSecretIn(settings);
  if (!first) {
    if (Object.hasOwn(settings, restOfMap)) return unknown(app, 'app_settings', restIsOpen);
    // Another app may take its key from a file that comes with it.
    return Object.keys(settings).some((name) => /^SESSION_(DRIVER|ENGINE)$/i.test(name))
      ? unknown(app, 'app_settings', 'has no setting that is known to hold the key which seals cookies')
      : null;
  }
  const [name, value] = first;
  if (typeof value !== 'string') return unknown(app, `app_settings.${name}`, 'is not a string');
  return isOneValue(value) ? keyOf(value) : unknown(app, `app_settings.${name}`, whyOpen(value));
}

/** What is equal for two apps that share a secret. A literal is not kept. */
function keyOf(value: string): string {
  if (!isVaultReference(value)) return isExpression(value) && !isSecretLiteral('secret', value) ? value : 'literal';
  const secret =
    /(?:SecretName=|\/secrets\/)([\w-]+)/.exec(value)?.[1] ?? /azurerm_key_vault_secret\.[\w-]+/.exec(value)?.[0];
  return `Key Vault secret ${secret ?? value}`;
}
