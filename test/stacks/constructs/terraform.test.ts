import type { Settings } from '../../../stacks/settings';
import { sizeOf } from '../../../stacks/size';
import { at, type Block, everyVariant, settingsWith, variant } from './stack';

const provider = (word: string, change: Partial<Settings> = {}) =>
  at<Block>(variant(word, change).json, 'provider.azurerm.0');
const registered = (word: string, change: Partial<Settings> = {}) =>
  provider(word, change).resource_providers_to_register as string[] | undefined;

const declared = [...everyVariant()];

/**
 * azurerm's own names, whose case counts: core, extended and all of internal/resourceproviders/required.go of 4.79.0, as
 * far as App Service and what surrounds it could need them.
 */
const ofTheProvider = [
  'Microsoft.AlertsManagement',
  'Microsoft.ApiManagement',
  'Microsoft.AppConfiguration',
  'Microsoft.Authorization',
  'Microsoft.Cache',
  'Microsoft.Cdn',
  'Microsoft.Compute',
  'Microsoft.ContainerRegistry',
  'Microsoft.CostManagement',
  'Microsoft.DocumentDB',
  'Microsoft.EventGrid',
  'Microsoft.GuestConfiguration',
  'Microsoft.KeyVault',
  'Microsoft.ManagedIdentity',
  'Microsoft.Monitor',
  'Microsoft.Network',
  'Microsoft.OperationalInsights',
  'Microsoft.OperationsManagement',
  'Microsoft.PolicyInsights',
  'Microsoft.Resources',
  'Microsoft.Security',
  'Microsoft.Storage',
  'Microsoft.Web',
  'microsoft.insights',
];

test.each([
  [
    'single-zone',
    [
      'Microsoft.AlertsManagement',
      'Microsoft.KeyVault',
      'Microsoft.ManagedIdentity',
      'Microsoft.Network',
      'Microsoft.OperationalInsights',
      'Microsoft.Storage',
      'Microsoft.Web',
      'microsoft.insights',
    ],
  ],
  [
    'zone-redundant',
    [
      'Microsoft.AlertsManagement',
      'Microsoft.Cache',
      'Microsoft.KeyVault',
      'Microsoft.ManagedIdentity',
      'Microsoft.Network',
      'Microsoft.OperationalInsights',
      'Microsoft.Storage',
      'Microsoft.Web',
      'microsoft.insights',
    ],
  ],
  [
    'multi-region-active-active',
    [
      'Microsoft.AlertsManagement',
      'Microsoft.Cache',
      'Microsoft.Cdn',
      'Microsoft.KeyVault',
      'Microsoft.ManagedIdentity',
      'Microsoft.Network',
      'Microsoft.OperationalInsights',
      'Microsoft.Storage',
      'Microsoft.Web',
      'microsoft.insights',
    ],
  ],
])('%s registers these providers, to the letter', (word, names) => {
  expect(registered(word)?.toSorted()).toEqual(names);
});

test('azurerm knows every name that is registered, in that case: of another it would only log a warning', () => {
  for (const [, terraform] of declared)
    for (const name of at<string[]>(terraform.json, 'provider.azurerm.0.resource_providers_to_register'))
      expect(ofTheProvider).toContain(name);
});

test('the group may hold what Azure adds to it: no rule is waited for, and destroy does not stop at one', () => {
  expect(at(provider('zone-redundant'), 'features.0.resource_group')).toEqual([
    { prevent_deletion_if_contains_resources: false },
  ]);
  expect(at(provider('zone-redundant'), 'features.0.application_insights')).toBeUndefined();
});

test.each(declared)(
  '%s names the providers of exactly what it declares, beside those of its plumbing',
  (_, terraform) => {
    // As `API Providers` on azurerm's own page of each resource has them, except for the case.
    const namespaces: [RegExp, string][] = [
      [/^azurerm_managed_redis/, 'Microsoft.Cache'],
      [/^azurerm_cdn/, 'Microsoft.Cdn'],
      [/^azurerm_application_insights$/, 'Microsoft.AlertsManagement'],
      [/^azurerm_(monitor|application_insights)/, 'microsoft.insights'],
      [/^azurerm_key_vault/, 'Microsoft.KeyVault'],
      [/^azurerm_user_assigned_identity/, 'Microsoft.ManagedIdentity'],
      [
        /^azurerm_(virtual_network|subnet|network|private|public_ip|application_gateway|web_application|dns)/,
        'Microsoft.Network',
      ],
      [/^azurerm_log_analytics/, 'Microsoft.OperationalInsights'],
      [/^azurerm_storage/, 'Microsoft.Storage'],
      [/^azurerm_(linux_web_app|service_plan|app_service)/, 'Microsoft.Web'],
      [/^azurerm_(resource_group|role_assignment)$/, 'built in'],
    ];
    const needed = terraform.types.map((type) => namespaces.find(([pattern]) => pattern.test(type))?.[1] ?? type);
    const named = at<string[]>(terraform.json, 'provider.azurerm.0.resource_providers_to_register');
    expect(named.toSorted()).toEqual([...new Set(needed)].filter((name) => name !== 'built in').toSorted());
  },
);

