import fs from 'node:fs';
import path from 'node:path';
import type { Deployment } from '../../architecture/deployment';
import { readFolder } from '../../architecture/hcl/folder';
import { isUnknown } from '../../architecture/known';
import { readArchitecture, readTerraform } from '../../architecture/read';
import { review } from '../../review/review';

const root = path.join(__dirname, 'publicShapes');

/** What the review must say of a shape. Rules about logs and alerts are left out: no shape has any. */
interface Right {
  readonly entry: string;
  /** Each `address: role, instances, sessions, affinity`; `?` is unknown. */
  readonly apps: readonly string[];
  /** Each `rule resource`. */
  readonly errors: readonly string[];
  /** Rules that cannot tell; none is the usual answer. */
  readonly unknown?: readonly string[];
}

interface Shape extends Right {
  /** What else its plan alone shows; null: it has no plan. */
  readonly plan?: Partial<Right> | null;
}

const whereSessionsAre = ['cookie-shared-secret', 'in-process-state'];
const ofThePlan = [
  'autoscale-flaps',
  'autoscale-floor',
  'autoscale-paired',
  'instance-per-zone',
  'mixed-redundancy',
  'per-site-scaling',
  'single-instance',
  'tier-lacks-feature',
  'worker-count-fights-autoscale',
  'zone-redundant-floor',
  'zones-not-asked',
];
const ofTheEntry = ['needless-affinity', 'unlocked-origin', 'waf-prevention'];

