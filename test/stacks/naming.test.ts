import { type NamedKind, namer } from '../../stacks/naming';

const name = namer({ workload: 'shop', environment: 'prod', generation: 1, variant: 'zone-redundant' });

test('puts the abbreviation first, then workload, environment and what distinguishes the resources', () => {
  expect(name('virtualNetwork', 'swedencentral')).toBe('vnet-shop-prod-swedencentral');
});

test('gives names that must be unique across Azure a suffix that depends on the variant, not on chance', () => {
  const again = namer({ workload: 'shop', environment: 'prod', generation: 1, variant: 'zone-redundant' });
  const other = namer({ workload: 'shop', environment: 'prod', generation: 1, variant: 'single-zone' });
  expect(name('webApp', 'swedencentral')).toMatch(/^app-shop-prod-swedencentral-[0-9a-f]{5}$/);
  expect(again('webApp', 'swedencentral')).toBe(name('webApp', 'swedencentral'));
  expect(other('webApp', 'swedencentral')).not.toBe(name('webApp', 'swedencentral'));
});

/** As Azure's page on naming rules has them, and for Redis its REST specification. */
const limits: readonly [NamedKind, number][] = [
  ['resourceGroup', 90],
  ['virtualNetwork', 64],
  ['appServicePlan', 60],
  ['webApp', 60],
  ['managedIdentity', 128],
  ['privateEndpoint', 64],
  ['publicIp', 80],
  ['applicationGateway', 80],
  ['managedRedis', 60],
  ['logAnalyticsWorkspace', 63],
  ['frontDoorProfile', 90],
  ['frontDoorEndpoint', 46],
];

test.each(limits)("takes a name of a %s at Azure's limit of %i and refuses one past it", (kind, longest) => {
  const room = longest - name(kind, '').length;
  expect(name(kind, 'x'.repeat(room))).toHaveLength(longest);
  expect(() => name(kind, 'x'.repeat(room + 1))).toThrow(`must be at most ${longest} characters, got: "`);
});

test('names a vault and a storage account within 24 characters, or refuses with what to shorten', () => {
  const long = namer({ workload: 'a'.repeat(9), environment: 'b'.repeat(8), generation: 1, variant: 'single-zone' });
  expect(long('storageAccount', 'swedencentral')).toHaveLength(24);
  expect(() => long('keyVault', 'swedencentral')).toThrow(
    /^`name of the key vault` must be at most 24 characters, got: "kv-a{9}-b{8}-[0-9a-f]{5}"\. Shorten `workload` or `environment` in settings\.ts, or the variant's name in main\.ts\.$/,
  );
});

test('puts the region into the suffix where the limit is too short for its name', () => {
  const [sweden, germany] = ['swedencentral', 'germanywestcentral'].map((location) => name('keyVault', location));
  expect(sweden).toMatch(/^kv-shop-prod-[0-9a-f]{5}$/);
  expect(germany).toMatch(/^kv-shop-prod-[0-9a-f]{5}$/);
  expect(germany).not.toBe(sweden);
  expect(name('storageAccount', 'swedencentral')).toMatch(/^stshopprod[0-9a-f]{5}$/);
});

test('gives another generation other global names, and the same ones inside its groups', () => {
  const second = namer({ workload: 'shop', environment: 'prod', generation: 2, variant: 'zone-redundant' });
  expect(second('keyVault', 'swedencentral')).not.toBe(name('keyVault', 'swedencentral'));
  expect(second('appServicePlan', 'swedencentral')).toBe(name('appServicePlan', 'swedencentral'));
});
