import { sensitive } from '../terraform';

/** What stands for a credential that is not shown. */
export const hidden = 'hidden';

const credential =
  /(password|passwd|pwd|secret|api_?key|access_?key|account_?key|shared_?key|(primary|secondary)_?key|connection_?string|sas_?token|private_?key|(?<![a-z])token$)/i;
/** Application Insights' connection string is a credential only where local authentication is on. */
const notSecret = /^(APPLICATIONINSIGHTS_CONNECTION_STRING|APPINSIGHTS_INSTRUMENTATIONKEY)$/i;
/** `PASSWORD_MIN_LENGTH` says something about a password and is none. */
const about =
  /([_.:-](length|days|hours|minutes|seconds|name|version|policy|permissions|enabled|count)|(?<=[a-z])(Length|Days|Hours|Minutes|Seconds|Name|Version|Policy|Permissions|Enabled|Count))$/;

const isSecretName = (name: string) =>
  credential.test(name) && !notSecret.test(name) && !about.test(name) && !about.test(name.toLowerCase());

const secretForm =
  /((Account|SharedAccess)Key=[^;\s]|(Password|Pwd)\s*=\s*[^;\s]|[?&]sig=[^&\s]|:\/\/[^/:@\s]*:[^@\s]+@|-----BEGIN [A-Z ]*PRIVATE KEY)/i;
/** What only names a secret, or where one would be. */
const harmless = /^(https?:\/\/[^@]*|\/subscriptions\/.*|.*Authentication=.*|)$/i;

/** Whether a value holds a literal credential, by the name it stands under or by its form; references hold none. */
export function isSecretLiteral(name: string, value: unknown): boolean {
  if (typeof value === 'number') return isSecretName(name);
  if (typeof value !== 'string' || value.startsWith('@Microsoft.KeyVault(')) return false;
  if (secretForm.test(value.replace(/\$\{[^}]*\}/g, ''))) return !notSecret.test(name);
  return !value.includes('${') && isSecretName(name) && !harmless.test(value);
}

/** Attributes that are a credential, as a reference names them. */
const secretAttributes = [
  /\.(\w+_)?(primary|secondary)_\w*(key|connection_string|password|sas_\w+)\b/,
  /\.(\w*_password|password|client_secret|master_key|auth_token)\b/,
  /\b(azurerm_key_vault_secret|azuread_\w+_password)\.[\w-]+(\[[^\]]*\])?\.value\b/,
  /\brandom_password\.[\w-]+(\[[^\]]*\])?\.(result|bcrypt_hash)\b/,
];

/** Whether a setting would hold a credential once applied: as a literal, or from an attribute or a variable that is one. */
export function isSecretSetting(name: string, value: unknown): boolean {
  if (isSecretLiteral(name, value)) return true;
  if (typeof value !== 'string' || notSecret.test(name) || value.startsWith('@Microsoft.KeyVault(')) return false;
  return (
    value === sensitive ||
    [...value.matchAll(/\$\{([^}]*)\}/g)].some(
      ([, expression = '']) =>
        secretAttributes.some((attribute) => attribute.test(expression)) ||
        [...expression.matchAll(/\bvar\.(\w+)/g)].some(
          ([, variable = '']) => isSecretName(variable) || /key$/i.test(variable),
        ),
    )
  );
}

/** A value as it may be printed: what holds a literal credential is hidden, however deep. */
export function withoutSecrets(value: unknown, name: string, owner: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, name, owner));
  if (typeof value === 'object' && value !== null) {
    const own = 'name' in value && typeof value.name === 'string' ? value.name : name;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        key === 'value' && isSecretLiteral(own, item) ? hidden : withoutSecrets(item, key, name),
      ]),
    );
  }
  const literal = isSecretLiteral(name, value) || (/^value(_wo)?$/.test(name) && isSecretLiteral(owner, value));
  return literal || isSecretExpression(name, value) ? hidden : value;
}

/** An expression may hold a literal, as in `merge(local.a, { DB_PASSWORD = "hunter2" })`; the key of an instance is none. */
function isSecretExpression(name: string, value: unknown): boolean {
  const expression = typeof value === 'string' ? value.replace(/\["[^"]*"\]/g, '') : '';
  return (
    (isSecretName(name) && /\$\{[^}]*"[^"]/.test(expression)) ||
    (credential.test(expression) && /\$\{[^}]*[=:]\s*"[^"]/.test(expression))
  );
}
