import { InputError } from '../../inputError';
import { settings } from '../support/settings';
import { synthesized } from '../support/snapshots';

const messageOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'accepted';
};
const answerTo = (word: string, given: unknown = settings) => messageOf(() => synthesized(word.split(' '), given));
const [sweden, germany] = settings.regions as [(typeof settings.regions)[0], (typeof settings.regions)[0]];

describe('a choice that cannot work is refused with what was given, what is allowed and why', () => {
  test.each([
    [
      'tripled',
      '`variant` must be one of single-zone, zone-redundant-sticky, zone-redundant, zone-redundant-cookie, multi-region-sticky, multi-region-active-passive, multi-region-active-active, got: "tripled". main.ts lists them; choices are overridden as in zone-redundant,appService=on.',
    ],
    ['appService=on', '`appService=on` overrides no variant. Name the variant first, as in single-zone,appService=on.'],
    [
      'single-zone,arr=on',
      '`choice` must be one of entry, regions, routing, instances, zoneRedundant, appService, applicationGateway, frontDoor, sessions, got: "arr". A choice is written name=value.',
    ],
    ['single-zone,appService=maybe', '`appService` must be on or off, got: "maybe". Write it as in appService=off.'],
    [
      'single-zone,instances=0',
      '`instances` must be a whole number from 1 to 30, got: "0". Write it as in instances=30.',
    ],
    [
      'single-zone,instances=31',
      '`instances` must be a whole number from 1 to 30, got: "31". Write it as in instances=30.',
    ],
    [
      'multi-region-active-active,regions=3',
      '`multi-region-active-active,regions=3: regions` must be at most 2, got: 3. Add a region to settings.ts.',
    ],
    [
      'zone-redundant,regions=2',
      '`zone-redundant,regions=2: regions` must be 1 with entry application-gateway, got: 2. Only Front Door routes to several regions: choose entry=front-door.',
    ],
    [
      'single-zone,frontDoor=on',
      '`single-zone,frontDoor=on: frontDoor` must be absent with entry app-service, got: "on". Choose entry=front-door, or leave it out.',
    ],
    [
      'zone-redundant,applicationGateway=absent',
      '`zone-redundant,applicationGateway=absent: applicationGateway` must be on or off with entry application-gateway, got: "absent". The layer is there, so its affinity must be chosen.',
    ],
    [
      'zone-redundant,sessions=redis-geo',
      '`zone-redundant,sessions=redis-geo: sessions` must be in-process, redis or cookie with one region, got: "redis-geo". A geo-replication group needs a second region.',
    ],
  ])('%s', (word, message) => expect(answerTo(word)).toBe(message));

  test('one region for a variant that takes all of them', () => {
    expect(answerTo('multi-region-sticky', { ...settings, regions: [sweden] })).toBe(
      '`multi-region-sticky: regions` must be at least 2 with entry front-door, got: 1. With one origin Front Door has nothing to choose: add a region to settings.ts, or choose entry=application-gateway.',
    );
  });

  test('standby regions without anything to choose them', () => {
    expect(answerTo('zone-redundant,routing=active-passive')).toBe(
      '`zone-redundant,routing=active-passive: routing` must be active-active with entry application-gateway, got: "active-passive". Only Front Door has regions to choose from: choose entry=front-door.',
    );
  });

  test('zones in a region that has none, unless the settings know better', () => {
    const wales = { location: 'ukwest', addressSpace: '10.2.0.0/16' };
    expect(answerTo('zone-redundant', { ...settings, regions: [wales] })).toBe(
      '`zone-redundant: zoneRedundant` must be off in a region without availability zones, got: "ukwest". Choose another region in settings.ts, or say hasAvailabilityZones: true there if it has them by now.',
    );
    expect(answerTo('zone-redundant,zoneRedundant=off', { ...settings, regions: [wales] })).toBe('accepted');
    expect(answerTo('zone-redundant', { ...settings, regions: [{ ...wales, hasAvailabilityZones: true }] })).toBe(
      'accepted',
    );
    expect(answerTo('zone-redundant', { ...settings, regions: [{ ...sweden, hasAvailabilityZones: false }] })).toMatch(
      /must be off/,
    );
  });

  test.each([
    ['swedencentrl', 'Did you mean swedencentral? '],
    ['wseteurope', 'Did you mean westeurope? '],
    ['atlantis', ''],
  ])('%s is a typo, or a region that is not known yet, and not one without zones', (location, meant) => {
    const regions = [{ location, addressSpace: '10.2.0.0/16' }];
    expect(answerTo('zone-redundant', { ...settings, regions })).toBe(
      `\`zone-redundant: regions\` must be regions of Azure, got: "${location}". ${meant}If the name is right, say in settings.ts whether it has zones: hasAvailabilityZones: true or false.`,
    );
    const stated = regions.map((region) => ({ ...region, hasAvailabilityZones: true }));
    expect(answerTo('zone-redundant', { ...settings, regions: stated })).toBe('accepted');
    const without = answerTo('zone-redundant,zoneRedundant=off', { ...settings, regions });
    expect(without === 'accepted').toBe(meant === '');
  });

  test('a floor that leaves autoscale no room, at the limit on both sides', () => {
    expect(answerTo('zone-redundant', { ...settings, maximumInstances: 3 })).toBe(
      '`zone-redundant: instances` must be below maximumInstances, 3, so that autoscale has room, got: 3. Raise maximumInstances in settings.ts, or ask for fewer.',
    );
    expect(answerTo('zone-redundant', { ...settings, maximumInstances: 4 })).toBe('accepted');
  });

  test('a maximum with which one region could not carry all, at the limit on both sides', () => {
    expect(answerTo('multi-region-sticky', { ...settings, maximumInstances: 5 })).toBe(
      '`maximumInstances` must be at least 6, so that one region can carry 100 % of what 2 × 3 instances do (multi-region-sticky), got: 5. Raise it in settings.ts, or lower survivingRegionCarriesPercent there.',
    );
    expect(answerTo('multi-region-sticky', { ...settings, maximumInstances: 6 })).toBe('accepted');
    expect(
      answerTo('multi-region-sticky', { ...settings, maximumInstances: 5, survivingRegionCarriesPercent: 80 }),
    ).toBe('accepted');
  });

  test('Private Link with a slot, and where Front Door does not offer it', () => {
    const link = { ...settings, privateOrigins: true };
    expect(answerTo('multi-region-sticky', link)).toBe(
      '`stagingSlot` must be false with privateOrigins, got: true. Private Link from Front Door does not support slots: change one of them in settings.ts.',
    );
    expect(answerTo('multi-region-sticky', { ...link, stagingSlot: false })).toBe('accepted');
    expect(answerTo('zone-redundant', link)).toBe('accepted');
    const italy = { location: 'italynorth', addressSpace: '10.2.0.0/16' };
    expect(answerTo('multi-region-sticky', { ...link, stagingSlot: false, regions: [sweden, italy] })).toBe(
      '`privateLinkLocation` must be a region in which Front Door offers Private Link, for italynorth, got: "italynorth". stacks/settings/privateLink.ts lists them: name the nearest in settings.ts.',
    );
    const nearest = { ...italy, privateLinkLocation: 'francecentral' };
    expect(answerTo('multi-region-sticky', { ...link, stagingSlot: false, regions: [sweden, nearest] })).toBe(
      'accepted',
    );
  });

  test('a package by the CLI, which cannot be delivered behind a gateway', () => {
    const cli = { ...settings, package: 'cli' };
    expect(answerTo('zone-redundant', cli)).toBe(
      "`agentsSubnet` must be true with package 'cli' behind a gateway (zone-redundant), got: false. The deployment site has a private address only: change one of them in settings.ts.",
    );
    expect(answerTo('zone-redundant', { ...cli, agentsSubnet: true })).toBe('accepted');
    expect(answerTo('single-zone', cli)).toBe('accepted');
  });

  test('a Redis too small to geo-replicate, at the limit on both sides', () => {
    expect(answerTo('multi-region-active-active', { ...settings, redisSku: 'Balanced_B1' })).toBe(
      '`redisSku` must be Balanced_B3 or larger for geo-replicated sessions, got: "Balanced_B1". multi-region-active-active needs it: change it in settings.ts.',
    );
    expect(answerTo('multi-region-active-active', { ...settings, redisSku: 'Balanced_B3' })).toBe('accepted');
    expect(answerTo('zone-redundant', { ...settings, redisSku: 'Balanced_B1' })).toBe('accepted');
  });

  test('affinity behind an entry that overrides the host', () => {
    const trial = { ...settings, domain: 'none' };
    expect(answerTo('zone-redundant,appService=on', trial)).toBe(
      '`zone-redundant,appService=on: affinity` must be off at every layer with entry application-gateway and domain \'none\', got: {"appService":"on","applicationGateway":"off","frontDoor":"absent"}. Without a domain of your own the entry overrides the host, and the affinity cookie\'s domain is the host that App Service saw: browsers drop it. Set `domain` in settings.ts.',
    );
    expect(answerTo('single-zone', trial)).toBe('accepted');
    expect(answerTo('zone-redundant multi-region-active-active', trial)).toBe('accepted');
  });
});

