import { Secrets } from '../../../stacks/region/secrets';
import type { Settings } from '../../../stacks/settings';
import { at, type Block, stackOf, surroundings, texts, three, variant } from './stack';

const built = (change: Partial<Settings> = {}) =>
  stackOf((stack, place) => {
    const { network, rights } = surroundings(stack, place);
    const own = new Secrets(stack, 'own', { place, network, deployerRights: rights, copyOf: undefined });
    own.selfSignedCertificate('shop.contoso.com');
  }, change);
const terraform = built({ deployerAddresses: ['203.0.113.7', '198.51.100.0/28'] });
const vault = terraform.one('azurerm_key_vault');

test('the vault is closed to everyone but the deployer, Azure itself and the network of the region', () => {
  expect(vault).toMatchObject({
    network_acls: {
      default_action: 'Deny',
      bypass: 'AzureServices',
      ip_rules: ['203.0.113.7', '198.51.100.0/28'],
    },
    rbac_authorization_enabled: true,
    tenant_id: '${data.azurerm_client_config.own_tenant.tenant_id}',
  });
  expect(vault).not.toHaveProperty('access_policy');
  const endpoint = terraform.one('azurerm_private_endpoint');
  expect(at(endpoint, 'private_service_connection')).toMatchObject({
    private_connection_resource_id: '${azurerm_key_vault.own.id}',
    subresource_names: ['vault'],
  });
});

test('without a deployer address nobody is let in from outside', () => {
  expect(at(built().one('azurerm_key_vault'), 'network_acls')).toMatchObject({ default_action: 'Deny', ip_rules: [] });
});

test('a vault cannot be emptied for 90 days', () =>
  expect(vault).toMatchObject({ purge_protection_enabled: true, soft_delete_retention_days: 90 }));

// Azure changes neither once it is set, so the apply of a trial that becomes production, or the reverse, would fail half way.
test('nothing of a vault depends on the size, so that a running deployment can change it', () => {
  const [production, trial] = (['production', 'trial'] as const).map((size) =>
    built({ size }).one('azurerm_key_vault'),
  );
  expect(trial).toEqual(production);
});

test('the rights come before the vault, and the vault before what is written into it', () => {
  const right = 'azurerm_role_assignment.identity_may_send_telemetry';
  for (const address of ['azurerm_key_vault.own', 'azurerm_key_vault_certificate.own_certificate'])
    expect(terraform.before(address)).toContain(right);
  for (const letter of ['a', 'b'])
    expect([...terraform.before(`azurerm_key_vault_secret.own_session_secret_${letter}`)]).toEqual(
      expect.arrayContaining([right, 'azurerm_key_vault.own']),
    );
});

test('a secret is made while Terraform applies, is longer than anyone guesses, and is written only', () => {
  const secrets = terraform.blocks('azurerm_key_vault_secret');
  expect(secrets.map(({ name }) => name)).toEqual(['session-secret-a', 'session-secret-b']);
  for (const secret of secrets) {
    // SHA-512 of two random identifiers: 244 random bits.
    expect(secret.value_wo).toBe('${sha512("${uuid()}${uuid()}")}');
    expect(secret).not.toHaveProperty('value');
  }
});

test('each secret changes with its own version only', () => {
  const versions = built({ sessionSecret: { signs: 'a', versions: { a: 1, b: 7 } } })
    .blocks('azurerm_key_vault_secret')
    .map((secret) => [secret.name, secret.value_wo_version]);
  expect(versions).toEqual([
    ['session-secret-a', 1],
    ['session-secret-b', 7],
  ]);
});

test('which secret signs is turned by the setting, and the other goes on verifying', () => {
  const referencesOf = (signs: 'a' | 'b') =>
    variant('zone-redundant-cookie', { sessionSecret: { signs, versions: { a: 1, b: 1 } } })
      .blocks('azurerm_linux_web_app')
      .map(({ app_settings }) => [
        at<string>(app_settings, 'SESSION_SECRET'),
        at(app_settings, 'SESSION_SECRET_PREVIOUS'),
      ]);
  const reference = (letter: string) =>
    `@Microsoft.KeyVault(SecretUri=\${azurerm_key_vault_secret.swedencentral_secrets_session_secret_${letter}.versionless_id})`;
  expect(referencesOf('a')).toEqual([[reference('a'), reference('b')]]);
  expect(referencesOf('b')).toEqual([[reference('b'), reference('a')]]);
});

