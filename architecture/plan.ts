import { InputError } from '../inputError';
import { listAt, objectAt, PlanReferences, scopeOf } from './planConfiguration';
import {
  afterApply,
  isObject,
  type JsonObject,
  type PlannedChange,
  sensitive,
  type TerraformDocument,
  type TerraformResource,
} from './terraform';

/** Whether JSON is what `terraform show -json` prints of a plan, rather than a configuration. */
export const isPlan = (json: unknown): json is JsonObject =>
  isObject(json) && typeof json.format_version === 'string' && ('planned_values' in json || 'resource_changes' in json);

/** Whether JSON is what `terraform show -json` prints of a state. */
export const isState = (json: unknown): json is JsonObject =>
  isObject(json) && typeof json.format_version === 'string' && 'terraform_version' in json && !isPlan(json);

interface Planned {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly module: string;
  readonly values: JsonObject;
  readonly sensitive: unknown;
}

/**
 * Reads the JSON of a plan: what will be there after apply, modules included. What is known only after apply stands as
 * the reference that the configuration makes there, so that links are followed as in a configuration; a sensitive value
 * is never looked at.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export function indexPlan(json: JsonObject, source: string): TerraformDocument {
  const planned = plannedIn(objectAt(json, 'planned_values', 'root_module'), '');
  if (planned.length === 0)
    throw new InputError(
      `${source} is a plan after which no resource exists: it is empty, or destroys all. There is nothing to assess.`,
    );
  const changes = new Map(
    listAt(json, 'resource_changes').flatMap((item): [string, JsonObject][] => {
      const { address, change } = objectAt(item);
      return typeof address === 'string' && isObject(change) ? [[address, change]] : [];
    }),
  );
  const references = new PlanReferences(instancesOf(planned));
  const root = objectAt(json, 'configuration', 'root_module');
  const known = knownNames(planned);
  const resources = planned.map((one) => resourceOf(one, changes.get(one.address), root, references, known));
  return {
    resources,
    byAddress: new Map(resources.map((resource) => [resource.address, resource])),
    locals: {},
    modules: [],
    planned: new Map([...changes].map(([address, change]) => [address, plannedChange(change)])),
  };
}

function plannedIn(module: JsonObject, path: string): Planned[] {
  const own = listAt(module, 'resources').flatMap((item): Planned[] => {
    const { address, mode, type, name, values, sensitive_values } = objectAt(item);
    return mode === 'managed' && typeof address === 'string' && typeof type === 'string' && typeof name === 'string'
      ? [{ address, type, name, module: path, values: objectAt(values), sensitive: sensitive_values }]
      : [];
  });
  const children = listAt(module, 'child_modules').flatMap((item) => {
    const { address } = objectAt(item);
    return typeof address === 'string' ? plannedIn(objectAt(item), address) : [];
  });
  return [...own, ...children];
}

/** Addresses of instances by the address without its key; of module instances by `module ` and theirs. */
function instancesOf(planned: readonly Planned[]): Map<string, string[]> {
  const instances = new Map<string, string[]>();
  const add = (key: string, value: string) => {
    const list = instances.get(key);
    if (!list) instances.set(key, [value]);
    else if (!list.includes(value)) list.push(value);
  };
  for (const { address, type, name, module } of planned) {
    add([module, `${type}.${name}`].filter(Boolean).join('.'), address);
    if (module !== '') add(`module ${module.replace(/\[(?:"[^"]*"|\d+)\]$/, '')}`, module);
  }
  return instances;
}

/** Ids and host names that are known already, by which one resource may name another. Azure's ids ignore case. */
function knownNames(planned: readonly Planned[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { address, type, values } of planned) {
    if (!type.startsWith('azurerm_')) continue;
    for (const attribute of ['id', 'default_hostname', 'hostname', 'resource_guid', 'fqdn']) {
      const value = values[attribute];
      if (typeof value === 'string' && value.length > 8) names.set(value.toLowerCase(), `\${${address}.${attribute}}`);
    }
    // The name decides the default host, also while the platform has not yet made it.
    if (/_web_app$/.test(type) && typeof values.name === 'string')
      names.set(`${values.name.toLowerCase()}.azurewebsites.net`, `\${${address}.default_hostname}`);
  }
  return names;
}

