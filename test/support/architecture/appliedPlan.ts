/**
 * Plans that Terraform makes of a configuration, in shapes taken from Terraform 1.11 with azurerm 4.79: sets are in another
 * order, and a map in which one value is not known is planned as unknown altogether.
 */

import { isSetBlock } from '../../../architecture/terraform/setBlocks';

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Resources that have the id of the one that they are about, by the argument that names it. */
const aboutAnother: Readonly<Record<string, string>> = {
  azurerm_subnet_network_security_group_association: 'subnet_id',
  azurerm_managed_redis_geo_replication: 'managed_redis_id',
  azurerm_storage_account_network_rules: 'storage_account_id',
};
/** What Terraform keeps to itself. */
const meta = [
  'lifecycle',
  'depends_on',
  'provider',
  '//',
  'count',
  'for_each',
  'provisioner',
  'connection',
  'timeouts',
];

/** The plan of a configuration that is applied already: every value is known. */
export const appliedPlan = (configuration: Json): Json => planOf(configuration, true);

/** The plan of a configuration of which nothing exists: what the provider computes is not known. */
export const freshPlan = (configuration: Json): Json => planOf(configuration, false);

/** Stands for a value that is known only after apply. */
const open = '(known after apply)';

function planOf({ resource, data, locals }: Json, applied: boolean): Json {
  const managed = listed(resource as Json, 'managed');
  const looked = listed((data ?? {}) as Json, 'data');
  const all = new Map([...managed, ...looked].map((one) => [one.address, one]));
  const settle = (value: unknown, depth = 0): unknown => {
    if (Array.isArray(value)) return value.map((item) => settle(item, depth));
    if (isObject(value))
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, settle(item, depth)]));
    if (typeof value !== 'string' || depth > 5) return value;
    const text = value.replace(/\$\{([^{}]*)\}/g, (_, inner: string) => {
      const [, address = '', attribute = ''] = /^((?:data\.)?\w+\.[\w-]+)\.([\s\S]+)$/.exec(inner) ?? [];
      const local = /^local\.(\w+)$/.exec(inner)?.[1];
      if (local !== undefined) return String(settle((locals as Json)?.[local], depth + 1));
      const found = all.get(address);
      if (!found) return applied ? `value-of(${inner})` : open;
      if (!applied && typeof found.body[attribute] !== 'string') return open;
      if (attribute === 'id') return idOf(found);
      if (/default_(site_)?hostname$/.test(attribute)) return `${settle(found.body.name, depth + 1)}.azurewebsites.net`;
      const own = found.body[attribute];
      return typeof own === 'string' ? String(settle(own, depth + 1)) : `${attribute}-of-${address}.example`;
    });
    return text.includes(open) ? open : text;
  };
  const idOf = ({ address, type, body }: Listed): string => {
    const subject = aboutAnother[type];
    return subject === undefined
      ? `/subscriptions/0000/resourceGroups/rg/providers/${address.replaceAll('.', '/')}`
      : String(settle(body[subject]));
  };
  const valuesOf = (one: Listed) => ({
    ...(shuffled(one.type, settle(argumentsOf(one.body))) as Json),
    ...(applied ? computedOf(one) : { id: open }),
  });
  const computedOf = (one: Listed) => ({
    id: idOf(one),
    ...(/web_app$/.test(one.type) ? { default_hostname: `${settle(one.body.name)}.azurewebsites.net` } : {}),
    ...(/redis$/.test(one.type) ? { hostname: `hostname-of-${one.address}.example` } : {}),
    ...(/profile$/.test(one.type) ? { resource_guid: `resource_guid-of-${one.address}.example` } : {}),
  });
  const shown = (list: readonly Listed[]) =>
    list.map((one) => ({ ...identity(one), values: parted(valuesOf(one)).known, sensitive_values: {} }));
  return {
    format_version: '1.2',
    terraform_version: '1.14.0',
    planned_values: { root_module: { resources: shown(managed) } },
    prior_state: { values: { root_module: { resources: shown(looked) } } },
    resource_changes: managed.map((one) => ({
      ...identity(one),
      change: { actions: [applied ? 'no-op' : 'create'], after_unknown: parted(valuesOf(one)).unknown ?? {} },
    })),
    configuration: {
      root_module: {
        resources: [...managed, ...looked].map((one) => ({
          ...identity(one),
          expressions: Object.fromEntries(
            Object.entries(argumentsOf(one.body)).map(([key, value]) => [key, expressionOf(value)]),
          ),
        })),
      },
    },
  };
}

interface Listed {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly body: Json;
}

const identity = ({ address, mode, type, name }: Listed) => ({ address, mode, type, name });

const listed = (types: Json, mode: string): Listed[] =>
  Object.entries(types).flatMap(([type, named]) =>
    Object.entries(named as Json).map(([name, body]) => ({
      address: `${mode === 'data' ? 'data.' : ''}${type}.${name}`,
      mode,
      type,
      name,
      body: body as Json,
    })),
  );

const argumentsOf = (body: Json): Json =>
  Object.fromEntries(Object.entries(body).filter(([key]) => !meta.includes(key)));

/** A value as a plan has it: what is known, and of the same shape what is not. */
function parted(value: unknown, name = ''): { known: unknown; unknown: unknown } {
  if (value === open || (isMap(name) && JSON.stringify(value ?? '').includes(open)))
    return { known: undefined, unknown: true };
  if (Array.isArray(value)) {
    const items = value.map((item) => parted(item));
    return { known: items.map(({ known }) => known ?? null), unknown: items.map((item) => item.unknown ?? false) };
  }
  if (!isObject(value)) return { known: value, unknown: undefined };
  const members = Object.entries(value).map(([key, item]) => [key, parted(item, key)] as const);
  const some = (part: 'known' | 'unknown') =>
    Object.fromEntries(members.flatMap(([key, item]) => (item[part] === undefined ? [] : [[key, item[part]]])));
  return { known: some('known'), unknown: some('unknown') };
}

const isMap = (name: string) => /^(app_settings|tags)$/.test(name);

/** A plan has every nested block as a list. */
function shuffled(type: string, value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (Array.isArray(item) && item.every(isObject)) {
        const inner = item.map((one) => shuffled(type, one));
        return [key, isSetBlock(type, key) ? inner.reverse() : inner];
      }
      return [key, isObject(item) && !isMap(key) ? [shuffled(type, item)] : item];
    }),
  );
}

function expressionOf(value: unknown): unknown {
  const texts = JSON.stringify(value).match(/\$\{[^{}]*\}/g) ?? [];
  if (texts.length === 0) return { constant_value: value };
  if (Array.isArray(value) && value.every(isObject))
    return value.map((one) => Object.fromEntries(Object.entries(one).map(([key, item]) => [key, expressionOf(item)])));
  return { references: texts.map((text) => text.slice(2, -1)) };
}
