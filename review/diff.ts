import { type Architecture, isUnknown, type Known } from '../architecture/model';

/** One thing that differs, in words. */
export interface FactChange {
  readonly fact: string;
  readonly before: string;
  readonly after: string;
}

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
}

export interface Difference {
  readonly from: string;
  readonly to: string;
  readonly facts: readonly FactChange[];
  /** Terraform addresses that only the second has. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly ResourceChange[];
}

/** What changes from one architecture to another. Turned round, it says the same the other way. */
export function difference(from: Architecture, to: Architecture): Difference {
  const [before, after] = [from, to].map(
    ({ resources }) => new Map(resources.map((one) => [one.address, one.attributes])),
  );
  const addresses = (a: typeof before, b: typeof before) =>
    [...(a?.keys() ?? [])].filter((address) => !b?.has(address));
  return {
    from: from.name,
    to: to.name,
    facts: factsOf(from).flatMap(([fact, value], index) => {
      const other = factsOf(to)[index]?.[1] ?? '';
      return value === other ? [] : { fact, before: value, after: other };
    }),
    added: addresses(after, before),
    removed: addresses(before, after),
    changed: [...(before ?? [])].flatMap(([address, attributes]) => {
      const others = after?.get(address);
      const changes = others ? attributeChanges(attributes, others, '') : [];
      return changes.length > 0 ? { address, attributes: changes } : [];
    }),
  };
}

const say = <T>(value: Known<T>) => (isUnknown(value) ? `cannot tell (${value.unknown})` : String(value));

/** The facts on which an architect chooses, always the same ones in the same order. */
function factsOf({ entry, hostPreserved, affinity, sessions, regions }: Architecture): [string, string][] {
  return [
    ['sessions', say(sessions)],
    ['affinity of App Service', say(affinity.appService)],
    ['affinity of Application Gateway', say(affinity.applicationGateway)],
    ['affinity of Front Door', say(affinity.frontDoor)],
    ['entry', say(entry)],
    ['host name preserved', say(hostPreserved)],
    ['regions', regions.map(({ location, role }) => `${say(location)} (${say(role)})`).join(', ')],
    ['instances', regions.map(({ app }) => say(app.plan.instances)).join(' + ')],
    ['spread over zones', regions.map(({ app }) => say(app.plan.zoneBalanced)).join(' + ')],
  ];
}

function attributeChanges(before: unknown, after: unknown, path: string): AttributeChange[] {
  const [left, right] = [before, after].map((value) => (value === undefined ? undefined : JSON.stringify(value)));
  if (left === right) return [];
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => attributeChanges(before[key], after[key], path === '' ? key : `${path}.${key}`));
  }
  return [{ attribute: path, before: left, after: right }];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
