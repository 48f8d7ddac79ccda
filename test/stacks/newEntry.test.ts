import { InputError } from '../../inputError';
import { choices } from '../../synthesis/choices';
import { settings } from '../support/settings';
import { addressesOf, synthesizedNow } from '../support/snapshots';
import { at, type Block, inZone, Terraform } from './constructs/stack';

// A new entry is one file, support/stacks/madeUpEntry.ts, and one line: the assignment.
jest.mock('../../stacks/entry/entries', () => {
  const list = jest.requireActual('../../stacks/entry/entries');
  list.entries['made-up'] = jest.requireActual('../support/stacks/madeUpEntry').madeUpEntry;
  return list;
});

const word = 'multi-region-active-active,entry=made-up,madeUp=on';
const given = { ...settings, ...inZone };
const text = synthesizedNow([word], given).get(word) ?? '{}';
const terraform = new Terraform(JSON.parse(text) as Block);
const refusal = (words: string, change: object = {}): string => {
  try {
    synthesizedNow([words], { ...given, ...change });
    return 'accepted';
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as Error).message;
  }
};

test('is a choice, and so is the affinity of its layer', () => {
  expect(choices.entry?.rule).toBe('app-service or application-gateway or front-door or made-up');
  expect(Object.keys(choices)).toContain('madeUp');
});

test('stands in front of the regions, with the affinity and the routing that were chosen', () => {
  const active = { name: 'made-up-multi-region-active-active-on', traffic_routing_method: 'Performance' };
  expect(terraform.one('azurerm_traffic_manager_profile')).toMatchObject(active);
  const passive = [...synthesizedNow([`${word},routing=active-passive`], given).values()][0] ?? '{}';
  const profile = new Terraform(JSON.parse(passive) as Block).one('azurerm_traffic_manager_profile');
  expect(profile.traffic_routing_method).toBe('Priority');
});

test('leaves nothing of another entry', () => {
  const others = addressesOf(text).filter((address) => /frontdoor|front_door|gateway/.test(address));
  expect(others).toEqual([]);
});

test('has its subnet in every region, whose range may reach the private endpoints', () => {
  // In the order of addresses: northeurope before swedencentral.
  const subnets = terraform.blocks('azurerm_subnet').filter(({ name }) => name === 'snet-made-up');
  expect(subnets.map(({ address_prefixes }) => address_prefixes)).toEqual([['10.1.1.0/24'], ['10.0.1.0/24']]);
  const rules = terraform.blocks('azurerm_network_security_rule');
  const reaching = rules.filter(({ name }) => name === 'allow-https-from-made-up');
  expect(reaching.map(({ source_address_prefix }) => source_address_prefix)).toEqual(['10.1.1.0/24', '10.0.1.0/24']);
});

test('is all that may call the apps, which count its proxies', () => {
  const apps = terraform.blocks('azurerm_linux_web_app');
  expect(apps).toHaveLength(2);
  for (const app of apps) {
    expect(at(app, 'app_settings.TRUSTED_PROXY_HOPS')).toBe('3');
    expect(at(app, 'site_config.ip_restriction_default_action')).toBe('Deny');
    expect(at(app, 'site_config.ip_restriction.0.service_tag')).toBe('MadeUp.Backend');
  }
});

test('gets its resource provider registered, and the host leads to it once the apps have taken the host', () => {
  const [provider] = at<Block[]>(terraform.json, 'provider.azurerm');
  expect(provider?.resource_providers_to_register).toContain('Microsoft.MadeUp');
  const before = terraform.before('azurerm_dns_cname_record.dns_alias');
  expect([...before]).toEqual(
    expect.arrayContaining([
      'azurerm_traffic_manager_profile.made_up',
      'azurerm_app_service_custom_hostname_binding.swedencentral_hosting_host',
      'azurerm_app_service_custom_hostname_binding.northeurope_hosting_host',
    ]),
  );
  expect(at(terraform.json, 'output.url.value')).toBe('https://shop.contoso.com');
});

test('is refused where it cannot work, by the general checks and by its own', () => {
  expect(refusal(`${word},regions=1`)).toContain('With one origin Made-up Entry has nothing to choose');
  expect(refusal('zone-redundant,madeUp=on')).toContain('Choose entry=made-up, or leave it out.');
  expect(refusal('zone-redundant,regions=2')).toContain(
    'Only Front Door or Made-up Entry routes to several regions: choose entry=front-door or entry=made-up.',
  );
  expect(refusal(`${word},madeUp=absent`)).toContain('The layer is there, so its affinity must be chosen.');
  expect(refusal(word, { domain: 'none' })).toContain("off at every layer with entry made-up and domain 'none'");
  expect(refusal(word, { planSku: 'P5mv3' })).toBe(`${word}: no made-up entry leads to P5mv3`);
});

test('is in the list of what may be asked for', () => {
  expect(() => synthesizedNow(['zone-redundant,entry=nothing'], given)).toThrow(InputError);
  expect(refusal('zone-redundant,entry=nothing')).toContain('front-door or made-up');
});
