import fs from 'node:fs';
import path from 'node:path';
import type { Deployment } from '../../architecture/deployment';
import { readArchitecture } from '../../architecture/read';
import { difference } from '../../review/diff';
import { parallelRegions } from '../../review/regions';
import { renderMarkdown } from '../../review/report/markdown';
import { review } from '../../review/review';
import { alerts } from '../../review/rules/alerts';
import { written } from '../support/review/terraform';

const planFile = (...at: string[]) => fs.readFileSync(path.join(__dirname, 'plans', ...at), 'utf8');
const plans = (deployment: Deployment) =>
  deployment.regions.map(({ app }) => [app.address, app.plan.address, app.plan.instances]);

describe('apps by for_each, each with the plan that a value of its own names', () => {
  const planned = readArchitecture(planFile('landing', 'plan.json'), 'landing');
  const applied = readArchitecture(planFile('landing', 'applied.json'), 'landing');

  test('a new plan does not say which: unknown, though a plan has the very key of an app', () => {
    const open = (key: string) => ({
      unknown: `azurerm_linux_web_app.app["${key}"].service_plan_id may be any of azurerm_service_plan.plan["busy"], azurerm_service_plan.plan["quiet"]`,
    });
    expect(plans(planned).slice(0, 3)).toEqual(
      ['admin', 'quiet', 'shop'].map((key) => [`azurerm_linux_web_app.app["${key}"]`, '', open(key)]),
    );
  });

  test('once they are there their ids say it', () =>
    expect(plans(applied).slice(0, 3)).toEqual([
      ['azurerm_linux_web_app.app["admin"]', 'azurerm_service_plan.plan["quiet"]', 1],
      ['azurerm_linux_web_app.app["quiet"]', 'azurerm_service_plan.plan["busy"]', 3],
      ['azurerm_linux_web_app.app["shop"]', 'azurerm_service_plan.plan["busy"]', 3],
    ]));

  test('a plan that a data source looked up is read as it was found', () => {
    for (const one of [planned, applied])
      expect(one.regions.at(-1)?.app.plan).toMatchObject({
        address: 'data.azurerm_service_plan.shared',
        skuName: 'P1v3',
        instances: 3,
        zoneBalanced: true,
      });
  });

  test('the cache behind a setting that is sensitive is found, and the setting not shown', () => {
    const shop = planned.regions.find(({ app }) => app.address.includes('shop'));
    expect([shop?.redis?.address, shop?.app.sessions]).toEqual(['azurerm_redis_cache.cache', 'redis']);
    expect(JSON.stringify(difference(planned, applied))).not.toMatch(/primary_connection_string-of/);
  });
});

describe('a module per region behind one Front Door, its origins by for_each over the modules', () => {
  const read = readArchitecture(planFile('regions', 'plan.json'), 'regions');

  test('links are followed through outputs, and priorities make a standby', () =>
    expect(
      read.regions.map(({ location, role, origin, app }) => [location, role, origin?.address, app.plan.address]),
    ).toEqual([
      [
        'northeurope',
        'standby',
        'azurerm_cdn_frontdoor_origin.shop["neu"]',
        'module.region["neu"].azurerm_service_plan.plan[0]',
      ],
      [
        'westeurope',
        'active',
        'azurerm_cdn_frontdoor_origin.shop["weu"]',
        'module.region["weu"].azurerm_service_plan.plan[0]',
      ],
    ]));

  test('autoscale with a profile for weekends is read over all of its profiles', () =>
    expect(read.regions[0]?.app.plan.autoscale).toMatchObject({ minimum: 2, default: 2, maximum: 10 }));

  test('alerts on what the modules put out watch the app of their own region', () =>
    expect(alerts.check(read).map(written)).toEqual([
      'compliant module.region["neu"].azurerm_windows_web_app.app',
      'compliant module.region["weu"].azurerm_windows_web_app.app',
      'finding azurerm_cdn_frontdoor_profile.door: No metric alert watches it.',
    ]));
});

describe('the resources of older providers by count, behind Traffic Manager', () => {
  const read = readArchitecture(planFile('legacy', 'plan.json'), 'legacy');

  test('an azurerm_app_service, its plan and its slot are read', () => {
    expect(read.regions.map(({ app }) => app)).toMatchObject([
      { affinity: 'off', hasSlot: true, plan: { skuName: 'S1', instances: 2, zoneBalanced: false } },
      { affinity: 'off', hasSlot: false, plan: { skuName: 'S1', instances: 2 } },
    ]);
    expect(read.plans.map(({ os }) => os)).toEqual(['Linux', 'Linux']);
  });

  test('a key that a map makes of an index is that index, so endpoints lead to their apps', () => {
    expect(read.regions.map(({ role }) => role)).toEqual(['active', 'standby']);
    expect(parallelRegions(read)).toBe(2);
  });

  test('an access restriction without a default action closes the rest', () =>
    expect(read.regions.map(({ app }) => app.openByDefault)).toEqual([false, false]));
});

describe('a gateway that two sites share, which reaches the app by the address of its private endpoint', () => {
  const read = readArchitecture(planFile('gateway', 'applied.json'), 'gateway');

  test('only what serves the app is read: affinity, probe, host and backends of the other site are not', () => {
    expect(read).toMatchObject({
      entry: 'application-gateway',
      hostPreserved: true,
      affinity: { applicationGateway: 'on' },
      gatewayProbe: { path: '/healthz', intervalSeconds: 10 },
    });
    expect(read.gateways).toMatchObject([{ backends: 1, unprobedSettings: [], probes: [{ path: '/healthz' }] }]);
  });

  test('what a provider reads back as empty or 0 is what was left out', () => {
    expect(read.regions[0]?.app).toMatchObject({ healthCheckPath: null, healthCheckEvictionMinutes: null });
    expect(read.regions[0]?.app).toMatchObject({ publicAccess: false, minimumTls: '1.2' });
    expect(read.gateways[0]).toMatchObject({ tlsPolicy: null, maximumInstances: 125, minimumInstances: 2 });
  });

  test('a sensitive part of a setting is in no report', () => {
    const result = review([read]);
    expect(JSON.stringify([result, difference(read, read)]) + renderMarkdown(result)).not.toContain('hunter2');
    expect(read.regions[0]?.app.secretSettings).toEqual(['app_settings.DB']);
  });
});