function resourceOf(
  { address, type, name, module, values, sensitive: secrets }: Planned,
  change: JsonObject | undefined,
  root: JsonObject,
  references: PlanReferences,
  known: ReadonlyMap<string, string>,
): TerraformResource {
  const scope = scopeOf(module, root);
  const configured = configuredIn(scope.configuration).get(`${type}.${name}`);
  const expressions = configured === undefined ? null : objectAt(configured, 'expressions');
  const key = /\[(?:"[^"]*"|\d+)\]$/.exec(address)?.[0] ?? '';
  const refer = (expression: unknown) => {
    const found = references.of(expression, scope, { key, forEach: objectAt(configured).for_each_expression });
    return found.length === 0 ? afterApply : found.map((one) => `\${${one}}`).join(' ');
  };
  const open = change?.after_unknown;
  let body: JsonObject | undefined;
  return {
    address,
    type,
    stated: expressions,
    get body() {
      body ??= objectAt(merged(values, open, secrets, expressions, { refer, known }));
      return body;
    },
    get shown() {
      return objectAt(merged(values, open, secrets, null, { refer: () => afterApply, known: null }));
    },
  };
}

const byModule = new WeakMap<object, ReadonlyMap<string, unknown>>();

/** The resources of a module's configuration by type and name; a plan may have tens of thousands. */
function configuredIn(module: JsonObject): ReadonlyMap<string, unknown> {
  let known = byModule.get(module);
  if (!known) {
    known = new Map(
      listAt(module, 'resources').flatMap((item): [string, unknown][] => {
        const { mode, type, name } = objectAt(item);
        return mode === 'data' ? [] : [[`${String(type)}.${String(name)}`, item]];
      }),
    );
    byModule.set(module, known);
  }
  return known;
}

interface Resolving {
  readonly refer: (expression: unknown) => string;
  readonly known: ReadonlyMap<string, string> | null;
}

/** A planned value with what is open or secret in its place. */
function merged(value: unknown, open: unknown, secret: unknown, expression: unknown, resolving: Resolving): unknown {
  if (secret === true) return sensitive;
  if (open === true) return resolving.refer(expression);
  const inside = (key: string) =>
    [member(value, key), member(open, key), member(secret, key), member(expression, key)] as const;
  if (Array.isArray(value) || Array.isArray(open)) {
    const length = Math.max(lengthOf(value), lengthOf(open));
    return Array.from({ length }, (_, index) => merged(...inside(`${index}`), resolving));
  }
  if (isObject(value) || isObject(open)) {
    const keys = [...new Set([...Object.keys(objectAt(value)), ...Object.keys(objectAt(open))])];
    return Object.fromEntries(keys.map((key) => [key, merged(...inside(key), resolving)]));
  }
  if (typeof value === 'string' && resolving.known)
    return resolving.known.get(value.toLowerCase()) ?? withHost(value, resolving.known);
  return value;
}

/** `rediss://name.redis.azure.net:10000` names a cache by the host inside it. */
function withHost(value: string, known: ReadonlyMap<string, string>): string {
  const host = /^[a-z+]+:\/\/([^/:@]+)/i.exec(value)?.[1] ?? /^([\w.-]+\.[a-z]+)[:,]/i.exec(value)?.[1];
  const reference = host === undefined ? undefined : known.get(host.toLowerCase());
  return host === undefined || reference === undefined ? value : value.replace(host, reference);
}

const lengthOf = (value: unknown) => (Array.isArray(value) ? value.length : 0);

/** A member of a list or an object; `{ references }` stands for the whole of what it describes. */
function member(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, 'references')) return value;
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function plannedChange({ actions, replace_paths }: JsonObject): PlannedChange {
  const texts = Array.isArray(actions) ? actions.filter((item) => typeof item === 'string') : [];
  const paths = Array.isArray(replace_paths) ? replace_paths.filter(Array.isArray) : [];
  return { actions: texts, replacePaths: paths.map((path: unknown[]) => path.map(String).join('.')) };
}
