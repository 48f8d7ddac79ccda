import { templateParts } from './hcl';

/** Settings that become variables of plain Terraform. */

/** What the settings say, as far as they become variables. */
export interface Values {
  readonly host: unknown;
  readonly alertEmail: string;
  readonly runbooks: string;
  readonly deployerAddresses: readonly string[];
  readonly planSku: string;
  readonly redisSku: string;
  readonly maximumInstances: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Variable {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly value: unknown;
  /** Where the value stands: at these arguments as a whole, or anywhere in text. */
  readonly at: 'text' | readonly string[];
}

const offered = (values: Values): Variable[] => [
  {
    name: 'host',
    type: 'string',
    description: 'Host name that users type. Its DNS records must lead here.',
    value: values.host,
    at: 'text',
  },
  {
    name: 'alert_email',
    type: 'string',
    description: 'Who is notified by alerts and autoscale.',
    value: values.alertEmail,
    at: 'text',
  },
  {
    name: 'runbooks',
    type: 'string',
    description: 'Address at which the runbooks are published. Alerts link to them.',
    value: values.runbooks,
    at: 'text',
  },
  {
    name: 'deployer_addresses',
    type: 'list(string)',
    description: 'Public IPv4 addresses or ranges that may reach vault and package storage.',
    value: values.deployerAddresses,
    at: ['azurerm_key_vault.network_acls.ip_rules', 'azurerm_storage_account.network_rules.ip_rules'],
  },
  {
    name: 'plan_sku',
    type: 'string',
    description: 'Size of each App Service plan.',
    value: values.planSku,
    at: ['azurerm_service_plan.sku_name'],
  },
  {
    name: 'redis_sku',
    type: 'string',
    description: 'Size of each Azure Managed Redis.',
    value: values.redisSku,
    at: ['azurerm_managed_redis.sku_name'],
  },
  {
    name: 'maximum_instances',
    type: 'number',
    description: 'Most instances that autoscale may start in a region.',
    value: values.maximumInstances,
    at: ['azurerm_monitor_autoscale_setting.profile.capacity.maximum'],
  },
  {
    name: 'tags',
    type: 'map(string)',
    description: 'On every resource that can carry tags.',
    value: values.tags,
    at: ['*.tags'],
  },
];

/**
 * The settings that may be variables of a document: those of which every use can refer to the variable. Where one also decides
 * something that is written out, such as a DNS record's name or a block for each address, changing it in one place would not be
 * enough, and it stays as it is.
 */
export function variablesOf(values: Values, resources: Readonly<Record<string, unknown>>): Variable[] {
  const text = JSON.stringify(resources);
  const hasRecords = Object.keys(resources).some((type) => /^azurerm_dns_/.test(type));
  return offered(values).filter(({ name, value }) => {
    if (typeof value === 'string' && value.length < 3) return false;
    if (name === 'host') return typeof value === 'string' && !hasRecords && text.includes(value);
    if (name === 'runbooks' || name === 'alert_email') return text.includes(value as string);
    if (name === 'deployer_addresses')
      return !/"ip_address":|"source_address_prefix":"\d/.test(text) || values.deployerAddresses.length === 0;
    if (name === 'redis_sku') return 'azurerm_managed_redis' in resources;
    return true;
  });
}

/** Whether a value at an argument is that of a variable as a whole. @param path as in `azurerm_service_plan.sku_name` */
export const variableAt = (variables: readonly Variable[], path: string, value: unknown): Variable | undefined =>
  variables.find(
    ({ at, value: own }) =>
      at !== 'text' &&
      at.some(
        (place) => place === path || (place.startsWith('*.') && path.split('.').slice(1).join('.') === place.slice(2)),
      ) &&
      sorted(own) === sorted(value),
  );

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );

/** Text in which variables stand for their values, and `var` for the local values that have become variables. */
export function withVariables(text: string, variables: readonly Variable[]): string {
  const names = new Set(variables.map(({ name }) => name));
  const inText = variables.filter(({ at }) => at === 'text');
  return templateParts(text)
    .map((part) =>
      part.kind === 'expression'
        ? `\${${part.text.replace(/\blocal\.(\w+)/g, (found, name: string) => (names.has(name) ? `var.${name}` : found))}}`
        : inText.reduce((said, { name, value }) => said.replaceAll(value as string, `\${var.${name}}`), part.text),
    )
    .join('');
}
