import { appOf } from '../../../stacks/app';
import { Hosting, type HostingProps } from '../../../stacks/region/hosting';
import { RegionIdentity } from '../../../stacks/region/identity';
import type { Ingress } from '../../../stacks/region/ingress';
import { siteConfig } from '../../../stacks/region/siteConfig';
import type { Settings } from '../../../stacks/settings';
import { at, type Block, settingsWith, stackOf, surroundings, variant } from './stack';

const built = (props: Partial<HostingProps> = {}, change: Partial<Settings> = {}, host?: string) =>
  stackOf((stack, place) => {
    const around = surroundings(stack, place);
    const staging = new RegionIdentity(stack, 'staging_identity', { place, role: 'staging', grants: [] }).identity;
    const hosting = new Hosting(stack, 'hosting', {
      ...around,
      appSettings: { NODE_ENV: 'production' },
      ownSettings: { OTEL_SERVICE_NAME: 'shop' },
      slot: place.settings.stagingSlot
        ? { identity: staging, ownSettings: { OTEL_SERVICE_NAME: 'shop-staging' } }
        : undefined,
      after: [],
      instances: 3,
      zoneRedundant: true,
      affinity: false,
      ingress: { from: 'private-endpoint' },
      ...props,
    });
    if (host !== undefined) hosting.bind(host, [around.identity]);
  }, change);
const whole = built({}, { stagingSlot: true });
const [app, slot] = ['azurerm_linux_web_app', 'azurerm_linux_web_app_slot'].map((type) => whole.one(type)) as [
  Block,
  Block,
];

test.each([
  [1, false],
  [30, true],
])(
  'the plan starts with %i instances, zone balanced: %s, and leaves their number to autoscale then',
  (count, zones) => {
    const plan = built({ instances: count, zoneRedundant: zones }).one('azurerm_service_plan');
    expect(plan).toMatchObject({
      worker_count: count,
      zone_balancing_enabled: zones,
      os_type: 'Linux',
      lifecycle: { ignore_changes: ['worker_count'] },
    });
  },
);

test('the plan has the size of the settings', () => {
  expect(built({}, { planSku: 'P2mv3' }).one('azurerm_service_plan').sku_name).toBe('P2mv3');
});

test.each([true, false])('affinity %s is written out for app and slot, whose defaults would be another', (affinity) => {
  const terraform = built({ affinity });
  for (const type of ['azurerm_linux_web_app', 'azurerm_linux_web_app_slot'])
    expect(terraform.one(type).client_affinity_enabled).toBe(affinity);
});

test('app and slot take HTTPS from TLS 1.2 only, and no password of the publishing kind', () => {
  for (const site of [app, slot]) {
    expect(site).toMatchObject({
      https_only: true,
      ftp_publish_basic_authentication_enabled: false,
      webdeploy_publish_basic_authentication_enabled: false,
      site_config: {
        minimum_tls_version: '1.2',
        scm_minimum_tls_version: '1.2',
        ftps_state: 'Disabled',
        remote_debugging_enabled: false,
      },
    });
    expect(site).not.toHaveProperty('connection_string');
  }
});

test('a dead instance leaves the rotation after two minutes, the least that the service takes', () => {
  expect(app.site_config).toMatchObject({
    always_on: true,
    health_check_path: '/healthz',
    health_check_eviction_time_in_min: 2,
    load_balancing_mode: 'LeastRequests',
  });
});

test('everything that the app sends goes through its network, where Key Vault references find the vault', () => {
  for (const site of [app, slot]) {
    expect(site.virtual_network_subnet_id).toBe('${azurerm_subnet.network_app_service.id}');
    expect(at(site, 'site_config.vnet_route_all_enabled')).toBe(true);
  }
});

