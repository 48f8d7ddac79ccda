import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { packageHashOf } from '../../app/packageHash';
import { variants } from '../../main';
import type { Settings } from '../../stacks/settings';
import { parseSettings } from '../../stacks/settings';
import { stackVersions } from '../../stacks/settings/appSchema';
import { synthesizeWithApp } from '../../synthesis/synthesizeWithApp';
import { settings } from '../support/settings';
import { synthesized } from '../support/snapshots';
import { at, type Block, type Terraform, variant } from './constructs/stack';

const registryId = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/team';
const code = { stack: 'dotnet', version: '9.0', package: 'web.zip', sessionContract: true } as const;
const container = { image: 'team.azurecr.io/shop/web:1.4.0', registryId, port: 8080, sessionContract: true } as const;
const both = ['azurerm_linux_web_app', 'azurerm_linux_web_app_slot'] as const;
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-your-app-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const settingsOf = (terraform: Terraform, type: string) => terraform.one(type).app_settings as Record<string, string>;

test('code runs on its stack, by its own command, and answers at its own paths', () => {
  const app = { ...code, startCommand: 'dotnet Shop.dll', healthPath: '/alive', warmUpPath: '/warm' };
  const terraform = variant('zone-redundant', { app });
  for (const type of both) {
    expect(at(terraform.one(type), 'site_config')).toMatchObject({
      application_stack: { dotnet_version: '9.0' },
      app_command_line: 'dotnet Shop.dll',
      health_check_path: '/alive',
    });
    expect(settingsOf(terraform, type)).toMatchObject({ WEBSITE_WARMUP_PATH: '/warm' });
    expect(settingsOf(terraform, type)).not.toHaveProperty('NODE_ENV');
  }
  const [probe] = terraform.one('azurerm_application_gateway').probe as Block[];
  expect(probe?.path).toBe('/alive');
  expect(JSON.stringify(terraform.json.output)).toContain('/alive');
  expect(JSON.stringify(terraform.json)).not.toContain('/healthz');
});

test('without a command, the stack decides how it starts', () => {
  expect(at(variant('zone-redundant', { app: code }).one('azurerm_linux_web_app'), 'site_config')).not.toHaveProperty(
    'app_command_line',
  );
});

test.each([
  ['node', { node_version: '22-lts' }],
  ['dotnet', { dotnet_version: '10.0' }],
  ['python', { python_version: '3.13' }],
  ['php', { php_version: '8.4' }],
  ['java', { java_version: '21', java_server: 'JAVA', java_server_version: '21' }],
] as const)('%s has the argument of its stack', (stack, declared) => {
  const [version = ''] = Object.values(declared);
  const terraform = variant('zone-redundant', { app: { stack, version, package: 'web.zip', sessionContract: true } });
  expect(at(terraform.one('azurerm_linux_web_app'), 'site_config.application_stack')).toEqual(declared);
});

test('a container is pulled by the identity of app and slot each, and no storage of packages is made', () => {
  const terraform = variant('zone-redundant', { app: container });
  for (const [index, role] of ['app', 'staging'].entries()) {
    expect(at(terraform.one(both[index] as string), 'site_config')).toMatchObject({
      application_stack: { docker_registry_url: 'https://team.azurecr.io', docker_image_name: 'shop/web:1.4.0' },
      container_registry_use_managed_identity: true,
      container_registry_managed_identity_client_id: `\${azurerm_user_assigned_identity.swedencentral_${role}_identity.client_id}`,
    });
    expect(
      terraform.resources.get(`azurerm_role_assignment.swedencentral_${role}_identity_may_pull_images`),
    ).toMatchObject({
      scope: registryId,
      role_definition_name: 'AcrPull',
    });
  }
  expect(settingsOf(terraform, 'azurerm_linux_web_app').WEBSITES_PORT).toBe('8080');
  for (const type of ['azurerm_storage_account', 'azurerm_storage_blob']) expect(terraform.types).not.toContain(type);
  expect(terraform.json.output).not.toHaveProperty('ship');
});

test('its settings and secrets reach app and slot, and each secret is one that its identities may read', () => {
  const app = { ...code, settings: { FEATURE_X: 'on' }, secrets: { DB_PASSWORD: 'db-password' } };
  const terraform = variant('zone-redundant', { app });
  for (const type of both)
    expect(settingsOf(terraform, type)).toMatchObject({
      FEATURE_X: 'on',
      DB_PASSWORD:
        '@Microsoft.KeyVault(SecretUri=${azurerm_key_vault.swedencentral_secrets.vault_uri}secrets/db-password)',
    });
  for (const role of ['app', 'staging'])
    expect(
      terraform.resources.get(`azurerm_role_assignment.swedencentral_${role}_identity_may_read_db_password`),
    ).toMatchObject({
      scope: '${azurerm_key_vault.swedencentral_secrets.id}/secrets/db-password',
      role_definition_name: 'Key Vault Secrets User',
    });
  expect(at(terraform.json, 'output.key_vault_names.value')).toEqual({
    swedencentral: '${azurerm_key_vault.swedencentral_secrets.name}',
  });
  expect(variant('zone-redundant', { app: code }).json.output).not.toHaveProperty('key_vault_names');
});

