import { DnsRecords } from '../../../stacks/entry/dnsRecords';
import type { Settings } from '../../../stacks/settings';
import { at, type Block, inZone, stackOf, three, variant } from './stack';

const zoneId = '/subscriptions/0/resourceGroups/rg-dns/providers/Microsoft.Network/dnsZones/contoso.com';
const byHand = (dnsReady: boolean): Partial<Settings> => ({ domain: { host: 'shop.contoso.com', dnsReady } });
const entries = [
  ['zone-redundant', 'azurerm_dns_a_record.dns_address'],
  ['multi-region-active-active', 'azurerm_dns_cname_record.dns_alias'],
] as const;
const bindings = 'azurerm_app_service_custom_hostname_binding';

test('records stand in the zone and the group of its id, with the tags that were given', () => {
  const terraform = stackOf((stack) => {
    const records = new DnsRecords(stack, 'dns', { zoneId, host: 'eu.shop.contoso.com', tags: { team: 'shop' } });
    records.proveToAppService('verify');
    records.proveToFrontDoor('token');
    records.pointTo('203.0.113.7', []);
    records.aliasOf('fde.azurefd.net', []);
  });
  for (const record of terraform.resources.values())
    expect(record).toMatchObject({ zone_name: 'contoso.com', resource_group_name: 'rg-dns', tags: { team: 'shop' } });
  const texts = terraform.blocks('azurerm_dns_txt_record').map(({ name, record }) => [name, record]);
  expect(texts).toEqual([
    ['asuid.eu.shop', [{ value: 'verify' }]],
    ['_dnsauth.eu.shop', [{ value: 'token' }]],
  ]);
  expect(terraform.one('azurerm_dns_a_record')).toMatchObject({ name: 'eu.shop', records: ['203.0.113.7'] });
  expect(terraform.one('azurerm_dns_cname_record')).toMatchObject({ name: 'eu.shop', record: 'fde.azurefd.net' });
});

test('records that nobody asks for are not made', () => {
  const terraform = stackOf((stack) => {
    new DnsRecords(stack, 'dns', { zoneId, host: 'shop.contoso.com', tags: {} });
  });
  expect(terraform.types).toEqual([]);
});

test('resolvers keep an answer for minutes, because a failover by hand changes it', () => {
  for (const type of ['azurerm_dns_txt_record', 'azurerm_dns_a_record'])
    for (const { ttl } of variant('zone-redundant', inZone).blocks(type)) expect(ttl).toBeLessThanOrEqual(300);
});

describe.each(entries)('with a zone, %s', (word, address) => {
  const terraform = variant(word, inZone);

  test('proves the host first, then binds it to every app, then sends users there', () => {
    const bound = [...terraform.all(bindings).keys()];
    expect(bound).toHaveLength(terraform.all('azurerm_linux_web_app').size);
    for (const binding of bound) {
      expect(at(terraform.resources.get(binding), 'depends_on')).toEqual(['azurerm_dns_txt_record.dns_asuid']);
      expect(at(terraform.resources.get(address), 'depends_on')).toContain(binding);
    }
    for (const binding of bound) expect(terraform.before(binding)).not.toContain(address);
  });

  test('leaves nothing to be made by hand, and tests the address from the start', () => {
    expect(terraform.json.output).not.toHaveProperty('dns_records');
    for (const test of terraform.blocks('azurerm_application_insights_standard_web_test'))
      expect(test.enabled).toBe(true);
  });
});

test('users are sent to the gateway once it is there', () => {
  const terraform = variant('zone-redundant', inZone);
  expect(terraform.before('azurerm_dns_a_record.dns_address')).toContain('azurerm_application_gateway.gateway');
  expect(terraform.one('azurerm_dns_a_record').records).toEqual(['${azurerm_public_ip.gateway_public_ip.ip_address}']);
});

test('users are sent to Front Door once it routes, and Front Door is shown whose the host is', () => {
  const terraform = variant('multi-region-active-active', { ...inZone, ...three });
  expect([...terraform.before('azurerm_dns_cname_record.dns_alias')]).toEqual(
    expect.arrayContaining([
      'azurerm_cdn_frontdoor_route.front_door_route',
      'azurerm_cdn_frontdoor_route.front_door_cached_route',
      'azurerm_cdn_frontdoor_custom_domain_association.front_door_domain_route',
      // Without these users meet a host that Front Door does not accept yet, and an entry that filters nothing.
      'azurerm_dns_txt_record.dns_dnsauth',
      'azurerm_cdn_frontdoor_security_policy.front_door_firewall_assignment',
    ]),
  );
  const proof = terraform.all('azurerm_dns_txt_record').get('azurerm_dns_txt_record.dns_dnsauth');
  expect(proof).toMatchObject({
    name: '_dnsauth.shop',
    record: [{ value: '${azurerm_cdn_frontdoor_custom_domain.front_door_domain.validation_token}' }],
  });
  expect(terraform.one('azurerm_cdn_frontdoor_custom_domain').dns_zone_id).toBe(zoneId);
});

