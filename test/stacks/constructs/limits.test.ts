import { InputError } from '../../../inputError';
import { parseSettings } from '../../../stacks/settings';
import { privateZones } from '../../../stacks/settings/existingSchema';
import { privateLinkLocation } from '../../../stacks/settings/privateLink';
import { publicRange } from '../../../stacks/settings/publicRange';
import { hasAvailabilityZones } from '../../../stacks/settings/zones';
import { settings } from '../../support/settings';

const answerTo = (change: object) => {
  try {
    parseSettings({ ...settings, ...change });
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'accepted';
};
const range = 'a public IPv4 address, or a range from /8 to /30, for instance 203.0.113.7 or 203.0.113.0/28';

test.each([
  '203.0.113.7',
  '8.0.0.0/8',
  '203.0.113.0/30',
  '1.0.0.0',
  '223.255.255.255',
  '9.255.255.255',
  '11.0.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '192.169.0.0',
  '169.253.255.255',
  '169.255.0.0',
])('the public address %s may deploy', (text) => expect(publicRange(text)).toBeUndefined());

test.each([
  ['0.255.255.255', 'no host'],
  ['10.0.0.0', 'private'],
  ['10.255.255.255', 'private'],
  ['127.0.0.1', 'this machine'],
  ['172.16.0.0', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.0.0/24', 'private'],
  ['192.168.0.0/15', 'private'],
  ['169.254.0.1', 'link-local'],
  ['224.0.0.0', 'multicast'],
  ['255.255.255.255', 'broadcast'],
  ['8.0.0.0/7', 'too wide'],
  ['203.0.113.0/31', 'too narrow for the firewalls'],
  ['203.0.113.7/32', 'written as an address'],
  ['203.0.113.256', 'no octet'],
  ['203.0.113', 'too short'],
  ['203.0.113.7/', 'no prefix'],
  ['2001:db8::1', 'not IPv4'],
  [' 203.0.113.7', 'a space'],
  ['laptop.contoso.com', 'a name'],
])('%s may not: %s', (text) => expect(publicRange(text)).toBe(range));

// Azure Storage takes public addresses only, and these hold private ones: 172.16.0.0/12 and 192.168.0.0/16.
test.each(['172.0.0.0/8', '172.0.0.0/11', '192.0.0.0/8'])('the range %s, which holds private ones, may not', (text) =>
  expect(publicRange(text)).toBe(range),
);

test('a region has zones by the list, and by what the settings know better in both directions', () => {
  expect(hasAvailabilityZones({ location: 'swedencentral' })).toBe(true);
  expect(hasAvailabilityZones({ location: 'ukwest' })).toBe(false);
  expect(hasAvailabilityZones({ location: 'ukwest', hasAvailabilityZones: true })).toBe(true);
  expect(hasAvailabilityZones({ location: 'swedencentral', hasAvailabilityZones: false })).toBe(false);
  expect(hasAvailabilityZones({ location: 'swedencentral', hasAvailabilityZones: undefined })).toBe(true);
});

test('the pair of a region with zones may be without: names that look alike are distinguished', () => {
  for (const [withZones, without] of [
    ['uksouth', 'ukwest'],
    ['swedencentral', 'swedensouth'],
    ['germanywestcentral', 'germanynorth'],
    ['westus2', 'westus'],
    ['norwayeast', 'norwaywest'],
  ] as const)
    expect([hasAvailabilityZones({ location: withZones }), hasAvailabilityZones({ location: without })]).toEqual([
      true,
      false,
    ]);
});

test("Front Door's end of a link lies in the region itself, or in the one named, where Front Door offers it", () => {
  expect(privateLinkLocation({ location: 'swedencentral' })).toBe('swedencentral');
  expect(privateLinkLocation({ location: 'italynorth' })).toBeUndefined();
  expect(privateLinkLocation({ location: 'italynorth', privateLinkLocation: 'francecentral' })).toBe('francecentral');
  expect(privateLinkLocation({ location: 'swedencentral', privateLinkLocation: 'italynorth' })).toBeUndefined();
});

describe('each setting takes its limit and refuses what lies past it', () => {
  const message = (setting: string, rule: string, got: unknown) =>
    `\`${setting}\` must be ${rule}, got: ${JSON.stringify(got)}. Change it in settings.ts.`;

  test.each([
    ['workload', 'sh', 's', '2 to 32 lower-case letters and digits, a letter first'],
    ['workload', 'a'.repeat(32), 'a'.repeat(33), '2 to 32 lower-case letters and digits, a letter first'],
    ['workload', 's1', '1s', '2 to 32 lower-case letters and digits, a letter first'],
    ['organization', 'a1', 'a', "2 to 32 lower-case letters, digits and hyphens, for instance contoso, or 'none'"],
    [
      'organization',
      'a-b',
      'Contoso',
      "2 to 32 lower-case letters, digits and hyphens, for instance contoso, or 'none'",
    ],
    ['environment', 'qa', 'q', '2 to 8 lower-case letters and digits, a letter first'],
    ['environment', 'a'.repeat(8), 'a'.repeat(9), '2 to 8 lower-case letters and digits, a letter first'],
    ['generation', 1, 0, 'a whole number from 1 to 99'],
    ['generation', 99, 100, 'a whole number from 1 to 99'],
    ['maximumInstances', 2, 1, 'a whole number from 2 to 30'],
    ['maximumInstances', 30, 31, 'a whole number from 2 to 30'],
    ['survivingRegionCarriesPercent', 1, 0, 'a whole number from 1 to 100'],
    ['survivingRegionCarriesPercent', 100, 101, 'a whole number from 1 to 100'],
    [
      'planSku',
      'P0v3',
      'P0v2',
      'a Premium v3 or v4 size, for instance P0v3, P1v3, P1v4 or P1mv3, which can be zone redundant',
    ],
    [
      'planSku',
      'P5mv4',
      'P6mv4',
      'a Premium v3 or v4 size, for instance P0v3, P1v3, P1v4 or P1mv3, which can be zone redundant',
    ],
    [
      'redisSku',
      'Balanced_B0',
      'Balanced_B2',
      'an Azure Managed Redis size, for instance Balanced_B0, Balanced_B3, MemoryOptimized_M10 or ComputeOptimized_X3',
    ],
    [
      'redisSku',
      'ComputeOptimized_X700',
      'ComputeOptimized_X1000',
      'an Azure Managed Redis size, for instance Balanced_B0, Balanced_B3, MemoryOptimized_M10 or ComputeOptimized_X3',
    ],
    ['runbooks', 'https://wiki.contoso.com', 'ftp://wiki.contoso.com', 'an https address'],
    ['package', 'blob', 'ftp', "'onedeploy', 'blob' or 'cli'"],
    ['package', 'onedeploy', 'zip', "'onedeploy', 'blob' or 'cli'"],
  ])('%s: %j, and not %j', (setting, taken, refused, rule) => {
    expect(answerTo({ [setting]: taken })).toBe('accepted');
    expect(answerTo({ [setting]: refused })).toBe(message(setting, rule, refused));
  });

  test('a tag: 256 characters, and not 257', () => {
    expect(answerTo({ tags: { note: 'x'.repeat(256) } })).toBe('accepted');
    expect(answerTo({ tags: { note: 'x'.repeat(257) } })).toBe(
      message('tags.note', 'at most 256 characters', 'x'.repeat(257)),
    );
  });

  test('no tags at all', () => expect(answerTo({ tags: {} })).toBe('accepted'));

  test('a version of a secret: 1, and not 0', () => {
    const versions = (a: number) => ({ sessionSecret: { signs: 'a', versions: { a, b: 1 } } });
    expect(answerTo(versions(1))).toBe('accepted');
    expect(answerTo(versions(0))).toBe(
      message('sessionSecret.versions.a', 'a whole number from 1, raised to rotate', 0),
    );
  });

  test('a host below its zone, and neither the zone itself nor one that only ends alike', () => {
    const zone = (host: string) => ({
      domain: {
        host,
        dnsReady: false,
        dnsZoneId: '/subscriptions/0/resourceGroups/dns/providers/Microsoft.Network/dnsZones/contoso.com',
      },
    });
    expect(answerTo(zone('shop.contoso.com'))).toBe('accepted');
    for (const host of ['contoso.com', 'shop.notcontoso.com'])
      expect(answerTo(zone(host))).toBe(
        `\`domain.host\` must lie below the zone of \`domain.dnsZoneId\` (contoso.com), got: "${host}". An apex cannot carry the records; change one of them in settings.ts.`,
      );
  });

  test('a label of a host: 63 characters, and not 64', () => {
    const host = (length: number) => ({ domain: { host: `${'a'.repeat(length)}.contoso.com`, dnsReady: false } });
    expect(answerTo(host(63))).toBe('accepted');
    expect(answerTo(host(64))).toMatch(/^`domain\.host` must be a fully qualified host name in lower case/);
  });

  test('a container of state: 3 and 63 characters, and not 2 or 64', () => {
    const state = (containerName: string) => ({
      state: { resourceGroupName: 'rg', storageAccountName: 'ststate', containerName },
    });
    for (const length of [3, 63]) expect(answerTo(state('a'.repeat(length)))).toBe('accepted');
    for (const length of [2, 64])
      expect(answerTo(state('a'.repeat(length)))).toBe(
        message('state.containerName', '3 to 63 lower-case letters, digits and single hyphens', 'a'.repeat(length)),
      );
  });
});

// The case in which `az network dns zone show` and `az monitor log-analytics workspace show` have printed ids; azurerm parses the
// fixed words of an id by case (`ParseWorkspaceID`, `ValidateDnsZoneID`).
test('an id in the case that Azure prints is written in the case that azurerm takes, its names left as they are', () => {
  const id = (provider: string, rest: string) => `/subscriptions/0/resourcegroups/RG-hub/providers/${provider}/${rest}`;
  const taken = parseSettings({
    ...settings,
    domain: { host: 'shop.contoso.com', dnsReady: false, dnsZoneId: id('Microsoft.Network', 'dnszones/contoso.com') },
    app: {
      image: 'team.azurecr.io/shop/web:1',
      registryId: id('microsoft.containerregistry', 'Registries/Team'),
    },
    existing: {
      logAnalyticsWorkspaceId: id('microsoft.operationalinsights', 'workspaces/Central'),
      resourceGroups: { swedencentral: '/subscriptions/0/resourcegroups/RG-shop' },
      networks: {
        swedencentral: {
          virtualNetworkId: id('microsoft.network', 'virtualnetworks/Spoke'),
          subnets: {
            appService: {
              id: id('microsoft.network', 'virtualnetworks/Spoke/subnets/App'),
              range: '10.0.0.0/24',
              delegation: 'Microsoft.Web/serverFarms',
            },
            privateEndpoints: {
              id: id('microsoft.network', 'virtualnetworks/Spoke/Subnets/Pep'),
              range: '10.0.1.0/24',
            },
          },
        },
      },
      privateDnsZones: Object.fromEntries(
        Object.entries(privateZones).map(([service, zone]) => [
          service,
          id('microsoft.network', `privatednszones/${zone}`),
        ]),
      ),
    },
  });
  const group = '/subscriptions/0/resourceGroups/RG-hub/providers';
  expect(taken.domain).toMatchObject({ dnsZoneId: `${group}/Microsoft.Network/dnsZones/contoso.com` });
  expect(taken.app?.registryId).toBe(`${group}/Microsoft.ContainerRegistry/registries/Team`);
  expect(taken.existing).toMatchObject({
    logAnalyticsWorkspaceId: `${group}/Microsoft.OperationalInsights/workspaces/Central`,
    resourceGroups: { swedencentral: '/subscriptions/0/resourceGroups/RG-shop' },
    privateDnsZones: { blobs: `${group}/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net` },
    networks: {
      swedencentral: {
        virtualNetworkId: `${group}/Microsoft.Network/virtualNetworks/Spoke`,
        subnets: { privateEndpoints: { id: `${group}/Microsoft.Network/virtualNetworks/Spoke/subnets/Pep` } },
      },
    },
  });
});
