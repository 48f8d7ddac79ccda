import { isObject, type JsonObject } from './json';

/** What a document says of the version of azurerm that it is for. */
export interface ProviderSeen {
  /** As it is written: a version, or a constraint as in `~> 3.117`. */
  readonly version: string;
  readonly from: 'lock file' | 'required_providers' | 'plan';
  /** Major versions that it allows, of those that are read; empty: none of them. */
  readonly majors: readonly number[];
}

/** Major versions whose arguments and defaults are read. */
export const readMajors = [3, 4, 5] as const;

const isAzurerm = (source: unknown) => typeof source === 'string' && /(^|\/)hashicorp\/azurerm$/i.test(source);

const constraint = /^\s*(~>|>=|<=|!=|>|<|=)?\s*v?\d[\w.-]*\s*$/;

export const providerSeen = (version: unknown, from: ProviderSeen['from']): ProviderSeen | null =>
  typeof version === 'string' && version.length < 200 && version.split(',').every((part) => constraint.test(part))
    ? { version: version.trim(), from, majors: readMajors.filter((major) => allows(version, major)) }
    : null;

/** The azurerm of `required_providers` in blocks called `terraform`. */
export function requiredProvider(terraform: readonly JsonObject[]): ProviderSeen | null {
  for (const { required_providers } of terraform)
    for (const block of [required_providers].flat().filter(isObject)) {
      const named = Object.entries(block).find(
        ([name, one]) =>
          (isObject(one) && isAzurerm(one.source)) || (name === 'azurerm' && !(isObject(one) && one.source)),
      );
      const [, one] = named ?? [];
      const found = providerSeen(isObject(one) ? one.version : one, 'required_providers');
      if (found) return found;
    }
  return null;
}

/** The azurerm of a plan's `configuration.provider_config`. */
export function plannedProvider(configurations: JsonObject): ProviderSeen | null {
  const [one] = Object.values(configurations).filter((item) => isObject(item) && isAzurerm(item.full_name));
  return isObject(one) ? providerSeen(one.version_constraint, 'plan') : null;
}

/** The azurerm of a `.terraform.lock.hcl`, which has the very version. */
export function lockedProvider(text: string): ProviderSeen | null {
  const block = /provider\s+"[^"]*\/hashicorp\/azurerm"\s*\{([^}]*)\}/i.exec(text)?.[1] ?? '';
  return providerSeen(/\bversion\s*=\s*"([^"]+)"/.exec(block)?.[1], 'lock file');
}

/** Whether every version that a document allows is of this major or a later one; one that is not known is taken to be of the fourth. */
export const isSince = (provider: ProviderSeen | null | undefined, major: number): boolean =>
  provider && provider.majors.length > 0 ? provider.majors.every((one) => one >= major) : major <= 4;

/** Whether no version that a document allows is as late as this one, as in `~> 3.74.0` and 3.95. */
export const isBefore = (provider: ProviderSeen | null | undefined, major: number, minor: number): boolean =>
  (provider?.version.split(',') ?? []).some((part) => {
    const [, operator = '', text = ''] = /^\s*(~>|>=|<=|!=|>|<|=)?\s*v?([\d.]+)/.exec(part) ?? [];
    const [first = 0, second = 0, third] = text.split('.').map(Number);
    if (['>=', '>', '!='].includes(operator)) return false;
    // `~> 3.74` goes on to the last of its major, `~> 3.74.0` to the last of its minor.
    const openEnd = operator === '~>' && third === undefined;
    return first < major || (first === major && !openEnd && (second < minor || (operator === '<' && second === minor)));
  });

/**
 * Whether a constraint allows some version of a major. Exclusions of single versions do not count.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */
function allows(version: string, major: number): boolean {
  return version.split(',').every((part) => {
    const [, operator = '', text = ''] = /^\s*(~>|>=|<=|!=|>|<|=)?\s*v?([\d.]+)/.exec(part) ?? [];
    const [first = Number.NaN, second = 0, third = 0] = text.split('.').map(Number);
    if (Number.isNaN(first) || operator === '!=') return true;
    // `~> 4` lets the last part that is written grow, which is the major itself.
    if (operator === '~>') return text.includes('.') ? major === first : major >= first;
    if (operator === '>=' || operator === '>') return major >= first;
    if (operator === '<') return major < first || (major === first && second + third > 0);
    return operator === '<=' ? major <= first : major === first;
  });
}
