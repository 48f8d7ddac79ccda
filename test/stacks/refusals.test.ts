import { InputError } from '../../inputError';
import { settings } from '../../settings';
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
const told = (word: string, given: unknown = settings) => messageOf(() => synthesized(word.split(' '), given));
const [sweden, germany] = settings.regions as [(typeof settings.regions)[0], (typeof settings.regions)[0]];

describe('a choice that cannot work is refused with what was given, what is allowed and why', () => {
  test.each([
    [
      'tripled',
      '`variant` must be one of single-zone, zone-redundant, multi-region-active-active, got: "tripled". main.ts lists them; choices are overridden as in zone-redundant,appService=on.',
    ],
    ['appService=on', '`appService=on` overrides no variant. Name the variant first, as in single-zone,appService=on.'],
    [
      'single-zone,arr=on',
      '`choice` must be one of entry, regions, instances, zoneRedundant, appService, applicationGateway, frontDoor, sessions, got: "arr". A choice is written name=value.',
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
      '`zone-redundant,sessions=redis-geo: sessions` must be redis or in-process with one region, got: "redis-geo". A geo-replication group needs a second region.',
    ],
  ])('%s', (word, message) => expect(told(word)).toBe(message));

  test('a Redis too small to geo-replicate, at the limit on both sides', () => {
    expect(told('multi-region-active-active', { ...settings, redisSku: 'Balanced_B1' })).toBe(
      '`redisSku` must be Balanced_B3 or larger for geo-replicated sessions, got: "Balanced_B1". multi-region-active-active needs it: change it in settings.ts.',
    );
    expect(told('multi-region-active-active', { ...settings, redisSku: 'Balanced_B3' })).toBe('accepted');
    expect(told('zone-redundant', { ...settings, redisSku: 'Balanced_B1' })).toBe('accepted');
  });

  test('affinity behind an entry that overrides the host', () => {
    const trial = { ...settings, domain: 'none' };
    expect(told('zone-redundant,appService=on', trial)).toBe(
      '`zone-redundant,appService=on: affinity` must be off at every layer with entry application-gateway and domain \'none\', got: {"appService":"on","applicationGateway":"off","frontDoor":"absent"}. Without a domain of your own the entry overrides the host, and the affinity cookie\'s domain is the host that App Service saw: browsers drop it. Set `domain` in settings.ts.',
    );
    expect(told('single-zone', trial)).toBe('accepted');
    expect(told('zone-redundant multi-region-active-active', trial)).toBe('accepted');
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
      '`workload` must be 2 to 16 lower-case letters and digits, a letter first, got: "Shop". Change it in settings.ts.',
    ],
    [
      'a name too long',
      { workload: 'a'.repeat(17) },
      `\`workload\` must be 2 to 16 lower-case letters and digits, a letter first, got: "${'a'.repeat(17)}". Change it in settings.ts.`,
    ],
    [
      'a setting left out',
      { planSku: undefined },
      '`planSku` is missing in settings.ts. Add it; stacks/settings.ts says what it may be.',
    ],
    [
      'a setting that is not known',
      { colour: 'red' },
      '`colour` is not known in `settings`. Remove it from settings.ts, or check its spelling.',
    ],
    [
      'a plan that cannot be zone redundant',
      { planSku: 'S1' },
      '`planSku` must be a Premium v3 or v4 size, for instance P0v3, P1v3, P1v4 or P1mv3 (only those can be zone redundant), got: "S1". Change it in settings.ts.',
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
      { domain: { host: 'https://shop.contoso.com' } },
      '`domain.host` must be a fully qualified host name in lower case, for instance shop.contoso.com, got: "https://shop.contoso.com". Change it in settings.ts.',
    ],
    [
      'a domain that is neither',
      { domain: 'shop.contoso.com' },
      "`domain` must be 'none' or { host: 'a.fully.qualified.name' } in lower case, got: \"shop.contoso.com\". Change it in settings.ts.",
    ],
    [
      'text for a switch',
      { registerResourceProviders: 'yes' },
      '`registerResourceProviders` must be a boolean, got: "yes". Change it in settings.ts.',
    ],
  ])('%s', (_, change, message) => expect(told('single-zone', { ...settings, ...change })).toBe(message));

  test('every wrong setting is told at once', () => {
    expect(told('single-zone', { ...settings, workload: '', environment: 7 }).split('\n')).toEqual([
      '`workload` must be 2 to 16 lower-case letters and digits, a letter first, got: "". Change it in settings.ts.',
      '`environment` must be a string, got: 7. Change it in settings.ts.',
    ]);
  });

  test('settings that are no object', () => {
    expect(told('single-zone', 'none')).toBe('`settings` must be an object, got: "none". Change it in settings.ts.');
  });
});
