/** The second reading agrees with the first on every variant's text, and every fact that either misread is a difference. */

import fs from 'node:fs';
import path from 'node:path';
import type { Deployment } from '../../../architecture/deployment';
import { readArchitecture } from '../../../architecture/read';
import { hasOneSecret, promisesOf } from '../../../drill/judging/promises';
import { checkOracle } from '../../../drill/oracle/differences';
import { renderOracle } from '../../../drill/oracle/report';
import { planFleet } from '../../../drill/plan/fleetPlan';
import { root } from '../../support/commands/command';

const read = (variant: string): Deployment =>
  readArchitecture(fs.readFileSync(path.join(root, 'test', '__snapshots__', `${variant}.json`), 'utf8'), variant);
const gateway = read('zone-redundant');
const regions = read('multi-region-active-active');

test.each([
  ['zone-redundant', gateway, 20],
  ['multi-region-active-active', regions, 30],
])('%s reads the same twice', (_name, deployment, least) => {
  const { compared, differences } = checkOracle(deployment);
  expect(differences).toEqual([]);
  expect(compared).toBeGreaterThanOrEqual(least);
});

test('a secret that each region’s vault copies from the first is one secret, to the emulation and to the prediction', () => {
  const plan = planFleet(regions);
  if ('notApplicable' in plan) throw new Error(plan.notApplicable);
  expect(new Set(plan.regions.map(({ secret }) => secret)).size).toBe(1);
  expect(hasOneSecret(promisesOf(regions))).toBe(true);
  const apart = retold(regions, 'azurerm_key_vault_secret', { value_wo: '${random_password.own.result}' });
  const split = planFleet(apart);
  if ('notApplicable' in split) throw new Error(split.notApplicable);
  expect(new Set(split.regions.map(({ secret }) => secret)).size).toBe(2);
  expect(hasOneSecret(promisesOf(apart))).toBe(false);
});

/** The deployment as the first reading has it, with another text of every resource of a type. */
function retold(deployment: Deployment, type: string, change: object): Deployment {
  const merged = (before: unknown, after: object): object => {
    const base = Array.isArray(before) ? before[0] : before;
    return Object.fromEntries(
      Object.entries({ ...(base as object), ...after }).map(([name, value]) => {
        const nested = typeof value === 'object' && value !== null && name in after && !Array.isArray(value);
        return [name, nested ? merged((base as Record<string, unknown>)[name], value) : value];
      }),
    );
  };
  return {
    ...deployment,
    resources: deployment.resources.map((each) =>
      each.type === type ? { ...each, attributes: merged(each.attributes, change) as typeof each.attributes } : each,
    ),
  };
}

const webApp = 'azurerm_linux_web_app';
const group = 'azurerm_cdn_frontdoor_origin_group';
const entry = 'azurerm_application_gateway';

test.each<[string, Deployment, string, object]>([
  ['affinity inverted', gateway, webApp, { client_affinity_enabled: true }],
  ['memory read as Redis', gateway, webApp, { app_settings: { SESSION_STORE: 'memory' } }],
  ['instances off by one', gateway, 'azurerm_service_plan', { worker_count: 2 }],
  ['zones not balanced', gateway, 'azurerm_service_plan', { zone_balancing_enabled: false }],
  ['one ping more', gateway, webApp, { site_config: { health_check_eviction_time_in_min: 3 } }],
  ['another path of health check', gateway, webApp, { site_config: { health_check_path: '/health' } }],
  ['another share', gateway, webApp, { app_settings: { WEBSITE_HEALTHCHECK_MAXUNHEALTHYWORKERPERCENT: '100' } }],
  ['another time to stop', gateway, webApp, { app_settings: { WEBSITES_CONTAINER_STOP_TIME_LIMIT: '5' } }],
  ['a Redis without a replica', gateway, 'azurerm_managed_redis', { high_availability_enabled: false }],
  ['the gateway’s affinity', gateway, entry, { backend_http_settings: { cookie_based_affinity: 'Enabled' } }],
  ['one failed probe more', gateway, entry, { probe: { unhealthy_threshold: 4 } }],
  ['another interval', gateway, entry, { probe: { interval: 30 } }],
  ['another path', gateway, entry, { probe: { path: '/' } }],
  ['priorities all the same', regions, 'azurerm_cdn_frontdoor_origin', { priority: 2 }],
  ['another weight', regions, 'azurerm_cdn_frontdoor_origin', { weight: 1 }],
  ['the latency window', regions, group, { load_balancing: { additional_latency_in_milliseconds: 50 } }],
  ['one sample more', regions, group, { load_balancing: { sample_size: 5 } }],
  ['one good sample fewer', regions, group, { load_balancing: { successful_samples_required: 2 } }],
  ['another interval of samples', regions, group, { health_probe: { interval_in_seconds: 120 } }],
  ['Front Door’s affinity', regions, group, { session_affinity_enabled: true }],
])('%s: a difference', (_what, deployment, type, change) => {
  expect(checkOracle(retold(deployment, type, change)).differences.length).toBeGreaterThan(0);
});

test('it says where they differ, and what cannot be compared', () => {
  const differing = checkOracle(retold(gateway, webApp, { client_affinity_enabled: true }));
  const text = renderOracle([differing, checkOracle({ ...gateway, regions: [] })], { width: 400 });
  expect(text).toContain('1 of ');
  expect(text).toContain('client_affinity_enabled: the text says true, the emulation false, the prediction false.');
  expect(text).toContain('not compared: no App Service app was found');
  const nothing = renderOracle([checkOracle({ ...gateway, regions: [] })], { width: 400 });
  expect(nothing).toMatch(/^Nothing could be compared in 1 deployment\.\n/);
});
