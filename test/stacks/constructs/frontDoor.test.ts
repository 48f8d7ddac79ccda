import { at, type Block, inZone, three, variant } from './stack';

const words = ['multi-region-sticky', 'multi-region-active-passive', 'multi-region-active-active'] as const;
const cells = [
  ...words.map((word) => [word, 'two regions with a domain', variant(word, inZone)] as const),
  ['multi-region-active-passive', 'three regions with a domain', variant(words[1], { ...inZone, ...three })] as const,
];
const trial = variant('multi-region-active-active', { ...three, domain: 'none' });
const all = [...cells, ['multi-region-active-active', 'three regions without a domain', trial] as const];
const active = variant('multi-region-active-active', inZone);
const group = (terraform: typeof trial) => terraform.one('azurerm_cdn_frontdoor_origin_group');
const ids = (terraform: typeof trial, type: string) =>
  [...terraform.all(type).keys()].map((address) => `\${${address}.id}`);

describe.each(all)('%s, %s', (_, __, terraform) => {
  const apps = terraform.all('azurerm_linux_web_app');
  const origins = terraform.blocks('azurerm_cdn_frontdoor_origin');

  test('every app is an origin, under its own host name and with its certificate checked', () => {
    expect(origins.map(({ host_name }) => host_name).toSorted()).toEqual(
      [...apps.keys()].map((address) => `\${${address}.default_hostname}`).toSorted(),
    );
    for (const origin of origins)
      expect(origin).toMatchObject({ enabled: true, certificate_name_check_enabled: true, https_port: 443 });
  });

  test('every origin is reached by every route, and routes send on over HTTPS only', () => {
    const routes = terraform.blocks('azurerm_cdn_frontdoor_route');
    expect(routes.flatMap((route) => at<string[]>(route, 'patterns_to_match'))).toContain('/*');
    for (const route of routes) {
      expect(at<string[]>(route, 'cdn_frontdoor_origin_ids').toSorted()).toEqual(
        ids(terraform, 'azurerm_cdn_frontdoor_origin').toSorted(),
      );
      expect(route).toMatchObject({ forwarding_protocol: 'HttpsOnly', https_redirect_enabled: true });
      expect(route.supported_protocols).toEqual(['Http', 'Https']);
    }
    for (const origin of origins)
      expect(origin.cdn_frontdoor_origin_group_id).toBe('${azurerm_cdn_frontdoor_origin_group.front_door_origins.id}');
  });

  test('no origin answers other clients: default deny, the service tag and the id of this profile', () => {
    for (const app of terraform.blocks('azurerm_linux_web_app')) {
      expect(at(app, 'site_config.ip_restriction_default_action')).toBe('Deny');
      const rules = at<Block[]>(app, 'site_config.ip_restriction');
      expect(rules.map(({ service_tag }) => service_tag)).toEqual(['AzureFrontDoor.Backend']);
      expect(at(rules[0], 'headers.0.x_azure_fdid')).toEqual([
        '${azurerm_cdn_frontdoor_profile.front_door_profile.resource_guid}',
      ]);
      expect(at(app, 'site_config.scm_ip_restriction_default_action')).toBe('Deny');
      expect(JSON.stringify(at(app, 'site_config.scm_ip_restriction'))).not.toMatch(/FrontDoor/);
    }
  });

  test('no slot answers other clients either, and Front Door does not lead to it', () => {
    const slots = terraform.blocks('azurerm_linux_web_app_slot');
    expect(slots).toHaveLength(apps.size);
    for (const slot of slots)
      expect(slot.site_config).toMatchObject({
        ip_restriction_default_action: 'Deny',
        ip_restriction: [],
        scm_ip_restriction_default_action: 'Deny',
        scm_ip_restriction: [],
      });
  });

  test('the firewall covers every name that Front Door answers to, and prevents', () => {
    const covered = at<Block[]>(
      terraform.one('azurerm_cdn_frontdoor_security_policy'),
      'security_policies.firewall.association.domain',
    ).map(({ cdn_frontdoor_domain_id }) => cdn_frontdoor_domain_id as string);
    expect(covered.toSorted()).toEqual(
      [
        ...ids(terraform, 'azurerm_cdn_frontdoor_endpoint'),
        ...ids(terraform, 'azurerm_cdn_frontdoor_custom_domain'),
      ].toSorted(),
    );
    const policy = terraform.one('azurerm_cdn_frontdoor_firewall_policy');
    expect(policy).toMatchObject({ enabled: true, mode: 'Prevention', request_body_check_enabled: true });
    for (const { action } of at<Block[]>(policy, 'managed_rule')) expect(action).toBe('Block');
    expect(at<Block[]>(policy, 'managed_rule').map(({ type }) => type)).toEqual([
      'Microsoft_DefaultRuleSet',
      'Microsoft_BotManagerRuleSet',
    ]);
    expect(terraform.one('azurerm_cdn_frontdoor_profile').sku_name).toBe(policy.sku_name);
  });

  test('affinity is written out, because the default of azurerm is on', () => {
    expect(typeof group(terraform).session_affinity_enabled).toBe('boolean');
  });

  test('an origin that stops answering 200 at the health path is out within a minute', () => {
    const probe = group(terraform).health_probe as { interval_in_seconds: number };
    expect(probe).toMatchObject({ path: '/healthz', protocol: 'Https' });
    expect(['GET', 'HEAD']).toContain(at(probe, 'request_type'));
    const { sample_size: of, successful_samples_required: good } = group(terraform).load_balancing as {
      sample_size: number;
      successful_samples_required: number;
    };
    const badProbesThatTakeItOut = of - good + 1;
    expect(badProbesThatTakeItOut * probe.interval_in_seconds).toBeLessThanOrEqual(60);
    // One bad probe alone must not.
    expect(badProbesThatTakeItOut).toBeGreaterThan(1);
  });
});

