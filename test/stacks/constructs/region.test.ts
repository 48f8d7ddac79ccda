import { type App, TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { ApplicationGatewayEntry } from '../../../stacks/entry/applicationGateway';
import { applicationGateway } from '../../../stacks/entry/kinds/applicationGateway';
import { Region, type RegionProps } from '../../../stacks/region/region';
import { RegionApp, type RegionAppProps } from '../../../stacks/region/regionApp';
import type { Settings } from '../../../stacks/settings';
import type { Variant } from '../../../stacks/variant';
import { VariantStack } from '../../../stacks/variantStack';
import { at, everyVariant, settingsWith, stackOf, variant } from './stack';

const asked: RegionAppProps = {
  instances: 2,
  zoneRedundant: false,
  affinity: true,
  ingress: { from: 'anyone' },
  proxyHops: 1,
};
const regionIn = (
  use: (region: Region) => void,
  props: Partial<Pick<RegionProps, 'sessionStore' | 'entrySubnet'>> = {},
  change: Partial<Settings> = {},
) =>
  stackOf((stack, { name, settings }) => {
    const region = new Region(stack, 'swedencentral', {
      ...settings,
      name,
      groupPart: 'test',
      location: 'swedencentral',
      addressSpace: '10.0.0.0/16',
      sessionStore: 'in-process',
      packageHash: '0123456789ab',
      ...props,
    });
    use(region);
  }, change);
const host = (region: Region) => new RegionApp(region, asked);
const settingsOf = (word: string, change: Partial<Settings> = {}) => {
  const [app] = variant(word, change).blocks('azurerm_linux_web_app');
  return app?.app_settings as Record<string, string>;
};

test('a region has everything in one group of its own, and its location in every address', () => {
  const terraform = regionIn(host);
  const group = terraform.one('azurerm_resource_group');
  expect(group).toMatchObject({ name: 'rg-shop-prod-test-swedencentral', location: 'swedencentral' });
  for (const [address, block] of terraform.resources) {
    expect(address).toMatch(/^\w+\.swedencentral(_|$)/);
    if ('resource_group_name' in block)
      expect(block.resource_group_name).toBe('${azurerm_resource_group.swedencentral.name}');
  }
});

test('a region with the fewest choices has no gateway subnet, no Redis, no slot, no storage and no agents', () => {
  const least = regionIn(host, {}, { stagingSlot: false, package: 'cli', agentsSubnet: false });
  const absent = /redis|slot|storage|application_gateway|frontdoor/;
  expect(least.types.filter((type) => absent.test(type))).toEqual([]);
  expect(least.all('azurerm_subnet').size).toBe(2);
});

test('a region with every choice has them all', () => {
  const full = regionIn(
    (region) => new RegionApp(region, { ...asked, ingress: { from: 'private-endpoint' }, zoneRedundant: true }),
    { entrySubnet: applicationGateway.subnet, sessionStore: 'redis' },
    { stagingSlot: true, package: 'blob', agentsSubnet: true },
  );
  expect(full.types).toEqual(
    expect.arrayContaining(['azurerm_managed_redis', 'azurerm_linux_web_app_slot', 'azurerm_storage_account']),
  );
  expect(full.all('azurerm_subnet').size).toBe(4);
});

test('a region without an app is whole: everything that it offers is there, and nothing of the app', () => {
  const terraform = regionIn((region) => {
    for (const name of Object.keys(region) as (keyof Region)[]) expect(() => region[name]).not.toThrow();
  });
  expect(terraform.types.filter((type) => /web_app|service_plan|autoscale/.test(type))).toEqual([]);
});

test('a host is bound to the app, or it is an error, never ignored', () => {
  const terraform = regionIn((region) => {
    const app = host(region);
    expect(app.bind('shop.contoso.com', [])).toBeDefined();
    expect(() => app.bind('shop.contoso.com', [])).toThrow(/already a Construct with name 'host'/);
  });
  expect(terraform.one('azurerm_app_service_custom_hostname_binding').hostname).toBe('shop.contoso.com');
});

test('a gateway cannot be in a region that has no subnet for it', () => {
  expect(() =>
    regionIn((region) => {
      new ApplicationGatewayEntry(region, 'gateway', {
        app: host(region),
        affinity: false,
        host: 'shop.contoso.com',
      });
    }),
  ).toThrow('test/swedencentral has no gateway subnet');
});

const chosen: Variant = {
  entry: 'app-service',
  regions: 1,
  routing: 'active-active',
  instances: 2,
  zoneRedundant: false,
  affinity: { appService: 'on', applicationGateway: 'absent', frontDoor: 'absent' },
  sessions: 'in-process',
};

test('two elements that would share a Terraform address are an error, not one that is lost', () => {
  const build = (scope: Construct) => {
    const props = { base: 'test', variant: chosen, settings: settingsWith(), packageHash: '0123456789ab' };
    const stack = new VariantStack(scope.node.root as App, 'whole', props);
    new TerraformOutput(new Construct(stack, 'x'), 'y', { value: 1 });
    new TerraformOutput(stack, 'x_y', { value: 2 });
    stack.toTerraform();
  };
  expect(() => stackOf(build)).toThrow('whole/x/y and whole/x_y would share the address x_y');
});

describe('app settings', () => {
  test.each([
    ['single-zone', '1'],
    ['zone-redundant', '2'],
    ['multi-region-active-active', '2'],
  ])('of %s trust %s proxies: each appends the client that it saw, and one more could be forged', (word, hops) => {
    expect(settingsOf(word).TRUSTED_PROXY_HOPS).toBe(hops);
  });

  test.each([
    ['single-zone', 'memory'],
    ['zone-redundant', 'redis'],
    ['zone-redundant-cookie', 'cookie'],
    ['multi-region-active-active', 'redis'],
  ])('of %s keep sessions in %s', (word, store) => expect(settingsOf(word).SESSION_STORE).toBe(store));

  test.each([...everyVariant()])(
    'of %s let the app drain before it is killed, inside what the platform takes',
    (_, terraform) => {
      for (const app of terraform.blocks('azurerm_linux_web_app')) {
        const [grace, limit] = ['SHUTDOWN_GRACE_SECONDS', 'WEBSITES_CONTAINER_STOP_TIME_LIMIT'].map((name) =>
          Number(at(app, `app_settings.${name}`)),
        ) as [number, number];
        expect(grace).toBeGreaterThan(0);
        expect(grace).toBeLessThan(limit);
        expect(limit).toBeLessThanOrEqual(120);
      }
    },
  );

  test('count an instance as warm only when it answers 200, where the platform would take a 502', () => {
    expect(settingsOf('zone-redundant')).toMatchObject({
      WEBSITE_WARMUP_PATH: '/healthz',
      WEBSITE_WARMUP_STATUSES: '200',
      WEBSITE_HEALTHCHECK_MAXUNHEALTHYWORKERPERCENT: '50',
    });
  });

  test('are the same in every region, except for what belongs to the region', () => {
    const apps = variant('multi-region-active-active').all('azurerm_linux_web_app');
    const [first, second] = [...apps].map(([address, app]) => {
      const region = address.replace(/^.*\.(\w+)_hosting_app$/, '$1');
      return JSON.stringify(app.app_settings).replaceAll(region, 'region');
    });
    expect(second).toBe(first);
  });
});
