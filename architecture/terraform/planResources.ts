import { isObject, type JsonObject } from './json';
import { lastKey, listAt, objectAt } from './planConfiguration';

/** A resource as `terraform show -json` lists it, of a plan or of a state. */
export interface ShownResource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** Address of the module instance that it is in; empty: the root. */
  readonly module: string;
  readonly values: JsonObject;
  /** true, or an object of the shape of the values with true where a value is sensitive. */
  readonly sensitive: unknown;
}

/** The resources of a module and of the modules in it, in the order of the document. */
export function resourcesUnder(module: JsonObject, mode: ShownResource['mode'], path = ''): ShownResource[] {
  const own = listAt(module, 'resources').flatMap((item): ShownResource[] => {
    const { address, mode: own, type, name, values, sensitive_values } = objectAt(item);
    return own === mode && typeof address === 'string' && typeof type === 'string' && typeof name === 'string'
      ? [{ address, mode, type, name, module: path, values: objectAt(values), sensitive: sensitive_values }]
      : [];
  });
  const children = listAt(module, 'child_modules').flatMap((item) => {
    const { address } = objectAt(item);
    return typeof address === 'string' ? resourcesUnder(objectAt(item), mode, address) : [];
  });
  return [...own, ...children];
}

/** Addresses of instances by the address without its key; of module instances by `module ` and theirs. */
export function instancesOf(shown: readonly ShownResource[]): Map<string, string[]> {
  const instances = new Map<string, Set<string>>();
  const add = (key: string, value: string) => {
    const known = instances.get(key);
    if (known) known.add(value);
    else instances.set(key, new Set([value]));
  };
  for (const { address, mode, type, name, module } of shown) {
    add([module, mode === 'data' ? 'data' : '', `${type}.${name}`].filter(Boolean).join('.'), address);
    if (module !== '') add(`module ${module.slice(0, module.length - lastKey(module).length)}`, module);
  }
  return new Map([...instances].map(([key, values]) => [key, [...values]]));
}

const byModule = new WeakMap<object, ReadonlyMap<string, JsonObject>>();

/** The managed resources of a module's configuration by type and name; a plan may have tens of thousands. */
export function configuredIn(module: JsonObject): ReadonlyMap<string, JsonObject> {
  let known = byModule.get(module);
  if (!known) {
    known = new Map(
      listAt(module, 'resources').flatMap((item): [string, JsonObject][] => {
        const { mode, type, name } = objectAt(item);
        return mode === 'data' || !isObject(item) ? [] : [[`${String(type)}.${String(name)}`, item]];
      }),
    );
    byModule.set(module, known);
  }
  return known;
}
