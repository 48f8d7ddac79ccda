import { namer } from '../../stacks/naming';

const name = namer({ workload: 'shop', environment: 'prod', generation: 1, variant: 'zone-redundant' });

test('puts the abbreviation first, then workload, environment and what tells one from another', () => {
  expect(name('virtualNetwork', 'swedencentral')).toBe('vnet-shop-prod-swedencentral');
});

test('gives names that must be unique across Azure a suffix that depends on the variant, not on chance', () => {
  const again = namer({ workload: 'shop', environment: 'prod', generation: 1, variant: 'zone-redundant' });
  const other = namer({ workload: 'shop', environment: 'prod', generation: 1, variant: 'single-zone' });
  expect(name('webApp', 'swedencentral')).toMatch(/^app-shop-prod-swedencentral-[0-9a-f]{5}$/);
  expect(again('webApp', 'swedencentral')).toBe(name('webApp', 'swedencentral'));
  expect(other('webApp', 'swedencentral')).not.toBe(name('webApp', 'swedencentral'));
});

test("takes a name at Azure's limit and refuses one past it", () => {
  const fixed = 'vnet-shop-prod-'.length;
  expect(name('virtualNetwork', 'x'.repeat(64 - fixed))).toHaveLength(64);
  expect(() => name('virtualNetwork', 'x'.repeat(65 - fixed))).toThrow(
    `The name of a virtualNetwork must be at most 64 characters, got: "vnet-shop-prod-${'x'.repeat(65 - fixed)}" (65). Shorten \`workload\` or \`environment\` in settings.ts, or the variant's name in main.ts.`,
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