test('the provider registers nothing of its own list, and nothing at all where a platform team does so', () => {
  expect(provider('zone-redundant').resource_provider_registrations).toBe('none');
  expect(provider('zone-redundant', { registerResourceProviders: false })).toMatchObject({
    resource_provider_registrations: 'none',
  });
  expect(registered('zone-redundant', { registerResourceProviders: false })).toBeUndefined();
  expect(registered('zone-redundant', { package: 'cli', agentsSubnet: true })).not.toContain('Microsoft.Storage');
});

test('storage is reached with Entra, and its data plane is not waited for', () => {
  expect(provider('zone-redundant')).toMatchObject({
    storage_use_azuread: true,
    features: [{ storage: [{ data_plane_available: false }] }],
  });
  expect(Object.keys(provider('zone-redundant'))).not.toContain('subscription_id');
});

test('the versions that write-only arguments and the newer resources need are asked for', () => {
  expect(variant('zone-redundant').json.terraform).toMatchObject({
    required_version: '>= 1.11.0',
    required_providers: { azurerm: { source: 'hashicorp/azurerm', version: '~> 4.79' } },
  });
});

test('only azurerm is needed', () => {
  for (const [, terraform] of declared)
    expect(Object.keys(at(terraform.json, 'terraform.required_providers'))).toEqual(['azurerm']);
});

test('local state lies beside the project, named for the variant, where a new synth does not touch it', () => {
  expect(at(variant('zone-redundant').json, 'terraform.backend')).toEqual({
    local: { path: '../../../state/shop-prod-zone-redundant.tfstate' },
  });
});

test('another workload and another environment have a state of their own, local or remote', () => {
  const state = { resourceGroupName: 'rg-state', storageAccountName: 'ststate', containerName: 'tfstate' };
  const places = [{}, { workload: 'books' }, { environment: 'test' }].flatMap((change) => [
    at<string>(variant('single-zone', change).json, 'terraform.backend.local.path'),
    at<string>(variant('single-zone', { ...change, state }).json, 'terraform.backend.azurerm.key'),
  ]);
  expect(new Set(places).size).toBe(6);
});

test('a toggled variant keeps the state and the names of the one that it was made from', () => {
  const [plain, toggled] = ['zone-redundant', 'zone-redundant,appService=on'].map((word) => variant(word));
  expect(at(toggled?.json, 'terraform.backend')).toEqual(at(plain?.json, 'terraform.backend'));
  expect(toggled?.one('azurerm_linux_web_app').name).toBe(plain?.one('azurerm_linux_web_app').name);
});

test('remote state is a container reached with Entra: no key is in the settings or in the file', () => {
  const state = { resourceGroupName: 'rg-state', storageAccountName: 'ststate', containerName: 'tfstate' };
  expect(at(variant('multi-region-sticky', { state }).json, 'terraform.backend')).toEqual({
    azurerm: {
      resource_group_name: 'rg-state',
      storage_account_name: 'ststate',
      container_name: 'tfstate',
      key: 'shop-prod-multi-region-sticky.tfstate',
      use_azuread_auth: true,
    },
  });
});

describe('a trial', () => {
  const [production, trial] = (['production', 'trial'] as const).map((size) => sizeOf(settingsWith({ size })));

  test('costs less than production, and gives up nothing that production has without saying so', () => {
    expect(production?.givesUp).toEqual([]);
    expect(trial?.gateway.minimum).toBeLessThan(production?.gateway.minimum ?? 0);
    expect(trial?.logRetentionDays).toBeLessThan(production?.logRetentionDays ?? 0);
    const said = trial?.givesUp.join('\n') ?? '';
    expect(said).toContain(`${trial?.logRetentionDays} days instead of ${production?.logRetentionDays}`);
    expect(said).toMatch(/one reserved instance instead of three/);
  });

  test('stays inside what Azure takes for each number', () => {
    for (const size of [production, trial]) {
      // The retentions that Application Insights and Log Analytics share.
      expect([30, 60, 90, 120, 180, 270, 365, 550, 730]).toContain(size?.logRetentionDays);
      expect(size?.gateway.maximum).toBeGreaterThan(size?.gateway.minimum ?? 0);
      expect(size?.gateway.maximum).toBeLessThanOrEqual(125);
    }
  });

  test('says so in an output, which production does not have', () => {
    expect(at(variant('zone-redundant', { size: 'trial' }).json, 'output.trial_gives_up.value')).toEqual(
      trial?.givesUp,
    );
    expect(variant('zone-redundant').json.output).not.toHaveProperty('trial_gives_up');
  });
});

test('a destroyed variant returns the same day under the names of another generation', () => {
  const names = (generation: number) =>
    ['azurerm_key_vault', 'azurerm_storage_account', 'azurerm_managed_redis', 'azurerm_linux_web_app'].map(
      (type) => variant('zone-redundant', { generation }).one(type).name,
    );
  const [first, second] = [names(1), names(2)];
  for (const [index, name] of first.entries()) expect(second[index]).not.toBe(name);
});