test('Key Vault references are read by the identity that has the right, not by one that is not there', () => {
  const [identity, staging] = ['identity', 'staging_identity'].map(
    (name) => `\${azurerm_user_assigned_identity.${name}.id}`,
  );
  expect(app.identity).toEqual({ type: 'UserAssigned', identity_ids: [identity] });
  expect(app.key_vault_reference_identity_id).toBe(identity);
  expect(slot.key_vault_reference_identity_id).toBe(staging);
});

// While a swap warms up, the slot's workers have production's settings, which name production's identity.
test("the slot has an identity of its own, and production's for the swap", () => {
  expect(slot.identity).toEqual({
    type: 'UserAssigned',
    identity_ids: [
      '${azurerm_user_assigned_identity.staging_identity.id}',
      '${azurerm_user_assigned_identity.identity.id}',
    ],
  });
});

test('the slot runs as the app does, under its own name in telemetry, which stays behind at a swap', () => {
  expect(slot.site_config).toEqual(app.site_config);
  const { OTEL_SERVICE_NAME: inApp, ...others } = app.app_settings as Record<string, string>;
  const { OTEL_SERVICE_NAME: inSlot, ...same } = slot.app_settings as Record<string, string>;
  expect([inApp, inSlot]).toEqual(['shop', 'shop-staging']);
  expect(same).toEqual(others);
  expect(app.sticky_settings).toEqual({ app_setting_names: ['OTEL_SERVICE_NAME'] });
});

test.each(['onedeploy', 'blob'] as const)(
  'in a variant with Redis and package %s, the slot has its own keys and identity, and what differs stays behind at a swap',
  (mode) => {
    const whole = variant('zone-redundant', { package: mode });
    const [inApp, inSlot] = ['azurerm_linux_web_app', 'azurerm_linux_web_app_slot'].map(
      (type) => whole.one(type).app_settings,
    ) as [Record<string, string>, Record<string, string>];
    expect([inApp.SESSION_PREFIX, inSlot.SESSION_PREFIX]).toEqual(['shop', 'shop-staging']);
    const identity = (role: string) => `\${azurerm_user_assigned_identity.swedencentral_${role}_identity.client_id}`;
    expect([inApp, inSlot].map((settings) => settings.REDIS_IDENTITY_CLIENT_ID)).toEqual(
      ['app', 'staging'].map(identity),
    );
    expect(Object.keys(inSlot).sort()).toEqual(Object.keys(inApp).sort());
    const differing = Object.keys(inSlot).filter((name) => inSlot[name] !== inApp[name]);
    expect(at<string[]>(whole.one('azurerm_linux_web_app'), 'sticky_settings.app_setting_names').toSorted()).toEqual(
      differing.toSorted(),
    );
    expect(differing).not.toContain('SESSION_SECRET');
  },
);

test('without a slot nothing is sticky', () => {
  const single = built({}, { stagingSlot: false });
  expect(single.types).not.toContain('azurerm_linux_web_app_slot');
  expect(single.one('azurerm_linux_web_app')).not.toHaveProperty('sticky_settings');
});

const frontDoorOnly = (profileGuid: string): Ingress => ({
  from: 'service-tag',
  name: 'front-door',
  serviceTag: 'AzureFrontDoor.Backend',
  headers: { xAzureFdid: [profileGuid] },
});

