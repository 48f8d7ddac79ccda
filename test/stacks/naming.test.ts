import { type NamedKind, type NameParts, type Namer, namer } from '../../stacks/naming';

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

const longestOf: Readonly<Record<string, number>> = {
  ...Object.fromEntries(limits),
  keyVault: 24,
  storageAccount: 24,
  publicIpLabel: 63,
};

test.each(limits)(
  "takes a name of a %s at Azure's limit of %i, cuts the workload past it, and refuses what then does not fit",
  (kind, longest) => {
    const room = longest - name(kind, '').length;
    expect(name(kind, 'x'.repeat(room))).toHaveLength(longest);
    expect(name(kind, 'x'.repeat(room))).toContain('-shop-prod-');
    const cut = namer({ workload: 'a'.repeat(32), environment: 'prod', generation: 1, variant: 'zone-redundant' });
    // Eight less, because a name that had no suffix gets one.
    expect(cut(kind, 'x'.repeat(room - 8))).toHaveLength(longest);
    expect(() => name(kind, 'x'.repeat(longest))).toThrow(`must be at most ${longest} characters, got: "`);
  },
);

test('names a vault and a storage account within 24 characters, with the workload cut where it is too long', () => {
  const long = namer({ workload: 'customerportal', environment: 'prod', generation: 1, variant: 'single-zone' });
  expect(long('keyVault', 'swedencentral')).toMatch(/^kv-customerpo-prod-[0-9a-f]{5}$/);
  expect(long('storageAccount', 'swedencentral')).toMatch(/^stcustomerportaprod[0-9a-f]{5}$/);
  expect(long('webApp', 'swedencentral')).toMatch(/^app-customerportal-prod-swedencentral-[0-9a-f]{5}$/);
  const longest = namer({
    workload: 'a'.repeat(32),
    environment: 'b'.repeat(8),
    generation: 1,
    variant: 'x'.repeat(27),
  });
  for (const kind of ['keyVault', 'storageAccount', 'webApp', 'managedRedis', 'publicIpLabel'] as const)
    expect(longest(kind, 'germanywestcentral').length).toBeLessThanOrEqual(longestOf[kind] ?? 0);
});

test('gives workloads that are cut alike names of their own, also where a name has no suffix otherwise', () => {
  const [one, other] = ['x', 'y'].map((last) =>
    namer({ workload: `${'a'.repeat(31)}${last}`, environment: 'test', generation: 1, variant: 'single-zone' }),
  ) as [Namer, Namer];
  for (const kind of ['keyVault', 'virtualNetwork'] as const) {
    const names = [one, other].map((name) => name(kind, 'germanywestcentral-and-some-more-text'));
    expect(new Set(names).size).toBe(2);
  }
});

test('gives two organizations other global names, and none of them the names without one', () => {
  const vault = (organization?: string) =>
    namer({ workload: 'shop', environment: 'prod', generation: 1, variant: 'zone-redundant', organization })(
      'keyVault',
      'swedencentral',
    );
  expect(new Set([vault(), vault('contoso'), vault('fabrikam')]).size).toBe(3);
  expect(vault('none')).toBe(vault());
  const group = (organization: string) =>
    namer({ workload: 'shop', environment: 'prod', generation: 1, variant: 'zone-redundant', organization })(
      'resourceGroup',
      'swedencentral',
    );
  expect(group('contoso')).toBe('rg-shop-prod-swedencentral');
});