test('PowerShell hands a comma over as a space, which asks for the same', () => {
  expect([...synthesized(['zone-redundant', 'appService=on'])]).toEqual([
    ...synthesized(['zone-redundant,appService=on']),
  ]);
});

describe('a setting that Azure would refuse is refused at synth', () => {
  test.each([
    [
      'a name with a capital',
      { workload: 'Shop' },
      '`workload` must be 2 to 32 lower-case letters and digits, a letter first, got: "Shop". Change it in settings.ts.',
    ],
    [
      'a name too long',
      { workload: 'a'.repeat(33) },
      `\`workload\` must be 2 to 32 lower-case letters and digits, a letter first, got: "${'a'.repeat(33)}". Change it in settings.ts.`,
    ],
    [
      'a setting left out',
      { planSku: undefined },
      '`planSku` is missing in settings.ts. Add it; stacks/settings/schema.ts says what it may be.',
    ],
    [
      'a setting that is not known',
      { colour: 'red' },
      '`colour` is not known in `settings`. Remove it from settings.ts, or check its spelling.',
    ],
    [
      'a setting that is misspelt',
      { maximumInstance: 9 },
      '`maximumInstance` is not known in `settings`. Remove it from settings.ts, or check its spelling. Did you mean maximumInstances?',
    ],
    [
      'a kind of name that there is not',
      { names: { vaults: 'kv' } },
      '`vaults` is not known in `names`. Remove it from settings.ts, or check its spelling.',
    ],
    [
      'a number of an environment variable that is not set',
      { maximumInstances: Number(undefined) },
      '`maximumInstances` must be a number, got: NaN. Change it in settings.ts.',
    ],
    [
      'a number that JSON does not have',
      { maximumInstances: 12n },
      '`maximumInstances` must be a number, got: 12n. Change it in settings.ts.',
    ],
    [
      'a host that is too long',
      { domain: { host: `${'a.'.repeat(130)}com`, dnsReady: false } },
      `\`domain.host\` must be at most 253 characters, got: "${'a.'.repeat(130)}com". Change it in settings.ts.`,
    ],
    [
      'a region of Private Link that is none',
      { regions: [{ ...sweden, privateLinkLocation: '' }] },
      '`regions[0].privateLinkLocation` must be an Azure region name in lower case without spaces, for instance swedencentral, got: "". Change it in settings.ts.',
    ],
    [
      'a resource group of the state that Azure refuses',
      { state: { resourceGroupName: '../rg', storageAccountName: 'ststate', containerName: 'tfstate' } },
      '`state.resourceGroupName` must be the name of a resource group, got: "../rg". Change it in settings.ts.',
    ],
    [
      'a fraction',
      { maximumInstances: 4.5 },
      '`maximumInstances` must be a whole number, got: 4.5. Change it in settings.ts.',
    ],
    [
      'a plan that cannot be zone redundant',
      { planSku: 'S1' },
      '`planSku` must be a Premium v3 or v4 size, for instance P0v3, P1v3, P1v4 or P1mv3, which can be zone redundant, got: "S1". Change it in settings.ts.',
    ],
    [
      'a retired kind of Redis',
      { redisSku: 'Premium_P1' },
      '`redisSku` must be an Azure Managed Redis size, for instance Balanced_B0, Balanced_B3, MemoryOptimized_M10 or ComputeOptimized_X3, got: "Premium_P1". Change it in settings.ts.',
    ],
    [
      'no region',
      { regions: [] },
      '`regions` must be a list of at least one region, got: []. Change it in settings.ts.',
    ],
    [
      'a region by its display name',
      { regions: [{ ...sweden, location: 'Sweden Central' }] },
      '`regions[0].location` must be an Azure region name in lower case without spaces, for instance swedencentral, got: "Sweden Central". Change it in settings.ts.',
    ],
    [
      'a region twice',
      { regions: [sweden, { ...sweden, addressSpace: '10.9.0.0/16' }] },
      '`regions` must name each region once, got: "swedencentral" twice ([0] and [1]). Remove one in settings.ts.',
    ],
    [
      'ranges that overlap',
      { regions: [sweden, { ...germany, addressSpace: '10.0.128.0/17' }] },
      '`regions[1].addressSpace` must not overlap the range of another region, got: "10.0.128.0/17" beside "10.0.0.0/16" of swedencentral. Give each region its own range in settings.ts.',
    ],
    [
      'a domain with a scheme',
      { domain: { host: 'https://shop.contoso.com', dnsReady: true } },
      '`domain.host` must be a fully qualified host name in lower case, for instance shop.contoso.com, got: "https://shop.contoso.com". Change it in settings.ts.',
    ],
    [
      'a domain that is neither',
      { domain: 'shop.contoso.com' },
      "`domain` must be 'none' or { host: 'a.fully.qualified.name', dnsReady: false } in lower case, got: \"shop.contoso.com\". Change it in settings.ts.",
    ],
    [
      'a size that is none',
      { size: 'huge' },
      "`size` must be 'trial' or 'production', got: \"huge\". Change it in settings.ts.",
    ],
    [
      'a generation past the last',
      { generation: 100 },
      '`generation` must be a whole number from 1 to 99, got: 100. Change it in settings.ts.',
    ],
    [
      'more instances than a plan has',
      { maximumInstances: 31 },
      '`maximumInstances` must be a whole number from 2 to 30, got: 31. Change it in settings.ts.',
    ],
    [
      'a private deployer address',
      { deployerAddresses: ['10.0.0.4'] },
      '`deployerAddresses[0]` must be a public IPv4 address, or a range from /8 to /30, for instance 203.0.113.7 or 203.0.113.0/28, got: "10.0.0.4". Change it in settings.ts.',
    ],
    [
      'a certificate by its version',
      { certificate: { keyVaultSecretId: 'https://corp.vault.azure.net/secrets/wild/0123' } },
      '`certificate.keyVaultSecretId` must be a secret id without a version, https://<vault>.vault.azure.net/secrets/<name>, so that renewals are found, got: "https://corp.vault.azure.net/secrets/wild/0123". Change it in settings.ts.',
    ],
    [
      'an address that is none',
      { alertEmail: 'oncall' },
      '`alertEmail` must be an email address, got: "oncall". Change it in settings.ts.',
    ],
    [
      'runbooks without TLS',
      { runbooks: 'http://wiki' },
      '`runbooks` must be an https address, got: "http://wiki". Change it in settings.ts.',
    ],
    [
      'a host outside its zone',
      {
        domain: {
          host: 'shop.fabrikam.com',
          dnsReady: false,
          dnsZoneId: '/subscriptions/0/resourceGroups/dns/providers/Microsoft.Network/dnsZones/contoso.com',
        },
      },
      '`domain.host` must lie below the zone of `domain.dnsZoneId` (contoso.com), got: "shop.fabrikam.com". An apex cannot carry the records; change one of them in settings.ts.',
    ],
    [
      'a state container that is none',
      { state: { resourceGroupName: 'rg', storageAccountName: 'tfstate', containerName: 'TF' } },
      '`state.containerName` must be 3 to 63 lower-case letters, digits and single hyphens, got: "TF". Change it in settings.ts.',
    ],
    [
      'a tag that Azure refuses',
      { tags: { 'a/b': 'c' } },
      '`tags.a/b` must be a name without < > % & \\ ? /, got: "a/b". Change it in settings.ts.',
    ],
    [
      'an address twice',
      { deployerAddresses: ['203.0.113.7', '203.0.113.7'] },
      '`deployerAddresses` must be a list that names each address once, got: ["203.0.113.7","203.0.113.7"]. Change it in settings.ts.',
    ],
    [
      'text for a switch',
      { registerResourceProviders: 'yes' },
      '`registerResourceProviders` must be a boolean, got: "yes". Change it in settings.ts.',
    ],
  ])('%s', (_, change, message) => expect(answerTo('single-zone', { ...settings, ...change })).toBe(message));

  test('a member that is misspelt is found in lists, records and unions, too', () => {
    const answer = answerTo('single-zone', {
      ...settings,
      regions: [{ ...sweden, loction: 'x' }],
      existing: { networks: { swedencentral: { subnet: {} } } },
      state: { storageAccount: 'x' },
      waf: { colour: 'red' },
    });
    for (const said of [
      '`loction` is not known in `regions[0]`. Remove it from settings.ts, or check its spelling. Did you mean location?',
      'Did you mean subnets?',
      'It may have mode, exclusions, customRules, rateLimit.',
    ])
      expect(answer).toContain(said);
  });

  test('every wrong setting is reported at once', () => {
    expect(answerTo('single-zone', { ...settings, workload: '', environment: 7 }).split('\n')).toEqual([
      '`workload` must be 2 to 32 lower-case letters and digits, a letter first, got: "". Change it in settings.ts.',
      '`environment` must be a string, got: 7. Change it in settings.ts.',
    ]);
  });

  test('settings that are not an object', () => {
    expect(answerTo('single-zone', 'none')).toBe(
      '`settings` must be an object, got: "none". Change it in settings.ts.',
    );
  });
});
