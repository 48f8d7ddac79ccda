import fs from 'node:fs';
import path from 'node:path';
import { root } from '../../support/commands/command';
import { at, type Block, everyVariant, inZone, type Terraform, texts } from './stack';

const tags = { 'cost-centre': '42', owner: 'shop team' };
const variants = [...everyVariant({ ...inZone, tags })];
const union = variants.flatMap(([label, terraform]) =>
  [...terraform.resources].map(([address, block]) => ({
    label,
    address,
    type: address.split('.')[0] as string,
    block,
  })),
);

/** Types that azurerm 4.79 gives no `tags`. */
const untaggable = [
  'azurerm_app_service_custom_hostname_binding',
  'azurerm_cdn_frontdoor_custom_domain',
  'azurerm_cdn_frontdoor_custom_domain_association',
  'azurerm_cdn_frontdoor_origin',
  'azurerm_cdn_frontdoor_origin_group',
  'azurerm_cdn_frontdoor_route',
  'azurerm_cdn_frontdoor_security_policy',
  'azurerm_managed_redis_access_policy_assignment',
  'azurerm_managed_redis_geo_replication',
  'azurerm_monitor_diagnostic_setting',
  'azurerm_network_security_rule',
  'azurerm_role_assignment',
  'azurerm_storage_container',
  'azurerm_subnet',
  'azurerm_subnet_network_security_group_association',
];

describe('tags of the settings', () => {
  test('are on every resource that can carry them', () => {
    const without = union.filter(({ type, block }) => !untaggable.includes(type) && !sameTags(block.tags));
    expect(without.map(({ label, address }) => `${label}: ${address}`)).toEqual([]);
    expect(union.filter(({ block }) => sameTags(block.tags)).length).toBeGreaterThan(100);
  });

  test('are on no list of exceptions that is longer than what is declared', () => {
    const declared = new Set(union.map(({ type }) => type));
    expect(untaggable.filter((type) => !declared.has(type))).toEqual([]);
  });

  const schema = path.join(root, '..', 'shared', 'terraform-validate', 'azurerm-4.79.0.schema.json');
  const there = fs.existsSync(schema);
  if (!there)
    process.stderr.write(`SKIPPED: ${schema} is not here, so the list of untaggable types was not checked.\n`);
  (there ? test : test.skip)('cannot be on the exceptions, as the schema of azurerm says', () => {
    interface Schema {
      readonly resource_schemas: Record<string, { readonly block: { readonly attributes: Block } }>;
    }
    const { resource_schemas: types } = JSON.parse(fs.readFileSync(schema, 'utf8')) as Schema;
    const declared = [...new Set(union.map(({ type }) => type))];
    expect(declared.filter((type) => !('tags' in (types[type]?.block.attributes ?? {}))).toSorted()).toEqual(
      untaggable,
    );
  });
});

/** Types with categories in Azure Monitor, each with what of it is watched. */
const diagnosed: Record<string, readonly string[]> = {
  azurerm_application_gateway: [''],
  azurerm_cdn_frontdoor_profile: [''],
  azurerm_key_vault: [''],
  azurerm_linux_web_app: [''],
  azurerm_linux_web_app_slot: [''],
  azurerm_managed_redis: ['', '/databases/default'],
  azurerm_monitor_autoscale_setting: [''],
  azurerm_network_security_group: [''],
  azurerm_public_ip: [''],
  azurerm_service_plan: [''],
  azurerm_storage_account: ['/blobServices/default'],
  azurerm_virtual_network: [''],
};