test('text that Terraform would read as an expression reaches Azure as it is written', () => {
  const terraform = variant('zone-redundant', {
    app: { ...code, startCommand: 'dotnet Shop.dll --port ${PORT}', settings: { GREETING: '%{now} for 5$ {or} 10%' } },
    tags: { cost: '${centre}' },
    waf: {
      customRules: [
        { name: 'A', priority: 1, action: 'Block', when: [{ match: 'path', operator: 'RegEx', values: ['^a${2}$'] }] },
      ],
    },
  });
  const app = terraform.one('azurerm_linux_web_app');
  expect(at(app, 'site_config.app_command_line')).toBe('dotnet Shop.dll --port $${PORT}');
  expect(at(app, 'app_settings.GREETING')).toBe('%%{now} for 5$ {or} 10%');
  expect(at(app, 'tags.cost')).toBe('$${centre}');
  const firewall = terraform.one('azurerm_web_application_firewall_policy');
  expect(JSON.stringify(firewall.custom_rules)).toContain('"^a$${2}$"');
});

test('a secret may be called as something else that the app reads, and two settings may read one', () => {
  const app = { ...code, secrets: { PACKAGE: 'package', COPY: 'package' } };
  const roles = variant('zone-redundant', { app, package: 'blob' }).blocks('azurerm_role_assignment');
  const scopes = roles.map(({ scope }) => String(scope)).filter((scope) => scope.endsWith('/secrets/package'));
  expect(scopes).toHaveLength(2);
});

test('Front Door caches what the settings name, and by default nothing of an app that is not the shop', () => {
  const cached = (change: Partial<Settings>) =>
    variant('multi-region-active-active', change)
      .blocks('azurerm_cdn_frontdoor_route')
      .flatMap((route) => ('cache' in route ? (route.patterns_to_match as string[]) : []));
  expect(cached({})).toEqual(['/favicon.svg', '/api/products', '/api/products/*']);
  expect(cached({ app: code })).toEqual([]);
  expect(cached({ app: { ...code, cacheablePaths: ['/assets/*'] } })).toEqual(['/assets/*']);
});

test('with the session contract an app gets what the shop gets, and without it none of that', () => {
  const names = (change: Partial<Settings>, word = 'zone-redundant') =>
    Object.keys(settingsOf(variant(word, change), 'azurerm_linux_web_app'));
  const shop = names({}).filter((name) => name !== 'NODE_ENV');
  expect(names({ app: code }).toSorted()).toEqual(shop.toSorted());
  const { sessionContract: _, ...alone } = code;
  const own = names({ app: alone }, 'single-zone');
  expect(own.filter((name) => /^SESSION_SECRET|^REDIS_|HEALTH_CHECKS/.test(name))).toEqual([]);
  expect(own).toContain('SESSION_STORE');
});

const answerTo = (change: object, word = 'zone-redundant'): string => {
  try {
    synthesized([word], { ...settings, ...change });
  } catch (error) {
    return (error as Error).message;
  }
  return 'synthesizes';
};

