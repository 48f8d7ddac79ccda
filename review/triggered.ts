import type { Resource } from '../architecture/deployment';
import type { ResourceChange } from './resourceChange';

/**
 * Why Terraform replaces a resource together with others: what its `lifecycle.replace_triggered_by` names and that changes.
 *
 * @returns the references that change, as in `azurerm_managed_redis.cache.default_database[0].clustering_policy`
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#replace_triggered_by
 */
export function triggersOf({ attributes }: Resource, changed: readonly ResourceChange[]): string[] {
  const [lifecycle] = [attributes.lifecycle].flat() as ({ replace_triggered_by?: unknown } | undefined)[];
  const references = lifecycle?.replace_triggered_by;
  if (!Array.isArray(references)) return [];
  return references.filter((reference): reference is string => {
    if (typeof reference !== 'string') return false;
    const named = changed.find(({ address }) => reference === address || /^[.[]/.test(after(reference, address)));
    if (!named) return false;
    const path = withoutIndexes(after(reference, named.address));
    return (
      path === '' ||
      named.attributes.some(({ attribute }) => `${withoutIndexes(`.${attribute}`)}.`.startsWith(`${path}.`))
    );
  });
}

const after = (reference: string, address: string): string =>
  reference.startsWith(address) ? reference.slice(address.length) : '';

/** A block that may stand once is written with an index in one place and without in another. */
const withoutIndexes = (path: string): string => path.replace(/\[\d+\]|\.\d+(?=\.|$)/g, '');
