import { answerTo } from '../../support/stacks/answerTo';
import { at, type Block, inZone, variant } from './stack';

const preserved = variant('zone-redundant', inZone);
const trial = variant('zone-redundant', { domain: 'none', size: 'trial' });
const gatewayOf = (terraform: typeof preserved) => terraform.one('azurerm_application_gateway');
const named = (list: unknown, name: unknown) => (list as Block[]).find((block) => block.name === name) as Block;
const gateway = gatewayOf(preserved);
const appName = '${azurerm_linux_web_app.swedencentral_hosting_app.default_hostname}';

test('the gateway and its address are in all three zones', () => {
  expect(gateway.zones).toEqual(['1', '2', '3']);
  expect(preserved.one('azurerm_public_ip')).toMatchObject({ zones: ['1', '2', '3'], sku: 'Standard' });
});

test('three instances are reserved in production and one in a trial, and autoscale goes up from there', () => {
  expect(gateway.autoscale_configuration).toEqual({ min_capacity: 3, max_capacity: 10 });
  expect(gatewayOf(trial).autoscale_configuration).toEqual({ min_capacity: 1, max_capacity: 2 });
  for (const one of [gateway, gatewayOf(trial)]) expect(one).not.toHaveProperty('sku.capacity');
});

test('the firewall prevents, with the rules against attacks and against bots', () => {
  const policy = preserved.one('azurerm_web_application_firewall_policy');
  expect(policy.policy_settings).toMatchObject({ enabled: true, mode: 'Prevention', request_body_check: true });
  const sets = at<Block[]>(policy, 'managed_rules.managed_rule_set').map(({ type }) => type);
  expect(sets.toSorted()).toEqual(['Microsoft_BotManagerRuleSet', 'Microsoft_DefaultRuleSet']);
  expect(policy).not.toHaveProperty('managed_rules.exclusion');
  expect(gateway.firewall_policy_id).toBe('${azurerm_web_application_firewall_policy.gateway_firewall.id}');
  expect(gateway.sku).toEqual({ name: 'WAF_v2', tier: 'WAF_v2' });
});

test('TLS is 1.2 or newer with forward secrecy, and HTTP/2 is spoken', () => {
  expect(gateway.ssl_policy).toEqual({ policy_type: 'Predefined', policy_name: 'AppGwSslPolicy20220101S' });
  expect(gateway.enable_http2).toBe(true);
});

test('plain HTTP only redirects to HTTPS, permanently and with the same path and query', () => {
  const http = named(gateway.http_listener, 'http');
  expect(named(gateway.frontend_port, http.frontend_port_name).port).toBe(80);
  const rules = (gateway.request_routing_rule as Block[]).filter((rule) => rule.http_listener_name === http.name);
  expect(rules).toHaveLength(1);
  expect(rules[0]).not.toHaveProperty('backend_address_pool_name');
  const redirect = named(gateway.redirect_configuration, rules[0]?.redirect_configuration_name);
  expect(redirect).toMatchObject({ redirect_type: 'Permanent', include_path: true, include_query_string: true });
  const https = named(gateway.http_listener, redirect.target_listener_name);
  expect(https).toMatchObject({ protocol: 'Https', ssl_certificate_name: 'host' });
  expect(named(gateway.frontend_port, https.frontend_port_name).port).toBe(443);
});

test('every name by which one part of the gateway refers to another exists, and priorities differ', () => {
  const lists = {
    frontend_ip_configuration_name: 'frontend_ip_configuration',
    frontend_port_name: 'frontend_port',
    ssl_certificate_name: 'ssl_certificate',
    http_listener_name: 'http_listener',
    target_listener_name: 'http_listener',
    backend_address_pool_name: 'backend_address_pool',
    backend_http_settings_name: 'backend_http_settings',
    redirect_configuration_name: 'redirect_configuration',
    probe_name: 'probe',
  };
  let followed = 0;
  for (const block of Object.values(gateway).flat() as Block[])
    for (const [reference, list] of Object.entries(lists))
      if (block?.[reference] !== undefined) {
        expect(named(gateway[list], block[reference])).toBeDefined();
        followed++;
      }
  expect(followed).toBeGreaterThanOrEqual(11);
  const priorities = (gateway.request_routing_rule as Block[]).map(({ priority }) => priority);
  expect(new Set(priorities).size).toBe(priorities.length);
});