test.each<[string, object, string]>([
  [
    'neither code nor container',
    {},
    '`app` must be code, { stack, version, package }, or a container, { image }, got: nothing. Change it in settings.ts.',
  ],
  [
    'both',
    { ...code, image: container.image },
    '`app` must be code, { stack, version, package }, or a container, { image }, got: "both". Change it in settings.ts.',
  ],
  [
    'a stack without that version',
    { ...code, version: '9' },
    '`app.version` must be one of 8.0, 9.0, 10.0 for dotnet, got: "9". Change it in settings.ts.',
  ],
  [
    'a stack that is none',
    { ...code, stack: 'ruby' },
    '`app.stack` must be node, dotnet, java, python or php, got: "ruby". Change it in settings.ts.',
  ],
  [
    'code without a package',
    { stack: 'node', version: '24-lts', sessionContract: true },
    '`app.package` must be the path of a zip with stack node, got: nothing. Add it to settings.ts.',
  ],
  [
    'an image without a tag',
    { image: 'team.azurecr.io/shop/web' },
    '`app.image` must be registry/repository with a tag or a digest, for instance team.azurecr.io/shop/web:1.4.0, got: "team.azurecr.io/shop/web". Change it in settings.ts.',
  ],
  ['an image without a registry', { image: 'web:1' }, '`app.image` must be registry/repository with a tag or a digest'],
  [
    'a path without a slash',
    { ...code, healthPath: 'healthz' },
    '`app.healthPath` must be a path that starts with /, for instance /healthz, got: "healthz". Change it in settings.ts.',
  ],
  [
    'a setting of the blueprint',
    { ...code, settings: { SESSION_SECRET: 'x' } },
    '`app.settings` must not hold what the blueprint sets, got: "SESSION_SECRET". docs/your-app.md lists them: choose another name.',
  ],
  [
    'a setting of the blueprint in another case, which azurerm refuses all the same',
    { ...code, settings: { docker_registry_server_url: 'x' } },
    '`app.settings` must not hold what the blueprint sets, got: "docker_registry_server_url".',
  ],
  ...['WEBSITE_VNET_ROUTE_ALL', 'website_httplogging_retention_days', 'DIAGNOSTICS_AZUREBLOBRETENTIONINDAYS'].map(
    (name): [string, object, string] => [
      `${name}, which azurerm refuses`,
      { ...code, settings: { [name]: '1' } },
      `\`app.settings\` must not hold what azurerm sets by an argument of its own, got: "${name}". azurerm refuses a plan with it: remove it from settings.ts.`,
    ],
  ),
  [
    'a registry of another service',
    { ...container, registryId: '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Web/sites/x' },
    '`app.registryId` must be the resource id of a registry',
  ],
  [
    'a secret of the blueprint',
    { ...code, secrets: { KEY: 'Session-secret-a' } },
    '`app.secrets.KEY` must not be a secret of the blueprint (session-secret-a, session-secret-b, gateway), got: "Session-secret-a".',
  ],
  [
    'a setting that is a secret in another case',
    { ...code, settings: { key: '1' }, secrets: { KEY: 'k' } },
    '`app.secrets.KEY` must not be a setting as well',
  ],
  [
    'settings that differ by case',
    { ...code, settings: { key: '1', KEY: '2' } },
    '`app.settings` must not have two names that differ by case alone, got: "KEY".',
  ],
  [
    'secrets that differ by case',
    { ...code, secrets: { A: 'db', B: 'DB' } },
    '`app.secrets` must not have two names that differ by case alone, got: "DB".',
  ],
  [
    "a registry that is not the image's",
    { ...container, registryId: container.registryId.replace(/team$/, 'other') },
    '`app.registryId` must be the registry of app.image, team.azurecr.io, got: ',
  ],
  [
    'an asterisk that is not at the end of a path',
    { ...code, cacheablePaths: ['/assets/*.js'] },
    '`app.cacheablePaths[0]` must be a path that starts with /, with * only after its last /',
  ],
  ['every path as one to cache', { ...code, cacheablePaths: ['/*'] }, 'not /*, which is every path, got: "/*".'],
  [
    'a path twice',
    { ...code, cacheablePaths: ['/a/*', '/A/*'] },
    '`app.cacheablePaths` must be a list that names each path once, got: ["/a/*","/A/*"].',
  ],
  [
    'sessions elsewhere without the contract',
    { ...code, sessionContract: false },
    '`zone-redundant: sessions` must be in-process with an app that does not honour the session contract, got: "redis".',
  ],
])('refuses %s', (_, app, message) => expect(answerTo({ app })).toContain(message));

test('Python from a package is refused, which App Service does not run', () => {
  const app = { stack: 'python', version: '3.13', package: 'web.zip', sessionContract: true };
  expect(answerTo({ app, package: 'blob' })).toBe(
    "`package` must be 'onedeploy' or 'cli' with stack python, got: \"blob\". App Service does not run Python from a package: change it in settings.ts.",
  );
  expect(answerTo({ app })).toBe('synthesizes');
});

test('every version that is listed is taken', () => {
  for (const [stack, versions] of Object.entries(stackVersions))
    for (const version of versions)
      expect(() => parseSettings({ ...settings, app: { stack, version, package: 'web.zip' } })).not.toThrow();
});