test('the certificate renews itself, names the host where clients look, whatever its length, and is for servers only', () => {
  const policy = at(terraform.one('azurerm_key_vault_certificate'), 'certificate_policy');
  expect(at(policy, 'x509_certificate_properties')).toMatchObject({
    subject: 'CN=shop-gateway',
    subject_alternative_names: { dns_names: ['shop.contoso.com'] },
    extended_key_usage: ['1.3.6.1.5.5.7.3.1'],
  });
  expect(at(policy, 'lifetime_action.0.action.action_type')).toBe('AutoRenew');
  expect(at(policy, 'key_properties.reuse_key')).toBe(false);
});

describe('three regions', () => {
  const regions = variant('multi-region-active-active', three);
  const [first, ...others] = ['swedencentral', 'northeurope', 'francecentral'];
  const secretOf = (region: string | undefined, letter: string) =>
    regions.all('azurerm_key_vault_secret').get(`azurerm_key_vault_secret.${region}_secrets_session_secret_${letter}`);

  test.each(['a', 'b'])('take secret %s from the first, through a value that no state or plan keeps', (letter) => {
    const original = `azurerm_key_vault_secret.${first}_secrets_session_secret_${letter}`;
    expect(secretOf(first, letter)?.value_wo).toBe('${sha512("${uuid()}${uuid()}")}');
    for (const region of others) expect(secretOf(region, letter)?.value_wo).toBe(`\${ephemeral.${original}.value}`);
    const ephemeral = at(regions.json, `ephemeral.azurerm_key_vault_secret`);
    // After the secret is written, and in an apply only: what uuid() gives is unknown in a plan, so no plan opens a vault.
    expect(ephemeral[`${first}_secrets_session_secret_${letter}`]).toEqual({
      name: `session-secret-${letter}`,
      key_vault_id: `\${join("", [trimsuffix(${original}.resource_versionless_id, "/secrets/session-secret-${letter}"), substr(uuid(), 0, 0)])}`,
    });
    expect(Object.keys(ephemeral)).toHaveLength(2);
  });

  test('write the copies again whenever the original is written', () => {
    const versions = variant('multi-region-active-active', {
      ...three,
      sessionSecret: { signs: 'b', versions: { a: 4, b: 2 } },
    }).blocks('azurerm_key_vault_secret');
    const of = (name: string) => versions.filter((secret) => secret.name === name).map((s) => s.value_wo_version);
    expect(of('session-secret-a')).toEqual([4, 4, 4]);
    expect(of('session-secret-b')).toEqual([2, 2, 2]);
  });

  test('keep their references inside the region: an app reads its own vault', () => {
    for (const [address, app] of regions.all('azurerm_linux_web_app')) {
      const region = address.replace(/^azurerm_linux_web_app\.(\w+)_hosting_app$/, '$1');
      expect(at<string>(app, 'app_settings.SESSION_SECRET')).toContain(`.${region}_secrets_`);
    }
  });
});

test('one region reads no ephemeral copy', () => {
  expect(variant('zone-redundant').json).not.toHaveProperty('ephemeral');
});

test.each(['single-zone', 'zone-redundant-cookie', 'multi-region-active-active'])(
  '%s has no place where a secret could be read: written ones only, and no random provider that would keep them in state',
  (word) => {
    const made = variant(word);
    const isRead = (text: string) =>
      /azurerm_key_vault_secret\.\w+\.value\b/.test(text.replaceAll(/ephemeral\.\S+/g, ''));
    expect(texts(made.json).filter(isRead)).toEqual([]);
    expect(Object.keys(made.json.provider as Block)).toEqual(['azurerm']);
    const outputs = JSON.stringify(made.json.output);
    expect(outputs).not.toMatch(/ephemeral|key_vault_secret|access_key|connection_string|site_credential/);
  },
);

// RFC 5280 ends a common name at 64 characters; a vault wants one, and a longer host belongs in the alternative names alone
// (see Azure/ARO-RP#1124). Azure's own name for the gateway has 66 already in swedencentral.
test.each([
  ['a long host', { domain: { host: `${'a'.repeat(60)}.contoso.com`, dnsReady: false } }],
  ['a trial', { domain: 'none' }],
] as const)('%s gets a certificate whose common name is not too long', (_, change) => {
  const made = variant('zone-redundant', change);
  const subject = at<string>(
    made.one('azurerm_key_vault_certificate'),
    'certificate_policy.x509_certificate_properties.subject',
  );
  const { domain_name_label: label, location } = made.one('azurerm_public_ip');
  const name = subject.replace(/^CN=/, '').replace(/\$\{.*\.fqdn\}/, `${label}.${location}.cloudapp.azure.com`);
  expect(name.length).toBeLessThanOrEqual(64);
});