describe('with a domain', () => {
  const settings = named(gateway.backend_http_settings, 'app');
  const probe = named(gateway.probe, 'health');

  test('the host that users typed goes on to the app, and is what the probe asks for', () => {
    expect(settings).not.toHaveProperty('host_name');
    expect(settings).not.toHaveProperty('pick_host_name_from_backend_address');
    expect(probe.host).toBe('shop.contoso.com');
    expect(probe).not.toHaveProperty('pick_host_name_from_backend_http_settings');
  });

  test("TLS to the app asks for the app's own name, for which it has a certificate", () => {
    expect(settings.sni_name).toBe(appName);
    expect(settings.protocol).toBe('Https');
    expect(at(gateway, 'backend_address_pool.0.fqdns')).toEqual([appName]);
  });

  test('the address has no name of Azure, which would lead past the host', () => {
    expect(preserved.one('azurerm_public_ip')).not.toHaveProperty('domain_name_label');
  });
});

describe('without a domain', () => {
  const settings = named(gatewayOf(trial).backend_http_settings, 'app');
  const probe = named(gatewayOf(trial).probe, 'health');

  test("the app's own name replaces the host, in requests, probes and TLS alike", () => {
    expect(settings.pick_host_name_from_backend_address).toBe(true);
    expect(settings).not.toHaveProperty('sni_name');
    expect(probe.pick_host_name_from_backend_http_settings).toBe(true);
    expect(probe).not.toHaveProperty('host');
  });

  test('users find the gateway by a name of Azure, which is in the certificate', () => {
    const { domain_name_label: label } = trial.one('azurerm_public_ip');
    expect(label).toMatch(/^agw-shop-prod-swedencentral-[0-9a-f]{5}$/);
    const names = at(trial.one('azurerm_key_vault_certificate'), 'certificate_policy.x509_certificate_properties');
    expect(at(names, 'subject_alternative_names.dns_names')).toEqual(['${azurerm_public_ip.gateway_public_ip.fqdn}']);
    expect(at(trial.json, 'output.url.value')).toBe('https://${azurerm_public_ip.gateway_public_ip.fqdn}');
  });

  test('no host is bound and none is declared', () => {
    expect(trial.types).not.toContain('azurerm_app_service_custom_hostname_binding');
    expect(at(trial.json, 'locals')).not.toHaveProperty('host');
  });
});

test('the probe wants exactly 200 from the health path, and finds a dead app within half a minute', () => {
  const probe = named(gateway.probe, 'health');
  expect(probe).toMatchObject({ path: '/healthz', protocol: 'Https', match: { status_code: ['200'] } });
  const { interval, unhealthy_threshold: times } = probe as { interval: number; unhealthy_threshold: number };
  expect(interval * times).toBeLessThanOrEqual(30);
  expect(named(gateway.backend_http_settings, 'app').probe_name).toBe('health');
});

test.each([
  ['on', 'Enabled', 'ApplicationGatewayAffinity'],
  ['off', 'Disabled', undefined],
])('affinity %s is written out', (choice, written, cookie) => {
  const one = gatewayOf(variant(`zone-redundant,applicationGateway=${choice}`, inZone));
  const settings = named(one.backend_http_settings, 'app');
  expect([settings.cookie_based_affinity, settings.affinity_cookie_name]).toEqual([written, cookie]);
});

test('the certificate is named without a version, so that the gateway finds a renewed one: made by the vault, or given', () => {
  const id = at<string>(gateway, 'ssl_certificate.0.key_vault_secret_id');
  expect(id).toBe('${azurerm_key_vault_certificate.swedencentral_secrets_certificate.versionless_secret_id}');
  const given = 'https://corp.vault.azure.net/secrets/shop-contoso';
  const own = variant('zone-redundant', { ...inZone, certificate: { keyVaultSecretId: given } });
  expect(at(gatewayOf(own), 'ssl_certificate.0.key_vault_secret_id')).toBe(given);
  expect(own.types).not.toContain('azurerm_key_vault_certificate');
});