describe.each(variants)('%s', (_, terraform) => {
  test('sends the logs of everything that has any to a workspace of its own region', () => {
    const expected = Object.entries(diagnosed).flatMap(([type, parts]) =>
      [...terraform.all(type).keys()].flatMap((address) => parts.map((part) => `\${${address}.id}${part}`)),
    );
    const settings = terraform.blocks('azurerm_monitor_diagnostic_setting');
    expect(settings.map((one) => one.target_resource_id as string).toSorted()).toEqual(expected.toSorted());
    for (const { target_resource_id: target, log_analytics_workspace_id: workspace } of settings)
      expect(scopeOf(workspace)).toBe(scopeOf(target));
  });

  test('alerts about each app, plan, gateway, cache, vault and Front Door by itself, in its own group', () => {
    const watchedTypes = [
      'linux_web_app',
      'service_plan',
      'application_gateway',
      'managed_redis',
      'key_vault',
      'cdn_frontdoor_profile',
    ];
    const watched = watchedTypes.flatMap((type) => [...terraform.all(`azurerm_${type}`).keys()]);
    const alerts = terraform.blocks('azurerm_monitor_metric_alert').filter(({ criteria }) => criteria !== undefined);
    expect([...new Set(alerts.flatMap(({ scopes }) => scopes as string[]))].toSorted()).toEqual(
      watched.map((address) => `\${${address}.id}`).toSorted(),
    );
    for (const { scopes, name, severity, description, action, resource_group_name } of alerts) {
      expect(scopes).toHaveLength(1);
      expect([1, 2, 3]).toContain(severity);
      expect(description).toMatch(/Runbook: https:\/\//);
      expect(scopeOf(at(action, '0.action_group_id'))).toBe(scopeOf((scopes as string[])[0]));
      expect(scopeOf(resource_group_name)).toBe(scopeOf((scopes as string[])[0]));
      expect(name).toMatch(/-(global|swedencentral|northeurope)$/);
    }
  });

  test('puts no key, password, secret or connection string into app settings', () => {
    for (const type of ['azurerm_linux_web_app', 'azurerm_linux_web_app_slot'])
      for (const site of terraform.blocks(type))
        for (const [name, value] of Object.entries(site.app_settings as Record<string, string>)) {
          if (name === 'APPLICATIONINSIGHTS_CONNECTION_STRING') {
            // No credential: the instance that it names takes telemetry from an identity only.
            const [, address] = /^\$\{(.*)\.connection_string\}$/.exec(value) ?? [];
            expect(terraform.resources.get(address ?? '')?.local_authentication_disabled).toBe(true);
          } else if (/SECRET|PASSWORD|KEY/.test(name)) {
            expect(value).toMatch(
              /^@Microsoft\.KeyVault\(SecretUri=\$\{azurerm_key_vault_secret\.\w+\.versionless_id\}\)$/,
            );
          } else {
            expect(value).not.toMatch(/connection_string|access_key|password|AccountKey=|SharedAccess|sig=|\.value\b/i);
          }
        }
  });

  test('holds no value of a secret, and reads no key of a service', () => {
    for (const secret of terraform.blocks('azurerm_key_vault_secret')) {
      expect(secret).not.toHaveProperty('value');
      expect(secret.value_wo).toMatch(/^\$\{(sha512\(|ephemeral\.)/);
    }
    const read = /\.(primary|secondary)_\w*(key|connection_string)|site_credential|instrumentation_key/;
    expect(texts(terraform.json).filter((text) => read.test(text))).toEqual([]);
  });

  test('allows public traffic only where the entry needs it', () => {
    const publicly = [...terraform.resources].filter(([, block]) => opensToAll(block)).map(([address]) => address);
    const expected = terraform.types.includes('azurerm_cdn_frontdoor_profile')
      ? []
      : terraform.types.includes('azurerm_application_gateway')
        ? []
        : ['azurerm_linux_web_app', 'azurerm_linux_web_app_slot'];
    expect(publicly.map((address) => address.split('.')[0])).toEqual(expected);
    expect(terraform.all('azurerm_public_ip').size).toBe(terraform.all('azurerm_application_gateway').size);
  });

  test('has no circular dependency', () => {
    for (const address of terraform.resources.keys()) expect(terraform.before(address)).not.toContain(address);
  });
});

// https://learn.microsoft.com/azure/azure-monitor/reference/supported-logs/microsoft-web-sites-slots-logs: a slot has the
// categories of an app, and a swap does not carry the setting over. See also Azure/Community-Policy#447.
test('a slot sends its logs, too', () => {
  const targets = (terraform: Terraform) => texts(terraform.blocks('azurerm_monitor_diagnostic_setting'));
  for (const [, terraform] of variants)
    for (const slot of terraform.all('azurerm_linux_web_app_slot').keys())
      expect(targets(terraform)).toContain(`\${${slot}.id}`);
});

function sameTags(given: unknown): boolean {
  return JSON.stringify(given) === JSON.stringify(tags);
}

/** Region that a reference belongs to; Front Door is nobody's. The gateway is in the first. */
function scopeOf(reference: unknown): string {
  const [, name = ''] = /\$\{azurerm_\w+\.(\w+)\./.exec(String(reference)) ?? [];
  if (name.startsWith('front_door')) return 'global';
  return name.startsWith('gateway') ? 'swedencentral' : (name.split('_')[0] ?? '');
}

function opensToAll(block: Block): boolean {
  const open = block.public_network_access_enabled === true || block.public_network_access === 'Enabled';
  const closedBy = [
    at(block, 'network_acls.default_action'),
    at(block, 'network_rules.default_action'),
    at(block, 'site_config.ip_restriction_default_action'),
  ];
  return open && !closedBy.includes('Deny' as unknown as Block);
}

// CDKTF would make outputs and remote states of references into another stack; here the stack says that there are none.
test.each(variants)('%s refers to nothing that it does not declare', (_, { json }) => {
  const section = (name: string) => (json[name] ?? {}) as Record<string, Record<string, unknown>>;
  const typed = (name: string, prefix: string) =>
    Object.entries(section(name)).flatMap(([type, named]) =>
      Object.keys(named).map((each) => `${prefix}${type}.${each}`),
    );
  const declared = [
    ...typed('resource', ''),
    ...typed('data', 'data.'),
    ...typed('ephemeral', 'ephemeral.'),
    ...Object.keys(section('locals')).map((name) => `local.${name}`),
  ];
  const referred = [...texts(json)].flatMap((text) =>
    [...text.matchAll(/\$\{[^}]*\}/g)].flatMap(([expression]) =>
      [...expression.matchAll(/(?<![.\w"])(?:data\.|ephemeral\.)?azurerm_\w+\.\w+|(?<![.\w"])local\.\w+/g)].map(String),
    ),
  );
  expect(referred.length).toBeGreaterThan(50);
  expect(referred.filter((address) => !declared.includes(address))).toEqual([]);
});
