import fs from 'node:fs';
import path from 'node:path';
import type { Deployment } from '../../architecture/deployment';
import { readArchitecture } from '../../architecture/read';
import { InputError } from '../../inputError';
import { difference } from '../../review/diff';
import { review } from '../../review/review';
import { decoded } from '../../textFile';

const bytesOf = (file: string) => fs.readFileSync(path.join(__dirname, 'field', file));
const field = (file: string): Deployment => readArchitecture(decoded(bytesOf(file)), file);
const appOf = (deployment: Deployment, address: string) => {
  const found = deployment.regions.find(({ app }) => app.address === address)?.app;
  if (!found) throw new Error(`${address} is not among the apps`);
  return found;
};
const findingsOf = (deployment: Deployment, rule: string) =>
  review([deployment]).variants[0]?.findings.filter((one) => one.rule === rule);

describe('blocks of a gateway, which a plan lists in an order of its own', () => {
  const [gateway] = field('pathMaps/plan.json').gateways;

  test('keep their own backends: only the pool of the app leads to it', () => {
    expect(gateway).toMatchObject({ apps: ['azurerm_linux_web_app.api'], open: null });
    expect(gateway?.probes).toMatchObject([{ path: '/api/ping' }]);
    // The other settings, which serve static files, name no probe.
    expect(gateway?.unprobedSettings).toEqual([]);
  });

  test('a listener whose path map redirects by default does redirect', () => {
    expect(gateway?.listeners).toMatchObject([
      { protocol: 'Https', redirects: false },
      { protocol: 'Http', redirects: true },
    ]);
  });
});

describe('settings that azurerm plans as unknown altogether', () => {
  const deployment = field('wholeMapUnknown/plan.json');
  const app = (key: string) => appOf(deployment, `azurerm_linux_web_app.app["${key}"]`);

  test('are read from the variables that the plan shows', () => {
    expect([app('admin'), app('shop')].map(({ sessions }) => sessions)).toEqual(['in-process', 'redis']);
    expect(app('quiet').sessions).toEqual({
      unknown:
        'azurerm_linux_web_app.app["quiet"].app_settings is ${azurerm_redis_cache.cache.primary_connection_string}',
    });
  });

  test('lead to the cache, whose key is a credential in a setting without a name', () => {
    const shop = deployment.regions.find((one) => one.app === app('shop'));
    expect(shop?.redis?.address).toBe('azurerm_redis_cache.cache');
    expect(app('shop').secretSettings).toEqual(['app_settings']);
  });

  test('choose the plan by a value of for_each', () => {
    expect([app('admin'), app('shop')].map(({ plan }) => plan.address)).toEqual([
      'azurerm_service_plan.plan["quiet"]',
      'azurerm_service_plan.plan["busy"]',
    ]);
  });
});

test('what a moved block moves is neither added nor removed', () => {
  const { added, removed, changed, moved } = difference(field('moved/before.json'), field('moved/after.json'));
  expect({ added, removed, changed }).toEqual({ added: [], removed: [], changed: [] });
  expect(moved).toEqual(
    [
      'azurerm_linux_web_app.app',
      'azurerm_monitor_autoscale_setting.as',
      'azurerm_resource_group.rg',
      'azurerm_service_plan.plan',
    ].map((from) => ({ from, to: `module.web.${from}` })),
  );
});

describe('a state is what is deployed', () => {
  test('as terraform show prints it', () => {
    const deployment = field('state/state.json');
    expect(appOf(deployment, 'azurerm_linux_web_app.app["admin"]')).toMatchObject({
      sessions: 'in-process',
      affinity: 'off',
      affinityStated: null,
    });
    expect(deployment.planned).toBeNull();
  });

  test('as Terraform keeps it in a file', () => {
    expect(appOf(field('state/stateFile.json'), 'azurerm_linux_web_app.app').httpsOnly).toBe(false);
  });
});