describe('a certificate in a vault of your own', () => {
  const keyVaultId = '/subscriptions/2/resourceGroups/rg-corp/providers/Microsoft.KeyVault/vaults/corp';
  const keyVaultSecretId = 'https://corp.vault.azure.net/secrets/shop-contoso';
  const identityId =
    '/subscriptions/1/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/gateway';
  const readBy = (reader: object) =>
    variant('zone-redundant', { ...inZone, certificate: { keyVaultSecretId, ...reader } });

  test("the gateway's new identity is granted it before the gateway is made, and its vault's name resolves", () => {
    const granted = readBy({ keyVaultId });
    const address = 'azurerm_role_assignment.gateway_identity_may_read_shop_contoso';
    expect(granted.resources.get(address)).toMatchObject({
      scope: `${keyVaultId}/secrets/shop-contoso`,
      role_definition_name: 'Key Vault Secrets User',
      principal_id: '${azurerm_user_assigned_identity.gateway_identity.principal_id}',
    });
    expect(granted.before('azurerm_application_gateway.gateway')).toContain(address);
    const links = [...granted.all('azurerm_private_dns_zone_virtual_network_link')];
    const redirected = links.filter(([, { resolution_policy }]) => resolution_policy === 'NxDomainRedirect');
    expect(redirected.map(([link]) => link)).toEqual([
      'azurerm_private_dns_zone_virtual_network_link.swedencentral_secrets_access_zone_link',
    ]);
    for (const link of preserved.blocks('azurerm_private_dns_zone_virtual_network_link'))
      expect(link).not.toHaveProperty('resolution_policy');
  });

  test('an identity that may read it already is taken as it is', () => {
    const existing = readBy({ identityId });
    expect(gatewayOf(existing).identity).toEqual({ type: 'UserAssigned', identity_ids: [identityId] });
    expect([...existing.resources.keys()].filter((address) => address.includes('.gateway_identity'))).toEqual([]);
  });

  test.each([
    [{ keyVaultId, identityId }, '`certificate` must have keyVaultId or identityId, got: "both".'],
    [
      { keyVaultId: keyVaultId.replace('/corp', '/other') },
      '`certificate.keyVaultId` must be the vault of keyVaultSecretId, corp, got: ',
    ],
    [{ keyVaultId: 'corp' }, '`certificate.keyVaultId` must be the resource id of a key vault, /subscriptions/…'],
    [
      { identityId: keyVaultId },
      '`certificate.identityId` must be the resource id of a user-assigned identity, /subscriptions/…',
    ],
  ])('refuses %j', (reader, message) =>
    expect(answerTo('zone-redundant', { certificate: { keyVaultSecretId, ...reader } })).toContain(message),
  );
});

test('the gateway reads the certificate as itself, and may do nothing else', () => {
  expect(gateway.identity).toEqual({
    type: 'UserAssigned',
    identity_ids: ['${azurerm_user_assigned_identity.gateway_identity.id}'],
  });
  const roles = [...preserved.all('azurerm_role_assignment')].filter(([address]) => address.includes('.gateway_'));
  expect(roles.map(([, { role_definition_name }]) => role_definition_name)).toEqual(['Key Vault Secrets User']);
});

test('right, certificate, vault and app can be reached before the gateway starts: it keeps what DNS said first', () => {
  expect([...preserved.before('azurerm_application_gateway.gateway')]).toEqual(
    expect.arrayContaining([
      'azurerm_role_assignment.gateway_identity_may_read_gateway',
      'azurerm_key_vault_certificate.swedencentral_secrets_certificate',
      'azurerm_private_endpoint.swedencentral_secrets_access',
      'azurerm_private_endpoint.swedencentral_app_access',
      'azurerm_private_dns_zone_virtual_network_link.swedencentral_app_access_zone_link',
      'azurerm_subnet_network_security_group_association.swedencentral_network_gateway_security_association',
    ]),
  );
});

test('the app and its slot are reached through private endpoints only, the slot once it is there', () => {
  const slot = 'azurerm_private_endpoint.swedencentral_app_access_staging';
  expect(preserved.before(slot)).toContain('azurerm_linux_web_app_slot.swedencentral_hosting_staging');
  expect(variant('zone-redundant', { stagingSlot: false }).resources.has(slot)).toBe(false);
  for (const type of ['azurerm_linux_web_app', 'azurerm_linux_web_app_slot'])
    expect(preserved.one(type)).toMatchObject({
      public_network_access_enabled: false,
      site_config: { ip_restriction_default_action: 'Deny' },
    });
});

// `zone-redundant,zoneRedundant=off` is accepted in a region without zones (refusals.test.ts), and Azure then refuses these.
test('in a region without zones nothing asks for zones', () => {
  const wales = { location: 'ukwest', addressSpace: '10.0.0.0/16' };
  const terraform = variant('zone-redundant,zoneRedundant=off', { ...inZone, regions: [wales] });
  for (const block of terraform.resources.values()) {
    expect(block).not.toHaveProperty('zones');
    expect(block.account_replication_type).not.toBe('ZRS');
  }
});
