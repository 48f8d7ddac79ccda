/** Terraform for the tests of the review: one app on one plan, sound in every way that the rules look at, unless changed. */

import type { Deployment } from '../../../architecture/deployment';
import { readArchitecture } from '../../../architecture/read';
import type { Answer, Rule } from '../../../review/rules/rule';

export interface Change {
  readonly app?: object;
  readonly site?: object;
  readonly settings?: object;
  readonly plan?: object;
  /** Further resources by type and name. */
  readonly more?: Readonly<Record<string, object>>;
  readonly modules?: object;
  readonly locals?: object;
}

export const appAddress = 'azurerm_linux_web_app.app';

export function terraform({ app, site, settings, plan, more, modules, locals }: Change = {}) {
  return {
    resource: {
      azurerm_service_plan: {
        plan: {
          location: 'westeurope',
          os_type: 'Linux',
          sku_name: 'P0v3',
          worker_count: 3,
          zone_balancing_enabled: true,
          ...plan,
        },
      },
      azurerm_linux_web_app: {
        app: {
          location: 'westeurope',
          service_plan_id: '${azurerm_service_plan.plan.id}',
          https_only: true,
          client_affinity_enabled: false,
          app_settings: {
            SESSION_STORE: 'cookie',
            SESSION_SECRET: '@Microsoft.KeyVault(VaultName=v;SecretName=session)',
            ...settings,
          },
          site_config: {
            health_check_path: '/healthz',
            health_check_eviction_time_in_min: 2,
            minimum_tls_version: '1.2',
            ...site,
          },
          ...app,
        },
        ...more?.azurerm_linux_web_app,
      },
      ...Object.fromEntries(Object.entries(more ?? {}).filter(([type]) => type !== 'azurerm_linux_web_app')),
    },
    ...(modules ? { module: modules } : {}),
    ...(locals ? { locals } : {}),
  };
}

export const deployment = (change: Change = {}): Deployment =>
  readArchitecture(JSON.stringify(terraform(change)), 'fixture');

/** A gateway in front of the app that is sound, unless changed. */
export const gateway = (change: object = {}) => ({
  azurerm_application_gateway: {
    gate: {
      location: 'westeurope',
      sku: { name: 'WAF_v2', tier: 'WAF_v2' },
      zones: ['1', '2', '3'],
      autoscale_configuration: { min_capacity: 3, max_capacity: 10 },
      backend_address_pool: { name: 'app', fqdns: ['${azurerm_linux_web_app.app.default_hostname}'] },
      backend_http_settings: {
        name: 'app',
        cookie_based_affinity: 'Disabled',
        protocol: 'Https',
        probe_name: 'health',
      },
      probe: {
        name: 'health',
        protocol: 'Https',
        host: 'shop.contoso.com',
        path: '/healthz',
        interval: 10,
        timeout: 5,
        unhealthy_threshold: 3,
        match: { status_code: ['200'] },
      },
      http_listener: { name: 'https', protocol: 'Https' },
      request_routing_rule: { name: 'app', http_listener_name: 'https' },
      ssl_policy: { policy_type: 'Predefined', policy_name: 'AppGwSslPolicy20220101' },
      firewall_policy_id: '${azurerm_web_application_firewall_policy.waf.id}',
      ...change,
    },
  },
  azurerm_web_application_firewall_policy: { waf: { policy_settings: { mode: 'Prevention' } } },
});

/** A Front Door in front of the app (and of further ones) that is sound, unless changed. */
export const frontDoor = ({
  group = {},
  origin = {},
  route = {},
  waf = {},
  others = [],
}: {
  group?: object;
  origin?: object;
  route?: object;
  waf?: object | null;
  others?: readonly string[];
} = {}) => ({
  azurerm_cdn_frontdoor_profile: { door: { sku_name: 'Premium_AzureFrontDoor' } },
  azurerm_cdn_frontdoor_origin_group: {
    group: {
      cdn_frontdoor_profile_id: '${azurerm_cdn_frontdoor_profile.door.id}',
      session_affinity_enabled: false,
      health_probe: { protocol: 'Https', path: '/healthz', interval_in_seconds: 30 },
      load_balancing: { sample_size: 4, successful_samples_required: 3 },
      ...group,
    },
  },
  azurerm_cdn_frontdoor_origin: Object.fromEntries(
    ['app', ...others].map((name) => [
      name,
      {
        cdn_frontdoor_origin_group_id: '${azurerm_cdn_frontdoor_origin_group.group.id}',
        host_name: `\${azurerm_linux_web_app.${name}.default_hostname}`,
        priority: 1,
        ...(name === 'app' ? origin : {}),
      },
    ]),
  ),
  azurerm_cdn_frontdoor_route: {
    route: {
      cdn_frontdoor_origin_group_id: '${azurerm_cdn_frontdoor_origin_group.group.id}',
      supported_protocols: ['Http', 'Https'],
      https_redirect_enabled: true,
      forwarding_protocol: 'HttpsOnly',
      ...route,
    },
  },
  ...(waf === null
    ? {}
    : {
        azurerm_cdn_frontdoor_firewall_policy: { waf: { mode: 'Prevention', ...waf } },
        azurerm_cdn_frontdoor_security_policy: {
          guard: {
            security_policies: {
              firewall: { cdn_frontdoor_firewall_policy_id: '${azurerm_cdn_frontdoor_firewall_policy.waf.id}' },
            },
          },
        },
      }),
});