test.each(cells)('%s, %s: the first region takes traffic, and the others with it or after it', (word, _, terraform) => {
  const priorities = terraform.blocks('azurerm_cdn_frontdoor_origin').map(({ name, priority }) => [name, priority]);
  const others = word === 'multi-region-active-passive' ? 2 : 1;
  for (const [name, priority] of priorities)
    expect([name, priority]).toEqual([name, name === 'swedencentral' ? 1 : others]);
  const weights = terraform.blocks('azurerm_cdn_frontdoor_origin').map(({ weight }) => weight);
  expect(new Set(weights).size).toBe(1);
});

test('with affinity the latency window holds every region; without, the fastest alone serves a shopper', () => {
  const choice = (word: string) => {
    const { session_affinity_enabled: affinity, load_balancing: load } = group(variant(word, inZone));
    return [affinity, at(load, 'additional_latency_in_milliseconds')];
  };
  expect(choice('multi-region-sticky')).toEqual([true, 1000]);
  expect(choice('multi-region-active-active')).toEqual([false, 0]);
});

test('with a domain the host goes on to the origin, and the endpoint of Azure leads nowhere', () => {
  for (const origin of active.blocks('azurerm_cdn_frontdoor_origin'))
    expect(origin).not.toHaveProperty('origin_host_header');
  for (const route of active.blocks('azurerm_cdn_frontdoor_route')) {
    expect(route.link_to_default_domain).toBe(false);
    expect(route.cdn_frontdoor_custom_domain_ids).toEqual(ids(active, 'azurerm_cdn_frontdoor_custom_domain'));
  }
  const association = active.one('azurerm_cdn_frontdoor_custom_domain_association');
  expect(at<string[]>(association, 'cdn_frontdoor_route_ids').toSorted()).toEqual(
    ids(active, 'azurerm_cdn_frontdoor_route').toSorted(),
  );
  expect(active.one('azurerm_cdn_frontdoor_custom_domain')).toMatchObject({
    host_name: 'shop.contoso.com',
    tls: { certificate_type: 'ManagedCertificate' },
  });
});

test('without a domain each origin is asked for under its own name', () => {
  for (const origin of trial.blocks('azurerm_cdn_frontdoor_origin'))
    expect(origin.origin_host_header).toBe(origin.host_name);
  for (const route of trial.blocks('azurerm_cdn_frontdoor_route')) {
    expect(route.link_to_default_domain).toBe(true);
    expect(route).not.toHaveProperty('cdn_frontdoor_custom_domain_ids');
  }
  expect(trial.types.filter((type) => /custom_(domain|hostname)/.test(type))).toEqual([]);
});

test('only answers that are the same for everyone are cached: the catalogue, not pages and not carts', () => {
  const [pages, cached] = ['route', 'cached_route'].map((id) =>
    active.all('azurerm_cdn_frontdoor_route').get(`azurerm_cdn_frontdoor_route.front_door_${id}`),
  );
  expect(pages).not.toHaveProperty('cache');
  expect(cached).toHaveProperty('cache');
  for (const pattern of at<string[]>(cached, 'patterns_to_match'))
    expect(pattern).toMatch(/^\/(api\/products(\/\*)?|favicon\.svg)$/);
});

describe('over Private Link', () => {
  const regions = [
    { location: 'swedencentral', addressSpace: '10.0.0.0/16' },
    { location: 'italynorth', addressSpace: '10.1.0.0/16', privateLinkLocation: 'francecentral' },
  ];
  const linked = variant('multi-region-active-active', {
    ...inZone,
    regions,
    privateOrigins: true,
    stagingSlot: false,
  });

  test('no app has a public address, and nothing is let in by tag', () => {
    for (const app of linked.blocks('azurerm_linux_web_app')) {
      expect(app.public_network_access_enabled).toBe(false);
      expect(at(app, 'site_config.ip_restriction_default_action')).toBe('Deny');
      expect(app).not.toHaveProperty('site_config.ip_restriction');
    }
  });

  test('every origin is linked, each from its region or the nearest that offers it: one kind in a group', () => {
    const links = linked
      .blocks('azurerm_cdn_frontdoor_origin')
      .map((origin) => [origin.name, at(origin, 'private_link.location'), at(origin, 'private_link.target_type')]);
    expect(links.toSorted()).toEqual([
      ['italynorth', 'francecentral', 'sites'],
      ['swedencentral', 'swedencentral', 'sites'],
    ]);
    for (const origin of linked.blocks('azurerm_cdn_frontdoor_origin')) {
      const app = `azurerm_linux_web_app.${origin.name}_hosting_app`;
      expect(at(origin, 'private_link.private_link_target_id')).toBe(`\${${app}.id}`);
    }
  });

  test('it is off unless asked for', () => {
    for (const origin of active.blocks('azurerm_cdn_frontdoor_origin'))
      expect(origin).not.toHaveProperty('private_link');
  });
});
