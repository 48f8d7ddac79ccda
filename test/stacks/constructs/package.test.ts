import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { appFile } from '../../../stacks/app';
import { Package } from '../../../stacks/region/package';
import { noticesFile } from '../../../stacks/region/packageFiles';
import type { Settings } from '../../../stacks/settings';
import { type AppPackage, buildAppPackage, noHash } from '../../../synthesis/appPackage';
import { at, stackOf, surroundings, texts, variant } from './stack';

const built = (hash: string, change: Partial<Settings> = {}, zoneRedundant = true) =>
  stackOf((stack, place) => {
    const { network, rights } = surroundings(stack, place);
    new Package(stack, 'package', { place, network, hash, zoneRedundant, deployerRights: rights });
  }, change);
/** Terraform uploads the package itself. */
const blob = { package: 'blob' } as const;
const terraform = built('0123456789ab', { deployerAddresses: ['203.0.113.7'] });
const account = terraform.one('azurerm_storage_account');

let first: AppPackage;
beforeAll(async () => {
  first = await buildAppPackage();
});

test('the same sources give the same zip, byte for byte, and the hash of the file that runs', async () => {
  const second = await buildAppPackage();
  expect(Buffer.compare(first.zip, second.zip)).toBe(0);
  expect(second.hash).toBe(first.hash);
  const runs = unzipSync(first.zip)[appFile] as Uint8Array;
  expect(createHash('sha256').update(runs).digest('hex').startsWith(first.hash)).toBe(true);
  expect(first.hash).toMatch(/^[0-9a-f]{12}$/);
  expect(noHash).toMatch(/^[0-9a-f]{12}$/);
});

test('the zip holds the one file that App Service starts, at its top, and the notices beside it', () => {
  const files = unzipSync(first.zip);
  expect(Object.keys(files)).toEqual([appFile, noticesFile]);
  expect(strFromU8(files[appFile] as Uint8Array)).toContain('/healthz');
  const app = variant('zone-redundant').one('azurerm_linux_web_app');
  expect(at(app, 'site_config.app_command_line')).toBe(`node ${appFile}`);
});

test('storage loses no zone and has no keys, no public blobs, no local users and no way in for another tenant', () => {
  expect(account).toMatchObject({
    account_replication_type: 'ZRS',
    shared_access_key_enabled: false,
    allow_nested_items_to_be_public: false,
    local_user_enabled: false,
    cross_tenant_replication_enabled: false,
    https_traffic_only_enabled: true,
    min_tls_version: 'TLS1_2',
  });
  expect(terraform.one('azurerm_storage_container').container_access_type).toBe('private');
});

test("storage is closed to all but the deployer's addresses, and to all where there are none", () => {
  expect(account.network_rules).toEqual({ default_action: 'Deny', bypass: ['None'], ip_rules: ['203.0.113.7'] });
  expect(at(built(noHash).one('azurerm_storage_account'), 'network_rules')).toMatchObject({
    default_action: 'Deny',
    ip_rules: [],
  });
});

test('blob: a new package is a new blob, there before the old one goes, and uploaded from beside the Terraform', () => {
  expect(built('0123456789ab', blob).one('azurerm_storage_blob')).toMatchObject({
    name: 'shop-0123456789ab.zip',
    source: '${path.module}/shop.zip',
    lifecycle: { create_before_destroy: true },
  });
  expect(built('ba9876543210', blob).one('azurerm_storage_blob').name).toBe('shop-ba9876543210.zip');
});

test('the container is made by the management plane, which needs no key', () => {
  const container = terraform.one('azurerm_storage_container');
  expect(container.storage_account_id).toBe('${azurerm_storage_account.package.id}');
  expect(container).not.toHaveProperty('storage_account_name');
});

test('blob: the rights come before the upload, and the private endpoint before the app that reads it', () => {
  expect(built('0123456789ab', blob).before('azurerm_storage_blob.package_zip')).toContain(
    'azurerm_role_assignment.identity_may_send_telemetry',
  );
  const whole = variant('zone-redundant', blob);
  expect([...whole.before('azurerm_linux_web_app.swedencentral_hosting_app')]).toEqual(
    expect.arrayContaining([
      'azurerm_storage_blob.swedencentral_package_zip',
      'azurerm_private_endpoint.swedencentral_package_access',
      'azurerm_role_assignment.swedencentral_app_identity_may_read_package',
    ]),
  );
});

test('blob: the app runs from the blob by identity, and says which package it is', () => {
  const settings = at<Record<string, string>>(
    variant('zone-redundant', blob).one('azurerm_linux_web_app'),
    'app_settings',
  );
  expect(settings).toMatchObject({
    WEBSITE_RUN_FROM_PACKAGE: '${azurerm_storage_blob.swedencentral_package_zip.url}',
    WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID: '${azurerm_user_assigned_identity.swedencentral_app_identity.id}',
    PACKAGE_HASH: noHash,
  });
});

test('onedeploy: Terraform declares nothing that a shipment changes, and the app may not read the storage', () => {
  const whole = variant('multi-region-active-active');
  expect(whole.all('azurerm_storage_blob').size).toBe(0);
  expect([...whole.all('azurerm_storage_container').keys()].sort()).toEqual([
    'azurerm_storage_container.northeurope_package_container',
    'azurerm_storage_container.swedencentral_package_container',
  ]);
  for (const type of ['azurerm_linux_web_app', 'azurerm_linux_web_app_slot'])
    for (const app of whole.blocks(type))
      expect(Object.keys(at<object>(app, 'app_settings')).filter((name) => /PACKAGE/.test(name))).toEqual([]);
  expect(texts(whole.json)).not.toContain('Storage Blob Data Reader');
});

test('with the package left to the CLI there is no storage, no right on it and no setting of it', () => {
  const cli = variant('zone-redundant', { package: 'cli', agentsSubnet: true });
  expect(cli.types.filter((type) => type.startsWith('azurerm_storage'))).toEqual([]);
  expect(texts(cli.json).filter((text) => /Storage|privatelink\.blob/.test(text))).toEqual([]);
  const settings = at<Record<string, string>>(cli.one('azurerm_linux_web_app'), 'app_settings');
  expect(Object.keys(settings).filter((name) => /PACKAGE/.test(name))).toEqual([]);
});

test.each(['onedeploy', 'blob', 'cli'] as const)('%s never deploys with publishing credentials', (mode) => {
  for (const type of ['azurerm_linux_web_app', 'azurerm_linux_web_app_slot'])
    for (const app of variant('zone-redundant', { package: mode, agentsSubnet: true }).blocks(type)) {
      expect(app).not.toHaveProperty('zip_deploy_file');
      expect(app).toMatchObject({
        ftp_publish_basic_authentication_enabled: false,
        webdeploy_publish_basic_authentication_enabled: false,
      });
    }
});

test('storage in a region without zones keeps its copies in one place', () => {
  const { account_replication_type } = built('0123456789ab', {}, false).one('azurerm_storage_account');
  expect(account_replication_type).toBe('LRS');
});