describe('what the slot runs', () => {
  const other = 'team.azurecr.io/shop/web:1.5.0';

  test('may be another image than the app runs', () => {
    const terraform = variant('zone-redundant', { app: container, stagingSlot: { image: other } });
    const images = both.map((type) => at(terraform.one(type), 'site_config.application_stack.docker_image_name'));
    expect(images).toEqual(['shop/web:1.4.0', 'shop/web:1.5.0']);
  });

  test('may be another zip, which stays in storage while the app has the next one, and which a swap takes along', () => {
    const terraform = variant('zone-redundant', { package: 'blob', stagingSlot: { package: 'before.zip' } });
    const [app, slot] = both.map((type) => settingsOf(terraform, type).WEBSITE_RUN_FROM_PACKAGE);
    expect(app).toBe('${azurerm_storage_blob.swedencentral_package_zip.url}');
    expect(slot).toBe('${azurerm_storage_blob.swedencentral_package_staging_zip.url}');
    const blobs = terraform.blocks('azurerm_storage_blob');
    expect(new Set(blobs.map(({ name }) => name)).size).toBe(2);
    expect(new Set(blobs.map(({ source }) => source))).toEqual(
      new Set(['${path.module}/shop.zip', '${path.module}/staging.zip']),
    );
    const sticky = at<string[]>(terraform.one('azurerm_linux_web_app'), 'sticky_settings.app_setting_names');
    expect(sticky.filter((name) => /PACKAGE(_HASH)?$/.test(name))).toEqual([]);
  });

  test.each<[string, object, string]>([
    [
      'a zip where ship delivers',
      { stagingSlot: { package: 'before.zip' } },
      '`stagingSlot.package` must be left out without package: \'blob\', got: "before.zip". The slot gets its code by npm run ship -- --slot staging',
    ],
    [
      'a zip beside a container',
      { app: container, package: 'blob', stagingSlot: { package: 'before.zip' } },
      '`stagingSlot.package` must be left out with an app that is a container, got: "before.zip".',
    ],
    [
      'an image beside code',
      { app: code, stagingSlot: { image: other } },
      `\`stagingSlot.image\` must be left out where the app is no container, got: "${other}".`,
    ],
    [
      'an image of another registry',
      { app: container, stagingSlot: { image: 'elsewhere.azurecr.io/shop/web:1.5.0' } },
      '`stagingSlot.image` must be an image of team.azurecr.io, as the app\'s, got: "elsewhere.azurecr.io/shop/web:1.5.0".',
    ],
    [
      'an image without a tag',
      { app: container, stagingSlot: { image: 'team.azurecr.io/shop/web' } },
      '`stagingSlot.image` must be registry/repository with a tag or a digest',
    ],
    [
      'nothing',
      { stagingSlot: {} },
      '`stagingSlot` must be true, false, { package } or { image }, got: {}. The slot runs one thing: change it in settings.ts.',
    ],
  ])('is refused with %s', (_, change, message) => expect(answerTo(change)).toContain(message));
});

describe('the package', () => {
  const synth = (file: string, more: object = {}) =>
    synthesizeWithApp({
      variants,
      settings: { ...settings, package: 'blob', app: { ...code, package: file }, ...more },
      words: ['zone-redundant'],
      outdir: path.join(scratch, 'out'),
    });

  test('is put beside the Terraform as it is, and its hash is in the name of the blob', async () => {
    const zip = zipSync({ 'Shop.dll': strToU8('built') });
    const file = path.join(scratch, 'web.zip');
    fs.writeFileSync(file, zip);
    const [written] = await synth(file);
    const folder = path.dirname(written?.file ?? '');
    expect(new Uint8Array(fs.readFileSync(path.join(folder, 'shop.zip')))).toEqual(zip);
    expect(fs.readFileSync(written?.file ?? '', 'utf8')).toContain(`-${packageHashOf(zip)}.zip`);

    const earlier = path.join(scratch, 'before.zip');
    fs.writeFileSync(earlier, zipSync({ 'Shop.dll': strToU8('before') }));
    const [again] = await synth(file, { stagingSlot: { package: earlier } });
    expect(fs.readFileSync(path.join(folder, 'staging.zip')).equals(fs.readFileSync(earlier))).toBe(true);
    expect(fs.readFileSync(again?.file ?? '', 'utf8')).toContain(
      `staging-${packageHashOf(fs.readFileSync(earlier))}.zip`,
    );
    await expect(synth(file, { stagingSlot: { package: 'none.zip' } })).rejects.toThrow(
      '`stagingSlot.package` must be the path of a zip with the built app, got: "none.zip". There is no such file.',
    );
  });

  test('is refused where it is not there, or is not a zip, and nothing is written', async () => {
    fs.rmSync(path.join(scratch, 'out'), { recursive: true, force: true });
    await expect(synth(path.join(scratch, 'none.zip'))).rejects.toThrow(
      'There is no such file. Build it, or change the path in settings.ts.',
    );
    fs.writeFileSync(path.join(scratch, 'text.zip'), 'no zip');
    await expect(synth(path.join(scratch, 'text.zip'))).rejects.toThrow('That file is not a zip with files in it.');
    await expect(synth(scratch)).rejects.toThrow('It is a folder.');
    const whole = zipSync({ 'a.txt': strToU8('built'), 'b.txt': strToU8('too') });
    for (const length of [40, whole.length - 1]) {
      fs.writeFileSync(path.join(scratch, 'cut.zip'), whole.subarray(0, length));
      await expect(synth(path.join(scratch, 'cut.zip'))).rejects.toThrow(
        'That zip is cut off: the list of its files is missing.',
      );
    }
    expect(fs.existsSync(path.join(scratch, 'out'))).toBe(false);
  });
});
