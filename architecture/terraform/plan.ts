import { InputError } from '../../inputError';
import type { PlannedChange, TerraformDocument, TerraformResource } from './document';
import { afterApply, sensitiveFrom } from './expression';
import { isObject, type JsonObject } from './json';
import { lastKey, listAt, objectAt, PlanReferences, scopeOf } from './planConfiguration';

/** Whether JSON is what `terraform show -json` prints of a plan, rather than a configuration. */
export const isPlan = (json: unknown): json is JsonObject =>
  isObject(json) && typeof json.format_version === 'string' && ('planned_values' in json || 'resource_changes' in json);

/** Whether JSON is what `terraform show -json` prints of a state. */
export const isState = (json: unknown): json is JsonObject =>
  isObject(json) && typeof json.format_version === 'string' && 'terraform_version' in json && !isPlan(json);

interface Planned {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly module: string;
  readonly values: JsonObject;
  readonly sensitive: unknown;
}

/**
 * Reads the JSON of a plan: what will exist after apply, modules included. In place of a value that is known only after
 * apply is the reference that the configuration makes there, so that links are followed as in a configuration. A sensitive
 * value is never read.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export function readPlan(json: JsonObject, source: string): TerraformDocument {
  if (json.errored === true)
    throw new InputError(
      `${source} is a plan that ended in an error, so it holds only a part. Fix what terraform plan reports, and plan again.`,
    );
  const planned = plannedIn(objectAt(json, 'planned_values', 'root_module'), '', 'managed');
  if (planned.length === 0)
    throw new InputError(
      `${source} is a plan after which no resource exists: it is empty, or destroys all. There is nothing to assess.`,
    );
  const changes = new Map(
    listAt(json, 'resource_changes').flatMap((item): [string, JsonObject][] => {
      const { address, change, deposed } = objectAt(item);
      // A deposed object is destroyed in any case; the address means the object that replaces it.
      return typeof address === 'string' && isObject(change) && deposed === undefined ? [[address, change]] : [];
    }),
  );
  // Data sources are not planned, but ids in the plan come from them.
  const looked = plannedIn(objectAt(json, 'prior_state', 'values', 'root_module'), '', 'data');
  const all = [...planned, ...looked];
  const references = new PlanReferences(instancesOf(all));
  const root = objectAt(json, 'configuration', 'root_module');
  const known = knownNames(all);
  const [resources, data] = [planned, looked].map((list) =>
    list.map((one) => resourceOf(one, changes.get(one.address), root, references, known)),
  ) as [TerraformResource[], TerraformResource[]];
  return {
    resources,
    byAddress: new Map([...data, ...resources].map((resource) => [resource.address, resource])),
    locals: {},
    // A plan with -target, or with actions that wait for another plan.
    elsewhere: json.complete === false ? ['the part that this plan leaves out'] : [],
    defaultsFilledIn: true,
    planned: new Map([...changes].map(([address, change]) => [address, plannedChange(change)])),
  };
}

function plannedIn(module: JsonObject, path: string, mode: Planned['mode']): Planned[] {
  const own = listAt(module, 'resources').flatMap((item): Planned[] => {
    const { address, mode: own, type, name, values, sensitive_values } = objectAt(item);
    return own === mode && typeof address === 'string' && typeof type === 'string' && typeof name === 'string'
      ? [{ address, mode, type, name, module: path, values: objectAt(values), sensitive: sensitive_values }]
      : [];
  });
  const children = listAt(module, 'child_modules').flatMap((item) => {
    const { address } = objectAt(item);
    return typeof address === 'string' ? plannedIn(objectAt(item), address, mode) : [];
  });
  return [...own, ...children];
}

/** Addresses of instances by the address without its key; of module instances by `module ` and theirs. */
function instancesOf(planned: readonly Planned[]): Map<string, string[]> {
  const instances = new Map<string, Set<string>>();
  const add = (key: string, value: string) => {
    const known = instances.get(key);
    if (known) known.add(value);
    else instances.set(key, new Set([value]));
  };
  for (const { address, mode, type, name, module } of planned) {
    add([module, mode === 'data' ? 'data' : '', `${type}.${name}`].filter(Boolean).join('.'), address);
    if (module !== '') add(`module ${module.slice(0, module.length - lastKey(module).length)}`, module);
  }
  return new Map([...instances].map(([key, values]) => [key, [...values]]));
}

const ambiguous = '';