describe('what people give it to read', () => {
  const plain = `${JSON.stringify(JSON.parse(decoded(bytesOf('openTofu/plan.json'))))}\n`;
  const same = readArchitecture(plain, 'p').resources.map(({ address }) => address);
  const addresses = (text: string) => readArchitecture(text, 'p').resources.map(({ address }) => address);

  test.each([
    ["the first line of setup-terraform's wrapper", `[command]/opt/terraform-bin show -json tfplan\n${plain}`],
    ['what the wrapper prints behind it', `[command]/opt/terraform-bin show -json p\n${plain}\n::debug::exitcode: 0\n`],
    ["Terragrunt's prefix", `12:00:01.000 STDOUT [app] terraform: ${plain}`],
    [
      "Terragrunt's prefix before every line",
      JSON.stringify(JSON.parse(plain), null, 2).replace(/^/gm, '12:00:01.000 STDOUT [stacks/app] terraform: '),
    ],
    ['a log around it', `{"@level":"info","@message":"Terraform 1.11"}\n${plain}\n`],
  ])('%s', (_, text) => expect(addresses(text)).toEqual(same));

  test.each([
    ['UTF-16 with a mark', Buffer.from(`\ufeff${plain}`, 'utf16le')],
    ['UTF-16 without one', Buffer.from(plain, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\ufeff${plain}`, 'utf16le').swap16()],
    ['UTF-16, big end first, without a mark', Buffer.from(plain, 'utf16le').swap16()],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${plain}`)],
  ])('%s', (_, bytes) => expect(addresses(decoded(bytes))).toEqual(same));

  test.each([
    ['two documents', `${plain}${plain}`, /^p holds 2 Terraform documents, one after the other\. Give each a file/],
    [
      "Terragrunt's units",
      `12:00 STDOUT [net] terraform: ${plain.trim()}\n12:00 STDOUT [app] terraform: ${plain}`,
      /^p holds 2 Terraform documents, one after the other \(net, app\)\./,
    ],
    [
      'the log of a plan',
      '{"@level":"info","@message":"a","type":"version"}\n{"@level":"info","@message":"b"}\n',
      /^p is the log that terraform prints with -json, line by line: .* Run terraform plan -out=p, then terraform show -json p > plan\.json/,
    ],
    ['a piece of a plan', plain.slice(0, 5000), /^p is not JSON: /],
  ])('%s: says what it is', (_, text, message) => {
    expect(() => readArchitecture(text, 'p')).toThrow(InputError);
    expect(() => readArchitecture(text, 'p')).toThrow(message);
  });
});

test('a probe that asks the app by its default host name can succeed', () => {
  expect(field('probeAsksTheApp/cdk.tf.json').gateways[0]?.probes).toMatchObject([
    { host: 'app-main.azurewebsites.net' },
  ]);
  expect(findingsOf(field('probeAsksTheApp/cdk.tf.json'), 'probe-cannot-succeed')).toEqual([]);
});

test('an origin leads to the app that has its host by a binding in the same Terraform', () => {
  const deployment = field('originByCustomHost/cdk.tf.json');
  expect(deployment).toMatchObject({ entry: 'front-door', hostPreserved: false });
  expect(deployment.frontDoors[0]?.origins).toMatchObject([{ apps: ['azurerm_linux_web_app.app'], open: null }]);
  expect(deployment.regions[0]?.origin?.address).toBe('azurerm_cdn_frontdoor_origin.o0');
});

test('sessions in a Redis of another deployment are in Redis, and its uptime is unknown', () => {
  const deployment = field('redisElsewhere/cdk.tf.json');
  expect(deployment).toMatchObject({ sessions: 'redis', caches: [], regions: [{ redis: null }] });
  expect(review([deployment]).variants[0]?.availability.cannotTell).toBe(
    'the Redis that holds sessions is not in this document',
  );
});

test('a stack that somebody else wrote with CDKTF: its facts are read', () => {
  const deployment = field('foreignCdktf/cdk.tf.json');
  expect(findingsOf(deployment, 'worker-count-fights-autoscale')).toHaveLength(1);
  expect(findingsOf(deployment, 'secret-in-settings')).toHaveLength(1);
});

test('a plan that azapi declares is the plan that an app of azurerm runs on', () => {
  const deployment = field('azapiPlan/cdk.tf.json');
  expect(deployment.regions[0]?.app.plan).toMatchObject({
    address: 'azapi_resource.plan',
    os: 'Linux',
    location: 'westeurope',
    skuName: 'P1v3',
    instances: 3,
    zoneBalanced: true,
  });
  expect(findingsOf(deployment, 'in-process-state')).toHaveLength(1);
});

describe('names and values that are meant to do harm', () => {
  test.each(['ci-commands', 'escapes', 'markdown', 'tag-references-unknown'])('%s is read as it is', (name) => {
    const { regions, resources } = field(`hostile/${name}.json`);
    expect(regions.length).toBeGreaterThan(0);
    // Each is resolved when it is asked for.
    expect(() => JSON.stringify(resources)).not.toThrow();
  });
});
