import { isObject, type JsonObject } from './json';

/** A module's part of a plan's `configuration`, and the module's address. */
export interface ModuleScope {
  readonly configuration: JsonObject;
  /** As in `module.web["weu"]`; empty: the root. */
  readonly path: string;
  readonly parent: ModuleScope | null;
}

export const objectAt = (value: unknown, ...path: string[]): JsonObject => {
  let found: unknown = value;
  for (const part of path) found = isObject(found) && Object.hasOwn(found, part) ? found[part] : undefined;
  return isObject(found) ? found : {};
};
export const listAt = (value: JsonObject, name: string): unknown[] => (Array.isArray(value[name]) ? value[name] : []);

const key = '\\[(?:"(?:[^"\\\\]|\\\\.)*"|\\d+)\\]';
const anyKey = new RegExp(key, 'g');
const finalKey = new RegExp(`${key}$`);
const withoutKeys = (address: string) => address.replace(anyKey, '');
/** The key of an instance, as in `["weu"]`; empty: it has none. */
export const lastKey = (address: string): string => finalKey.exec(address)?.[0] ?? '';
const callName = (path: string) => withoutKeys(path).split('.').at(-1) ?? '';

/** The scope of a module instance, found by walking down from the root. */
export function scopeOf(path: string, root: JsonObject): ModuleScope {
  let scope: ModuleScope = { configuration: root, path: '', parent: null };
  for (const [part] of path.matchAll(/module\.[\w-]+(?:\[(?:"[^"]*"|\d+)\])?/g)) {
    const configuration = objectAt(scope.configuration, 'module_calls', callName(part), 'module');
    scope = { configuration, path: scope.path === '' ? part : `${scope.path}.${part}`, parent: scope };
  }
  return scope;
}

/** Finds what a plan's references name, through the variables and outputs of modules. Locals are not in a plan. */
export class PlanReferences {
  /**
   * @param instances addresses of instances by their address without the last key
   * @param settledBy the value of a reference such as `each.value.plan`, as far as the plan shows it
   */
  constructor(
    private readonly instances: ReadonlyMap<string, readonly string[]>,
    private readonly settledBy: (reference: string, scope: ModuleScope, owner: Owner) => unknown = () => undefined,
  ) {}

  /**
   * @param expression as the plan has it: `{ references: ['azurerm_service_plan.big.id', 'azurerm_service_plan.big'] }`
   * @param owner the resource or module call that refers: its key, as in `["weu"]`, and what its `for_each` runs over
   * @returns `address.attribute` of each resource that it can mean
   */
  of(expression: unknown, scope: ModuleScope, owner: Owner, depth = 8, keyed = false): string[] {
    if (depth === 0) return [];
    const texts = listAt(objectAt(expression), 'references').filter((item) => typeof item === 'string');
    // Terraform lists `a.b["k"].id`, `a.b["k"]` and `a.b` for one reference: the longest is enough.
    const longer = (text: string, other: string) => other.startsWith(`${text}.`) || other.startsWith(`${text}[`);
    const whole = texts.filter((text) => !texts.some((other) => longer(text, other)));
    const key = keyed
      ? owner.key
      : (whole.map((text) => this.indexOf(text, scope, owner)).find((index) => index !== null) ?? '');
    const found = whole.flatMap((text) =>
      this.one(text, scope, text.startsWith('each.') ? owner : { ...owner, key }, depth),
    );
    return [...new Set(found)];
  }

  private one(text: string, scope: ModuleScope, owner: Owner, depth: number): string[] {
    const inData = text.startsWith('data.');
    const [first = '', second = '', third] =
      text.slice(inData ? 5 : 0).match(/[\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])?/g) ?? [];
    if (first === 'each')
      return second === 'value'
        ? this.of(owner.forEach, scope, { key: owner.key, forEach: undefined }, depth - 1, true)
        : [];
    if (first === 'var') return this.variable(withoutKeys(second), scope, depth);
    if (first === 'module') return this.outputs(second, third, scope, owner.key, depth);
    if (!first.includes('_')) return [];
    const base = [scope.path, inData ? 'data' : '', `${first}.${withoutKeys(second)}`].filter(Boolean).join('.');
    return ofKey(this.instances.get(base) ?? [], lastKey(second) || owner.key).map(
      (address) => `${address}.${third ?? 'id'}`,
    );
  }

  private variable(name: string, { parent, path }: ModuleScope, depth: number): string[] {
    if (!parent) return [];
    const call = objectAt(parent.configuration, 'module_calls', callName(path));
    const key = lastKey(path);
    return this.of(objectAt(call, 'expressions')[name], parent, { key, forEach: call.for_each_expression }, depth - 1);
  }

  /** With a key that is not a literal, the plan does not say which output is meant: it may be any of them. */
  private outputs(name: string, output: string | undefined, scope: ModuleScope, key: string, depth: number): string[] {
    const path = [scope.path, `module.${name}`].filter(Boolean).join('.');
    const module = objectAt(scope.configuration, 'module_calls', withoutKeys(name), 'module');
    const all = objectAt(module, 'outputs');
    const meant = output === undefined ? Object.values(all) : [all[output]];
    const literalKey = name !== withoutKeys(name);
    const paths = literalKey ? [path] : ofKey(this.instances.get(`module ${path}`) ?? [path], key);
    return paths.flatMap((one) =>
      meant.flatMap((value) =>
        this.of(objectAt(value).expression, { configuration: module, path: one, parent: scope }, nobody, depth - 1),
      ),
    );
  }

  /**
   * The key that belongs to another reference of the same list, since `plan[each.key].id` is listed as `plan` and
   * `each.key`; null: this reference gives no key. Where the plan does not show the value of `each.value`, it is taken for
   * the key of a set, which is its value.
   */
  private indexOf(reference: string, scope: ModuleScope, owner: Owner): string | null {
    if (reference === 'each.key' || reference === 'count.index') return owner.key;
    if (!/^each\.value(\.|$)/.test(reference)) return null;
    const value = this.settledBy(reference, scope, owner);
    if (typeof value === 'string' || typeof value === 'number') return `[${JSON.stringify(value)}]`;
    return reference === 'each.value' && value === undefined ? owner.key : null;
  }
}

/** Who refers. */
export interface Owner {
  readonly key: string;
  readonly forEach: unknown;
}

const nobody: Owner = { key: '', forEach: undefined };

/** Those with the same key, since `for_each` over the same map gives equal keys; all of them where none has it. */
function ofKey(addresses: readonly string[], key: string): readonly string[] {
  const bare = (text: string) => text.replace(/^\["?|"?\]$/g, '');
  // A number of `count` is a string when it is the key of a map.
  const same = addresses.filter((address) => key !== '' && bare(lastKey(address)) === bare(key));
  return same.length > 0 ? same : addresses;
}