/** Ids, host names and addresses that are known already, by which one resource may name another. Azure's ids ignore case. */
function knownNames(planned: readonly Planned[]): Map<string, string> {
  const names = new Map<string, string>();
  const add = (name: unknown, reference: string) => {
    if (typeof name !== 'string' || name.length <= 8) return;
    const key = name.toLowerCase();
    // A name that two resources share identifies neither.
    names.set(key, names.has(key) && names.get(key) !== reference ? ambiguous : reference);
  };
  for (const { address, type, values } of planned) {
    if (!type.startsWith('azurerm_')) continue;
    for (const attribute of ['id', 'default_hostname', 'default_site_hostname', 'hostname', 'resource_guid', 'fqdn'])
      add(values[attribute], `\${${address}.${attribute}}`);
    // The name decides the default host name before the app exists.
    if (/^azurerm_(\w+_web_app|app_service)$/.test(type) && typeof values.name === 'string')
      add(
        `${values.name}.azurewebsites.net`,
        `\${${address}.${type === 'azurerm_app_service' ? 'default_site_hostname' : 'default_hostname'}}`,
      );
    if (type === 'azurerm_private_endpoint')
      for (const connection of listAt(values, 'private_service_connection'))
        add(objectAt(connection).private_ip_address, `\${${address}.private_service_connection}`);
  }
  for (const [name, reference] of names) if (reference === ambiguous) names.delete(name);
  return names;
}

function resourceOf(
  { address, mode, type, name, module, values, sensitive }: Planned,
  change: JsonObject | undefined,
  root: JsonObject,
  references: PlanReferences,
  known: ReadonlyMap<string, string>,
): TerraformResource {
  const scope = scopeOf(module, root);
  const configured = mode === 'data' ? undefined : configuredIn(scope.configuration).get(`${type}.${name}`);
  const expressions = configured === undefined ? null : objectAt(configured, 'expressions');
  const key = lastKey(address);
  const refer = (expression: unknown) =>
    references.of(expression, scope, { key, forEach: objectAt(configured).for_each_expression });
  const open = change?.after_unknown;
  const secrets = [sensitive, change?.after_sensitive];
  let body: JsonObject | undefined;
  return {
    address,
    type,
    stated: expressions,
    ignoredChanges: { unknown: `${address}.lifecycle is not shown by a plan` },
    multiplied: null,
    conditional: null,
    get body() {
      body ??= objectAt(merged(values, open, secrets, expressions, { refer, known, own: `\${${address}.` }));
      return body;
    },
    get shown() {
      return objectAt(merged(values, open, secrets, null, { refer: () => [], known: null, own: '' }));
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
  /** What an expression refers to, as `address.attribute`. */
  readonly refer: (expression: unknown) => readonly string[];
  readonly known: ReadonlyMap<string, string> | null;
  /** How a reference to the resource itself begins: its own name is not a link. */
  readonly own: string;
}

/** A planned value, with references in place of what is unknown or secret. */
function merged(
  value: unknown,
  open: unknown,
  secrets: readonly unknown[],
  expression: unknown,
  resolving: Resolving,
): unknown {
  if (secrets.includes(true)) return sensitiveFrom(resolving.refer(expression));
  if (open === true) {
    const found = resolving.refer(expression);
    return found.length === 0 ? afterApply : found.map((one) => `\${${one}}`).join(' ');
  }
  if (open === undefined && !resolving.known && secrets.every((secret) => secret === undefined)) return value;
  const inside = (key: string) =>
    [
      member(value, key),
      member(open, key),
      secrets.map((secret) => member(secret, key)),
      member(expression, key),
    ] as const;
  if (Array.isArray(value) || Array.isArray(open)) {
    const length = Math.max(lengthOf(value), lengthOf(open));
    return Array.from({ length }, (_, index) => merged(...inside(`${index}`), resolving));
  }
  if (isObject(value) || isObject(open)) {
    const keys = [...new Set([...Object.keys(objectAt(value)), ...Object.keys(objectAt(open))])];
    return Object.fromEntries(keys.map((key) => [key, merged(...inside(key), resolving)]));
  }
  if (typeof value !== 'string' || !resolving.known) return value;
  const name = resolving.known.get(value.toLowerCase());
  return name?.startsWith(resolving.own) ? value : (name ?? withHost(value, resolving.known));
}

/** `rediss://name.redis.azure.net:10000` names a cache by the host inside it. */
function withHost(value: string, known: ReadonlyMap<string, string>): string {
  const host = /^[a-z+]+:\/\/([^/:@]+)/i.exec(value)?.[1] ?? /^([\w.-]+\.[a-z]+)[:,]/i.exec(value)?.[1];
  const reference = host === undefined ? undefined : known.get(host.toLowerCase());
  return host === undefined || reference === undefined ? value : value.replace(host, reference);
}

const lengthOf = (value: unknown) => (Array.isArray(value) ? value.length : 0);

/** A member of a list or an object; `{ references }` describes all of its members at once. */
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