describe.each(entries)('without a zone, %s', (word) => {
  test('until the records are there binds nothing, tests nothing, and prints every record that is missing', () => {
    const terraform = variant(word, byHand(false));
    expect(terraform.types.filter((type) => type.startsWith('azurerm_dns_') || type === bindings)).toEqual([]);
    for (const test of terraform.blocks('azurerm_application_insights_standard_web_test'))
      expect(test.enabled).toBe(false);
    const output = at(terraform.json, 'output.dns_records');
    const app = 'azurerm_linux_web_app.swedencentral_hosting_app';
    expect([...terraform.all('azurerm_linux_web_app').keys()]).toContain(app);
    const frontDoor = word === 'multi-region-active-active';
    expect(output).toMatchObject({
      // azurerm holds the verification id to be sensitive, and Terraform refuses to print such a value otherwise.
      sensitive: true,
      value: {
        'asuid.shop.contoso.com': `\${${app}.custom_domain_verification_id}`,
        'shop.contoso.com': frontDoor
          ? '${azurerm_cdn_frontdoor_endpoint.front_door_endpoint.host_name}'
          : '${azurerm_public_ip.gateway_public_ip.ip_address}',
        ...(frontDoor && {
          '_dnsauth.shop.contoso.com': '${azurerm_cdn_frontdoor_custom_domain.front_door_domain.validation_token}',
        }),
      },
    });
    expect(Object.keys(at(output, 'value'))).toHaveLength(frontDoor ? 3 : 2);
  });

  test('once the settings say that they exist, binds every app, and prints no record', () => {
    const terraform = variant(word, byHand(true));
    expect(terraform.all(bindings).size).toBe(terraform.all('azurerm_linux_web_app').size);
    for (const binding of terraform.blocks(bindings)) expect(binding.hostname).toBe('shop.contoso.com');
    expect(terraform.types.filter((type) => type.startsWith('azurerm_dns_'))).toEqual([]);
    expect(terraform.json.output).not.toHaveProperty('dns_records');
    for (const test of terraform.blocks('azurerm_application_insights_standard_web_test'))
      expect(test.enabled).toBe(true);
  });

  test('the address that users type is the same before and after', () => {
    for (const ready of [false, true])
      expect(at(variant(word, byHand(ready)).json, 'output.url.value')).toBe('https://shop.contoso.com');
  });
});

test("App Service's own host name needs no records, whatever the domain says", () => {
  const terraform = variant('single-zone', inZone);
  expect(terraform.types.filter((type) => type.startsWith('azurerm_dns_') || type === bindings)).toEqual([]);
  expect(at(terraform.json, 'output.url.value')).toBe(
    'https://${azurerm_linux_web_app.swedencentral_hosting_app.default_hostname}',
  );
});

test.each(['zone-redundant', 'multi-region-active-active'])('%s tells a pipeline where the apps are', (word) => {
  const outputs = variant(word, inZone).json.output as Record<string, { value: Block }>;
  const regions = [...variant(word, inZone).all('azurerm_linux_web_app').keys()].map((address) =>
    address.replace(/^.*\.(\w+)_hosting_app$/, '$1'),
  );
  for (const output of ['app_host_names', 'app_ids'])
    expect(Object.keys(outputs[output]?.value ?? {}).toSorted()).toEqual(regions.toSorted());
});

test('an output has the commands that show whether Front Door has accepted the host, and only where there is one', () => {
  for (const change of [inZone, byHand(false), byHand(true)]) {
    const { json } = variant('multi-region-active-active', change);
    const profile = 'azurerm_cdn_frontdoor_profile.front_door_profile';
    const command = at<string>(json, 'output.front_door_domain_status.value.validation');
    expect(command).toMatch(/^az afd custom-domain show /);
    expect(command).toContain(`--resource-group \${${profile}.resource_group_name} --profile-name \${${profile}.name}`);
    expect(command).toContain('--custom-domain-name ${azurerm_cdn_frontdoor_custom_domain.front_door_domain.name} ');
    expect(command).toContain('domainValidationState');
    const endpoint = '${azurerm_cdn_frontdoor_endpoint.front_door_endpoint.host_name}';
    expect(at(json, 'output.front_door_domain_status.value.certificate')).toContain(`:443:${endpoint}:443 https://`);
  }
  for (const terraform of [
    variant('zone-redundant', inZone),
    variant('multi-region-active-active', { domain: 'none' }),
  ])
    expect(terraform.json.output).not.toHaveProperty('front_door_domain_status');
});
