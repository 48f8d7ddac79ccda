import { privateZones } from '../../stacks/settings/existingSchema';
import { answerTo } from '../support/stacks/answerTo';
import { inSpoke, network, spokeRegions as regions } from '../support/stacks/spoke';
import { at, variant } from './constructs/stack';

const zone = (name: string) =>
  `/subscriptions/1/resourceGroups/hub/providers/Microsoft.Network/privateDnsZones/${name}`;
const privateDnsZones = {
  webApps: zone(privateZones.webApps),
  managedRedis: zone(privateZones.managedRedis),
  keyVault: zone(privateZones.keyVault),
  blobs: zone(privateZones.blobs),
};
const hub = { virtualNetworkId: '/subscriptions/2/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub' };
const hubs = { swedencentral: hub, northeurope: hub };

test.each([
  ['zone-redundant', { ...inSpoke, access: 'private' as const }],
  ['single-zone', { agentsSubnet: true, access: 'private' as const }],
  ['multi-region-active-active', { access: 'private' as const, existing: { hubs, privateDnsZones } }],
])('%s with private access: vault, storage and deployment site have no public network access', (word, change) => {
  const terraform = variant(word, change);
  for (const type of ['azurerm_key_vault', 'azurerm_storage_account'])
    for (const one of terraform.blocks(type)) {
      expect(one.public_network_access_enabled).toBe(false);
      expect(JSON.stringify(one.lifecycle ?? {})).not.toContain('deployerAddresses');
    }
  for (const type of ['azurerm_linux_web_app', 'azurerm_linux_web_app_slot'])
    for (const site of terraform.blocks(type)) {
      expect(at(site, 'site_config.scm_ip_restriction_default_action')).toBe('Deny');
      expect(at(site, 'site_config.scm_ip_restriction')).toEqual([]);
    }
});

test('with addresses, which is what it is without the setting, they have', () => {
  const open = variant('zone-redundant', { access: 'addresses' });
  expect(open.one('azurerm_key_vault').public_network_access_enabled).toBe(true);
  expect(open.json).toEqual(variant('zone-redundant').json);
});

test.each<[string, string, object]>([
  ['in an existing network', 'zone-redundant', { ...inSpoke }],
  ['from the agents of one region', 'zone-redundant', { agentsSubnet: true }],
  ['from a hub that resolves the names', 'zone-redundant', { existing: { hubs, privateDnsZones } }],
  [
    'in an existing network beside a hub, with zones for both',
    'multi-region-sticky',
    {
      regions,
      existing: {
        networks: { swedencentral: network },
        hubs: { northeurope: hub },
        privateDnsZones: 'policy',
      },
    },
  ],
  ['by az webapp deploy behind a gateway', 'zone-redundant', { ...inSpoke, package: 'cli' }],
])('is allowed %s', (_, word, change) => expect(answerTo(word, { ...change, access: 'private' })).toBe('synthesizes'));

test.each<[string, string, object, string]>([
  [
    'addresses that could not be used',
    'zone-redundant',
    { ...inSpoke, deployerAddresses: ['203.0.113.7'] },
    "`deployerAddresses` must be empty with access 'private', got: [\"203.0.113.7\"]. No public address reaches anything then: remove them from settings.ts, or choose access: 'addresses'.",
  ],
  [
    'a network that nobody comes to',
    'zone-redundant',
    {},
    '`zone-redundant: access` must be \'addresses\' where no runner can come to the network, got: "private". Name the network of swedencentral in existing.networks, or the hub that a runner reaches it through in existing.hubs, or set agentsSubnet: true, in settings.ts.',
  ],
  [
    'agents of one region for two',
    'multi-region-sticky',
    { agentsSubnet: true },
    '`multi-region-sticky: access` must be \'addresses\' where no runner can come to the network, got: "private". Name the network of swedencentral and northeurope in existing.networks, or the hub that a runner reaches it through in existing.hubs in settings.ts.',
  ],
  [
    'zones of one region each for two regions',
    'multi-region-sticky',
    { existing: { hubs } },
    '`multi-region-sticky: access` must be \'addresses\' where a runner cannot resolve the private names of every region, got: "private".',
  ],
  [
    'a hub that cannot resolve the names',
    'zone-redundant',
    { existing: { hubs } },
    'a runner cannot resolve the private names',
  ],
  [
    'a deployment site without an address',
    'single-zone',
    { agentsSubnet: true, package: 'cli' },
    "`package` must be 'onedeploy' or 'blob' with access 'private' where the app is its own entry (single-zone), got: \"cli\".",
  ],
  [
    'a deployment site behind Front Door',
    'multi-region-sticky',
    { existing: { hubs, privateDnsZones: 'policy' }, package: 'cli' },
    "`package` must be 'onedeploy' or 'blob' with access 'private' behind Front Door, got: \"cli\".",
  ],
])('refuses private access with %s', (_, word, change, message) =>
  expect(answerTo(word, { ...change, access: 'private' })).toContain(message),
);

test('refuses another word', () =>
  expect(answerTo('zone-redundant', { access: 'public' })).toBe(
    "`access` must be 'addresses' or 'private', got: \"public\". Change it in settings.ts.",
  ));
