import { isExpression, isSensitive, partsOf, referencesIn } from '../terraform/expression';
import { isObject } from '../terraform/json';

/** Printed in place of a credential. */
export const hidden = 'hidden';

const credential =
  /(passw(or)?d|passphrase|pwd|(^|[_.:-])pass$|secret|credentials?$|(api|app|access|account|shared|primary|secondary|private|session|cookie|signing|encryption|master|function|jwt|hmac)_?key|connection_?string|token$)/i;
/** Application Insights' connection string is a credential only where local authentication is on. */
const notSecret = /^(APPLICATIONINSIGHTS_CONNECTION_STRING|APPINSIGHTS_INSTRUMENTATIONKEY)$/i;
const about =
  /([_.:-](length|days|hours|minutes|seconds|ttl|name|prefix|version|algorithm|policy|permissions|enabled|count)|key[_.:-]id|(?<=[a-z])(Length|Days|Hours|Minutes|Seconds|Ttl|Name|Prefix|Version|Algorithm|Policy|Permissions|Enabled|Count))$/;

/** `PASSWORD_MIN_LENGTH` is about a password, and is not one. */
export const isAboutSecret = (name: string): boolean => about.test(name) || about.test(name.toLowerCase());

const isSecretName = (name: string) => credential.test(name) && !notSecret.test(name) && !isAboutSecret(name);

/** Forms of a credential, whatever its name. */
const secretForms = [
  /(Account|SharedAccess)Key=[^;\s]/i,
  /(Password|Pwd)\s*=\s*[^;\s]/i,
  /"\w*(password|secret|token|key)\\?"\s*:\s*\\?"[^"\\]/i,
  /[?&](sig|code|key|token|(api|access|subscription)[-_]?(key|token))=[^&\s]/i,
  /:\/\/[^/:@\s]*:[^@\s]+@/,
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  // Keys of Azure: 32 or 64 bytes in Base64.
  /^([A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)$/,
  // In Base64, a PKCS #12 file or a private key: versions 3 and 0, where a certificate has none.
  /^(MI[I-L][A-Za-z0-9+/]{2}[AQgw]IBA[ADz]|MIACAQMw)/,
  /:\/\/hooks\.slack\.com\/services\/./,
  /\b([rs]k_live_\w|gh[opsu]_\w{20}|glpat-|xox[abprs]-|AKIA[0-9A-Z]{16}|eyJ[\w-]+\.eyJ)/,
];
export const hasSecretForm = (literal: string) => secretForms.some((form) => form.test(literal));

/** Values that only name a secret, or its place. */
const harmless = /^(https?:\/\/[^@]*|\/subscriptions\/.*|(\/[\w.-]+)+\.\w{2,5}|.*Authentication=.*|true|false|\s*)$/i;

export const isVaultReference = (value: unknown): boolean =>
  typeof value === 'string' && /^@Microsoft\.KeyVault\(.*\)$/s.test(value);

/** Whether a value holds a literal credential, by its name or by its form; a reference holds none. */
export function isSecretLiteral(name: string, value: unknown): boolean {
  if (typeof value === 'number') return isSecretName(name);
  if (typeof value !== 'string' || isVaultReference(value) || isSensitive(value)) return false;
  const { literals } = partsOf(value);
  if (literals.some(hasSecretForm)) return !notSecret.test(name);
  return isSecretName(name) && literals.some((literal) => !harmless.test(literal));
}

/** Attributes that are a credential, as a reference names them. */
const secretAttributes = [
  /\.(\w+_)?(primary|secondary)_\w*(key|connection_string|password|sas_\w+)\b/,
  /\.(\w*_password|password|client_secret|master_key|auth_token)\b/,
  /\b(azurerm_key_vault_secret|azuread_\w+_password)\.[\w-]+(\[[^\]]*\])?\.value\b/,
  /\brandom_password\.[\w-]+(\[[^\]]*\])?\.(result|bcrypt_hash)\b/,
];

/** A variable that is a secret key: neither the public half of a pair nor a key that says where something is stored. */
const secretKey = /(?<!(public|partition|sort|row|cache|routing)_?)key$/i;

/** Whether an expression takes its value from an attribute or a variable that is a credential. */
export const refersToSecret = (value: string): boolean =>
  referencesIn(value).some(({ text }) => {
    const variable = /^var\.(\w+)/.exec(text)?.[1] ?? '';
    return secretAttributes.some((one) => one.test(text)) || isSecretName(variable) || secretKey.test(variable);
  });

/** Whether a setting would hold a credential once applied: as a literal, or from an attribute or a variable that is one. */
export function isSecretSetting(name: string, value: unknown): boolean {
  if (isSecretLiteral(name, value)) return true;
  if (typeof value !== 'string' || notSecret.test(name) || isVaultReference(value)) return false;
  return isSensitive(value) || refersToSecret(value);
}

/**
 * A value as it may be printed: literal credentials are hidden at any depth.
 *
 * @param name name of the value; at the top the type of the resource
 * @param owner what it is a part of; empty: nothing
 */
export function withoutSecrets(value: unknown, name: string, owner: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, name, owner));
  if (!isObject(value)) return mayBeShown(value, /^value(_wo)?$/.test(name) ? [name, owner] : [name]) ? value : hidden;
  const called = typeof value.name === 'string' ? value.name : '';
  const inSecret = owner !== '' && isSecretName(name);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const judgedAs =
        key === 'value' && isSecretName(called) ? called : inSecret && key !== 'name' && key !== 'type' ? name : key;
      return [key, withoutSecrets(item, judgedAs, name)];
    }),
  );
}

/** An expression may hold a literal anywhere, as in `merge(local.a, { DB_PASSWORD = "hunter2" })`. */
function mayBeShown(value: unknown, names: readonly string[]): boolean {
  if (names.some((name) => isSecretLiteral(name, value))) return false;
  if (!isExpression(value) || isVaultReference(value)) return true;
  const { literals, keys } = partsOf(value);
  const holdsLiteral = [...literals.slice(0, -1), ...keys].some((literal) => literal !== '');
  return !holdsLiteral || !(credential.test(value) || names.some(isSecretName));
}