describe('names of the settings', () => {
  const with_ = (names: NameParts['names']) =>
    namer({ workload: 'shop', environment: 'prod', generation: 1, variant: 'zone-redundant', names });

  test('take the place of the names of their kind', () => {
    const name = with_({ keyVault: 'kv{workload}{environment}{suffix}', managedIdentity: '{workload}-{part}-mi' });
    expect(name('keyVault', 'swedencentral')).toMatch(/^kvshopprod[0-9a-f]{5}$/);
    expect(name('managedIdentity', 'app', 'swedencentral')).toBe('shop-app-swedencentral-mi');
    expect(name('virtualNetwork', 'swedencentral')).toBe('vnet-shop-prod-swedencentral');
  });

  test('have a workload that is cut where there is a suffix, as without a template', () => {
    const portal = (keyVault: string, workload = 'customerportal') =>
      namer({ workload, environment: 'prod', generation: 1, variant: 'zone-redundant', names: { keyVault } })(
        'keyVault',
        'swedencentral',
      );
    expect(portal('kv{workload}{environment}{suffix}')).toMatch(/^kvcustomerportaprod[0-9a-f]{5}$/);
    expect(portal('{workload}-{workload}-{suffix}')).toMatch(/^customer-customer-[0-9a-f]{5}$/);
    expect(portal('kv{workload}{environment}{suffix}', 'customerportax')).not.toBe(
      portal('kv{workload}{environment}{suffix}'),
    );
    expect(() => portal('kv-a-very-long-name-{workload}-{suffix}')).toThrow('a name of at most 24 characters');
  });

  test('are refused where Azure would refuse them', () => {
    expect(() => with_({ keyVault: 'kv--shop' })('keyVault', 'swedencentral')).toThrow(
      '`names.keyVault` must be at least 3 letters, digits and single hyphens, a letter first, got: "kv--shop". Change it in settings.ts.',
    );
    expect(() => with_({ storageAccount: 'st-{suffix}' })('storageAccount', 'swedencentral')).toThrow(
      '`names.storageAccount` must be at least 3 lower-case letters and digits, got: "st-',
    );
    expect(() => with_({ keyVault: 'kv-{workload}-{environment}-{part}' })('keyVault', 'swedencentral')).toThrow(
      '`names.keyVault` must be a name of at most 24 characters, got: "kv-shop-prod-swedencentral". Shorten it in settings.ts.',
    );
  });

  // What the functions in `validate/` of azurerm 4.79 refuse, and for an identity Azure's page of naming rules.
  test.each([
    ['publicIpLabel', '1-{workload}-{suffix}'],
    ['publicIpLabel', 'Shop-{suffix}'],
    ['logAnalyticsWorkspace', 'log_{workload}'],
    ['logAnalyticsWorkspace', 'log'],
    ['appServicePlan', 'asp.{workload}'],
    ['managedIdentity', '{workload}.{part}'],
    ['budget', 'budget.{workload}'],
    ['frontDoorProfile', 'afd_{workload}'],
    ['webApp', 'x'],
  ] as const)('a %s cannot be called %s', (kind, template) => {
    expect(() => with_({ [kind]: template })(kind, 'app', 'swedencentral')).toThrow(`\`names.${kind}\` must be `);
  });

  test.each([
    ['publicIpLabel', 'shop-{suffix}'],
    ['logAnalyticsWorkspace', 'Log-{workload}'],
    ['appServicePlan', 'asp_{workload}'],
    ['managedIdentity', '{workload}_{part}'],
    ['privateEndpoint', 'pep.{workload}_{part}'],
    ['frontDoorProfile', 'AFD-{workload}'],
  ] as const)('a %s can be called %s', (kind, template) => {
    expect(with_({ [kind]: template })(kind, 'app', 'swedencentral')).toContain('shop');
  });

  test('are refused where one would name two things, and not where it names one thing twice', () => {
    const name = with_({ webApp: 'shop-{environment}' });
    expect(name('webApp', 'swedencentral')).toBe('shop-prod');
    expect(name('webApp', 'swedencentral')).toBe('shop-prod');
    expect(() => name('webApp', 'northeurope')).toThrow(
      '`names.webApp` must be a name for each of several, with {part} or {suffix} in it, got: "shop-{environment}". It would name swedencentral and northeurope alike: change it in settings.ts.',
    );
  });
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
