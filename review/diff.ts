import type { Deployment } from '../architecture/deployment';
import { concerns, type FactChange, factsOf } from './concerns';
import { type PriceFile, readPrices } from './cost/prices';
import { type ReplacementVerdict, replacementOf } from './replacement';

export interface AttributeChange {
  /** Path inside the resource, as in `site_config.health_check_path`. */
  readonly attribute: string;
  /** As JSON; undefined: not there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface ResourceChange {
  readonly address: string;
  readonly attributes: readonly AttributeChange[];
  readonly replacement: ReplacementVerdict;
}

export interface Difference {
  readonly from: string;
  readonly to: string;
  /** In words, grouped by concern in the order of `concerns`. */
  readonly facts: readonly FactChange[];
  /** Terraform addresses that only the second has. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly ResourceChange[];
}

/** What changes from one deployment to another. Turned round, it says the same the other way. */
export function difference(from: Deployment, to: Deployment, prices: PriceFile = readPrices()): Difference {
  const [before, after] = [from, to].map(({ resources }) => new Map(resources.map((one) => [one.address, one])));
  const addresses = (a: typeof before, b: typeof before) =>
    [...(a?.keys() ?? [])].filter((address) => !b?.has(address));
  const [left, right] = [factsOf(from, prices), factsOf(to, prices)];
  return {
    from: from.name,
    to: to.name,
    facts: concerns.flatMap((concern) =>
      left.flatMap(({ concern: own, fact, value }, index) => {
        const other = right[index]?.value ?? '';
        return own !== concern || value === other ? [] : [{ concern, fact, before: value, after: other }];
      }),
    ),
    added: addresses(after, before),
    removed: addresses(before, after),
    changed: [...(before ?? [])].flatMap(([address, { attributes, type }]) => {
      const others = after?.get(address);
      const changes = others ? attributeChanges(attributes, others.attributes, '') : [];
      if (changes.length === 0) return [];
      const paths = changes.map(({ attribute }) => attribute);
      return { address, attributes: changes, replacement: replacementOf(type, paths, to.facts.planned?.get(address)) };
    }),
  };
}

const secretAttribute = /(password|secret|access_key|connection_string|sas_token|private_key|value_wo)$/i;
const notShown = '(not shown)';

function attributeChanges(before: unknown, after: unknown, path: string): AttributeChange[] {
  const [left, right] = [before, after].map((value) => (value === undefined ? undefined : JSON.stringify(value)));
  if (left === right) return [];
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => attributeChanges(before[key], after[key], path === '' ? key : `${path}.${key}`));
  }
  // Repeated blocks, as many before as after: their arguments rather than all of them at once.
  if (areBlocks(before) && areBlocks(after) && before.length === after.length)
    return before.flatMap((block, index) => attributeChanges(block, after[index], `${path}.${index}`));
  // A reference names a secret and is none.
  const shown = (text: string | undefined) =>
    text !== undefined && secretAttribute.test(path) && !/^"(\$\{|@Microsoft)/.test(text) ? notShown : text;
  return [{ attribute: path, before: shown(left), after: shown(right) }];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const areBlocks = (value: unknown): value is Record<string, unknown>[] => Array.isArray(value) && value.every(isRecord);