/** A second app, in another place, on the same plan. */
export const secondApp = (change: object = {}) => ({
  second: {
    location: 'northeurope',
    service_plan_id: '${azurerm_service_plan.plan.id}',
    https_only: true,
    client_affinity_enabled: false,
    app_settings: { SESSION_STORE: 'cookie' },
    ...change,
  },
});

export const redis = (change: object = {}, database: object = {}) => ({
  azurerm_managed_redis: {
    cache: {
      location: 'westeurope',
      sku_name: 'Balanced_B3',
      high_availability_enabled: true,
      public_network_access: 'Disabled',
      default_database: {
        access_keys_authentication_enabled: false,
        client_protocol: 'Encrypted',
        clustering_policy: 'EnterpriseCluster',
        eviction_policy: 'NoEviction',
        ...database,
      },
      ...change,
    },
  },
});
export const onRedis = { SESSION_STORE: 'redis', REDIS_URL: 'rediss://${azurerm_managed_redis.cache.hostname}:10000' };

export const autoscale = (
  capacity: object = {},
  rules: readonly (readonly [string, string])[] = [
    ['Increase', 'CpuPercentage'],
    ['Decrease', 'CpuPercentage'],
  ],
) => ({
  azurerm_monitor_autoscale_setting: {
    scale: {
      target_resource_id: '${azurerm_service_plan.plan.id}',
      profile: {
        capacity: { minimum: 3, default: 3, maximum: 9, ...capacity },
        rule: rules.map(([direction, metric]) => ({
          metric_trigger: { metric_name: metric },
          scale_action: { direction },
        })),
      },
    },
  },
});

/** Answers as a person would write them down, for exact comparison. */
export const answersOf = (rule: Rule, change: Change): string[] => rule.check(deployment(change)).map(written);

export function written(answer: Answer): string {
  if (answer.kind === 'compliant') return `compliant ${answer.resource}`;
  if (answer.kind === 'not applicable') return `not applicable: ${answer.reason}`;
  if (answer.kind === 'cannot tell') return `cannot tell ${answer.resource}: ${answer.reason}`;
  return `finding ${answer.resource}: ${answer.message}`;
}

type Case = readonly [title: string, change: Change, ...answers: string[]];

/** The cases of a rule, by hand; that each kind of answer is among them is itself a test. */
export function ruleCases(
  rule: Rule,
  cases: readonly Case[],
  kinds = ['compliant', 'finding', 'not applicable', 'cannot tell'],
): void {
  describe(rule.id, () => {
    test.each(cases.map(([title, change, ...answers]) => ({ title, change, answers })))(
      '$title',
      ({ change, answers }) => expect(answersOf(rule, change)).toEqual(answers),
    );
    test('is shown with every answer that it can give', () => {
      const shown = cases.flatMap(([, , ...answers]) => answers);
      expect(kinds.filter((kind) => !shown.some((answer) => answer.startsWith(kind)))).toEqual([]);
    });
  });
}

/** A private endpoint of the app whose name a private DNS zone answers: who is in the network reaches a closed app. */
export const endpoint = () => ({
  azurerm_private_dns_zone: { web: { name: 'privatelink.azurewebsites.net' } },
  azurerm_private_dns_zone_virtual_network_link: {
    link: { private_dns_zone_name: '${azurerm_private_dns_zone.web.name}' },
  },
  azurerm_private_endpoint: {
    app: {
      location: 'westeurope',
      private_service_connection: {
        private_connection_resource_id: `\${${appAddress}.id}`,
        subresource_names: ['sites'],
      },
      private_dns_zone_group: { private_dns_zone_ids: ['${azurerm_private_dns_zone.web.id}'] },
    },
  },
});