const shapes: Readonly<Record<string, Shape>> = {
  appsFromYaml: {
    entry: 'app-service',
    apps: [
      'azurerm_linux_web_app.app["admin"]: active, 2, cookie, off',
      'azurerm_linux_web_app.app["shop"]: active, 2, in-process, on',
    ],
    errors: [
      'cookie-shared-secret azurerm_linux_web_app.app["admin"]',
      'in-process-state azurerm_linux_web_app.app["shop"]',
    ],
  },
  azapiSite: {
    entry: 'app-service',
    apps: ['azapi_resource.app: active, 3, in-process, off'],
    errors: ['in-process-state azapi_resource.app'],
  },
  baselineGateway: {
    entry: 'application-gateway',
    apps: ['azurerm_windows_web_app.app: active, 3, ?, on'],
    errors: [
      'affinity-behind-overridden-host azurerm_application_gateway.gateway',
      'plain-http azurerm_application_gateway.gateway.http_listener "baseline-listener"',
      'waf-prevention azurerm_web_application_firewall_policy.waf',
    ],
    unknown: [...whereSessionsAre, 'needless-affinity', 'old-tls'],
  },
  classicDoor: {
    entry: '?',
    apps: ['azurerm_windows_web_app.app["neu"]: ?, 2, ?, off', 'azurerm_windows_web_app.app["weu"]: ?, 2, ?, off'],
    errors: ['neu', 'weu'].flatMap((key) => [
      `health-check azurerm_windows_web_app.app["${key}"]`,
      `plain-http azurerm_windows_web_app.app["${key}"]`,
    ]),
    unknown: [...whereSessionsAre, ...ofTheEntry, 'unreachable-region'],
    plan: null,
  },
  containerAppsBeside: {
    entry: 'front-door',
    apps: ['azurerm_linux_web_app.web: active, 2, cookie, off'],
    errors: [
      // The endpoint's own name in azurefd.net is passed on to an app that does not have it.
      'app-unreachable azurerm_cdn_frontdoor_origin.each["web"]',
      'cookie-shared-secret azurerm_linux_web_app.web',
      'unlocked-origin azurerm_linux_web_app.web',
      'waf-prevention azurerm_cdn_frontdoor_profile.door',
    ],
    // Locals are not in a plan, so neither is what the origins are.
    plan: {
      entry: '?',
      apps: ['azurerm_linux_web_app.web: ?, 2, cookie, off'],
      errors: ['cookie-shared-secret azurerm_linux_web_app.web'],
      unknown: ofTheEntry,
    },
  },
  databaseBehind: {
    entry: 'app-service',
    apps: ['azurerm_linux_web_app.app: active, 3, database, off'],
    errors: [
      'mixed-redundancy azurerm_postgresql_flexible_server.database',
      'secret-in-settings azurerm_linux_web_app.app',
    ],
    plan: {
      apps: ['azurerm_linux_web_app.app: active, 3, ?, off'],
      unknown: [...whereSessionsAre, 'health-check-eviction'],
    },
  },
  dynamicRestrictions: {
    entry: 'app-service',
    apps: ['module.site.azurerm_linux_web_app.site: active, 1, in-process, off'],
    errors: ['unlocked-origin module.site.azurerm_linux_web_app_slot.staging[0]'],
  },
  eitherSystem: {
    entry: 'app-service',
    apps: ['azurerm_windows_web_app.main[0]: active, 2, ?, on'],
    errors: [],
    unknown: [...whereSessionsAre, 'needless-affinity'],
  },
  functionsBeside: {
    entry: 'front-door',
    apps: ['azurerm_linux_web_app.web: active, 2, cookie, off'],
    errors: [
      'cookie-shared-secret azurerm_linux_web_app.web',
      'public-data-service azurerm_storage_account.functions',
      'unlocked-origin azurerm_linux_web_app.web',
      'waf-prevention azurerm_cdn_frontdoor_profile.door',
    ],
  },
  keyedRedis: {
    entry: 'app-service',
    apps: ['azurerm_windows_web_app.app: active, 3, redis, off'],
    errors: ['public-data-service azurerm_redis_cache.sessions', 'secret-in-settings azurerm_windows_web_app.app'],
  },
  leftToTheCaller: {
    entry: 'app-service',
    apps: ['azurerm_linux_web_app.this: active, ?, ?, off'],
    errors: [],
    unknown: [...whereSessionsAre, 'health-check-eviction', 'secret-in-settings', 'single-instance', 'zones-not-asked'],
    plan: null,
  },
  legacyApp: {
    entry: 'app-service',
    apps: ['azurerm_app_service.app: active, 2, in-process, off'],
    errors: [
      'health-check azurerm_app_service.app',
      'in-process-state azurerm_app_service.app',
      'old-tls azurerm_app_service.app',
      'plain-http azurerm_app_service.app',
      'slot-sessions azurerm_app_service_slot.next',
      'unlocked-origin azurerm_app_service_slot.next',
    ],
  },
  linkedRedis: {
    entry: 'app-service',
    apps: [0, 1].map((index) => `azurerm_linux_web_app.shop[${index}]: active, 2, redis-geo, off`),
    errors: [0, 1].map((index) => `public-data-service azurerm_managed_redis.sessions[${index}]`),
    // A map with one value that is not known yet is unknown as a whole.
    plan: {
      apps: [0, 1].map((index) => `azurerm_linux_web_app.shop[${index}]: active, 2, ?, off`),
      unknown: [...whereSessionsAre, 'health-check-eviction', 'secret-in-settings'],
    },
  },
  lockedContainer: {
    entry: 'front-door',
    // Azure makes one instance where the plan says nothing.
    apps: ['azurerm_linux_web_app.app: active, 1, ?, off'],
    errors: ['waf-prevention azurerm_cdn_frontdoor_profile.door'],
    unknown: ['cookie-shared-secret', 'needless-affinity'],
  },
  managementBefore: {
    entry: '?',
    apps: ['azurerm_linux_web_app.api: active, 2, ?, off'],
    errors: [],
    unknown: [...whereSessionsAre, ...ofTheEntry],
  },
  manySites: {
    entry: 'application-gateway',
    apps: [
      'azurerm_linux_web_app.site["docs"]: active, 2, cookie, off',
      'azurerm_linux_web_app.site["shop"]: active, 2, in-process, on',
    ],
    errors: [
      'cookie-shared-secret azurerm_linux_web_app.site["docs"]',
      'in-process-state azurerm_linux_web_app.site["shop"]',
      'unlocked-origin azurerm_linux_web_app.site["docs"]',
      'unlocked-origin azurerm_linux_web_app.site["shop"]',
      'waf-prevention azurerm_application_gateway.sites',
    ],
    // Dynamic blocks are not in a plan, so neither is what the members of the pools are.
    plan: {
      entry: '?',
      apps: [
        'azurerm_linux_web_app.site["docs"]: ?, 2, cookie, off',
        'azurerm_linux_web_app.site["shop"]: ?, 2, in-process, on',
      ],
      errors: [
        'cookie-shared-secret azurerm_linux_web_app.site["docs"]',
        'in-process-state azurerm_linux_web_app.site["shop"]',
      ],
      unknown: ['affinity-behind-overridden-host', 'unlocked-origin', 'waf-prevention'],
    },
  },
  modulesOfAzapi: {
    entry: 'app-service',
    apps: ['module.site.azapi_resource.this: active, 3, in-process, off'],
    errors: [
      'in-process-state module.site.azapi_resource.this',
      'slot-sessions module.site.azapi_resource.slot["staging"]',
    ],
  },
  platformGiven: {
    entry: 'app-service',
    apps: ['azurerm_linux_web_app.team: active, ?, cookie, off'],
    errors: [],
    unknown: ofThePlan,
    plan: { apps: ['azurerm_linux_web_app.team: active, 3, cookie, off'], unknown: [] },
  },
  proxiedByOthers: {
    entry: '?',
    apps: ['azurerm_linux_web_app.app: active, 2, cookie, off'],
    errors: ['cookie-shared-secret azurerm_linux_web_app.app'],
    unknown: ofTheEntry,
    plan: null,
  },
  regionsByMap: {
    entry: 'front-door',
    apps: [
      'module.region["first"].azurerm_linux_web_app.shop: active, 3, cookie, off',
      'module.region["second"].azurerm_linux_web_app.shop: standby, 1, cookie, off',
    ],
    errors: ['waf-prevention azurerm_cdn_frontdoor_profile.door'],
  },
  scaledByRules: {
    entry: 'app-service',
    apps: ['azurerm_linux_web_app.app: active, 1, redis, off'],
    errors: ['autoscale-floor azurerm_monitor_autoscale_setting.plan', 'health-check azurerm_linux_web_app.app'],
  },
  trafficManagerModules: {
    entry: 'app-service',
    apps: [
      'module.east.azurerm_linux_web_app.app: active, 2, in-process, on',
      'module.west.azurerm_linux_web_app.app: standby, 2, in-process, on',
    ],
    errors: ['east', 'west'].map((name) => `in-process-state module.${name}.azurerm_linux_web_app.app`),
    // A plan shows what a map is made from, and not which value has which key.
    plan: {
      apps: ['east', 'west'].map((name) => `module.${name}.azurerm_linux_web_app.app: ?, 2, in-process, on`),
      unknown: ['traffic-manager-endpoints', 'unreachable-region'],
    },
  },
};