describe('who may call', () => {
  const sites = (ingress: Ingress) => {
    const terraform = built({ ingress });
    return ['azurerm_linux_web_app', 'azurerm_linux_web_app_slot'].map((type) => terraform.one(type));
  };

  test('anyone, where the app is the entry itself', () => {
    for (const site of sites({ from: 'anyone' })) {
      expect(site.public_network_access_enabled).toBe(true);
      expect(site.site_config).toMatchObject({ ip_restriction_default_action: 'Allow' });
      expect(site).not.toHaveProperty('site_config.ip_restriction');
    }
  });

  test('nobody from outside, where it is reached privately', () => {
    for (const from of ['private-endpoint', 'private-link'] as const)
      for (const site of sites({ from })) {
        expect(site.public_network_access_enabled).toBe(false);
        expect(site.site_config).toMatchObject({ ip_restriction_default_action: 'Deny' });
      }
  });

  const behindFrontDoor = built({ ingress: frontDoorOnly('0000-1111') }, { deployerAddresses: ['203.0.113.7'] });

  test('the one Front Door profile: the tag alone would let in those of every other customer', () => {
    const site = behindFrontDoor.one('azurerm_linux_web_app');
    expect(site.public_network_access_enabled).toBe(true);
    expect(site.site_config).toMatchObject({ ip_restriction_default_action: 'Deny' });
    const restrictions = at<Block[]>(site, 'site_config.ip_restriction');
    expect(restrictions).toHaveLength(1);
    expect(restrictions[0]).toMatchObject({ action: 'Allow', service_tag: 'AzureFrontDoor.Backend' });
    // All four lists, empty ones too: azurerm wants them.
    expect(at(restrictions[0], 'headers')).toEqual([
      { x_azure_fdid: ['0000-1111'], x_fd_health_probe: [], x_forwarded_for: [], x_forwarded_host: [] },
    ]);
  });

  test('the deployer alone in the slot behind Front Door, to try a version; all else is as in the app', () => {
    const { ip_restriction: inSlot, ...slot } = behindFrontDoor.one('azurerm_linux_web_app_slot').site_config as Block;
    const { ip_restriction: inApp, ...app } = behindFrontDoor.one('azurerm_linux_web_app').site_config as Block;
    expect(slot).toEqual(app);
    expect(inSlot).toEqual([{ name: 'deployer-1', action: 'Allow', priority: 100, ip_address: '203.0.113.7/32' }]);
    expect(inApp).not.toEqual(inSlot);
  });

  test.each([{ from: 'anyone' }, { from: 'private-endpoint' }, { from: 'private-link' }, frontDoorOnly('x')] as const)(
    'the deployment site, from $from, takes the deployer alone, addresses and ranges as they are',
    (ingress) => {
      const shop = { app: appOf(settingsWith()), identity: { clientId: 'app' }, ingress };
      const site = siteConfig({ ...shop, deployerAddresses: ['203.0.113.7', '198.51.100.0/28'] });
      expect(site).toMatchObject({ scmUseMainIpRestriction: false, scmIpRestrictionDefaultAction: 'Deny' });
      expect(site.scmIpRestriction).toEqual([
        { name: 'deployer-1', action: 'Allow', priority: 100, ipAddress: '203.0.113.7/32' },
        { name: 'deployer-2', action: 'Allow', priority: 101, ipAddress: '198.51.100.0/28' },
      ]);
      expect(siteConfig({ ...shop, deployerAddresses: [] }).scmIpRestriction).toEqual([]);
    },
  );
});

test('a host is bound to the app after what proves it, and to no more than is asked for', () => {
  const bound = built({}, {}, 'shop.contoso.com');
  const binding = bound.one('azurerm_app_service_custom_hostname_binding');
  expect(binding).toMatchObject({
    hostname: 'shop.contoso.com',
    app_service_name: '${azurerm_linux_web_app.hosting_app.name}',
    depends_on: ['azurerm_user_assigned_identity.identity'],
  });
  expect(whole.types).not.toContain('azurerm_app_service_custom_hostname_binding');
});

test('what the app needs at its start is there before app and slot', () => {
  const terraform = stackOf((stack, place) => {
    const around = surroundings(stack, place);
    new Hosting(stack, 'hosting', {
      ...around,
      appSettings: {},
      ownSettings: {},
      slot: { identity: around.identity, ownSettings: {} },
      after: around.rights,
      instances: 2,
      zoneRedundant: false,
      affinity: true,
      ingress: { from: 'anyone' },
    });
  });
  for (const address of ['azurerm_linux_web_app.hosting_app', 'azurerm_linux_web_app_slot.hosting_staging'])
    expect(terraform.before(address)).toContain('azurerm_role_assignment.identity_may_send_telemetry');
});