const shown = (value: unknown) => (isUnknown(value) ? '?' : String(value));

function answersOf(deployment: Deployment): Right {
  const [variant] = review([deployment]).variants;
  const watched = (rule: string) => rule !== 'diagnostics' && rule !== 'alerts';
  return {
    entry: shown(deployment.entry),
    apps: deployment.regions.map(
      ({ app, role }) =>
        `${app.address}: ${[role, app.plan.instances, app.sessions, app.affinity].map(shown).join(', ')}`,
    ),
    errors: (variant?.findings ?? [])
      .filter(({ severity }) => severity === 'error')
      .map(({ rule, resource }) => `${rule} ${resource}`)
      .sort(),
    unknown: [...new Set((variant?.cannotTell ?? []).map(({ rule }) => rule).filter(watched))].sort(),
  };
}

const sorted = ({ entry, apps, errors, unknown = [] }: Right): Right => ({
  entry,
  apps,
  errors: [...errors].sort(),
  unknown: [...unknown].sort(),
});

test('every shape has its right answers here', () => {
  const folders = fs.readdirSync(root, { withFileTypes: true }).filter((one) => one.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(shapes).sort());
});

test.each(Object.keys(shapes))('%s, from its folder', async (name) => {
  const read = readTerraform(await readFolder(path.join(root, name)), name);
  expect(answersOf(read)).toEqual(sorted(shapes[name] as Shape));
});

const planned = Object.keys(shapes).filter((name) => shapes[name]?.plan !== null);

test.each(planned)('%s, from its plan alone', (name) => {
  const { plan, ...right } = shapes[name] as Shape;
  const read = readArchitecture(fs.readFileSync(path.join(root, name, 'plan.json'), 'utf8'), name);
  expect(answersOf(read)).toEqual(sorted({ ...right, ...plan }));
});
