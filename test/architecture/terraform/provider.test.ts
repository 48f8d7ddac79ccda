import { readArchitecture } from '../../../architecture/read';
import { isBefore, isSince, lockedProvider, providerSeen } from '../../../architecture/terraform/provider';
import { providerKey } from '../../../review/report/columns';
import { review } from '../../../review/review';

test.each([
  ['4.79.0', [4]],
  ['~> 3.117', [3]],
  ['~> 4', [4, 5]],
  ['>= 3.0, < 5.0', [3, 4]],
  ['>= 3.0, < 5.0.1', [3, 4, 5]],
  ['>= 4.1', [4, 5]],
  ['!= 4.2.0, ~> 4.0', [4]],
  ['= 5.0.0', [5]],
  ['~> 2.99', []],
])('%s allows the majors %j', (version, majors) =>
  expect(providerSeen(version, 'plan')).toEqual({ version, from: 'plan', majors }),
);

test('what is no version is not shown', () => {
  expect(providerSeen('<script>4', 'plan')).toBeNull();
  expect(providerSeen('${var.version}', 'plan')).toBeNull();
});

test('a lock file has the very version', () =>
  expect(
    lockedProvider(
      'provider "registry.terraform.io/hashicorp/azuread" {\n  version = "3.0.0"\n}\nprovider "registry.opentofu.org/hashicorp/azurerm" {\n  version     = "4.79.0"\n  constraints = "~> 4.0"\n}\n',
    ),
  ).toEqual({ version: '4.79.0', from: 'lock file', majors: [4] }));

const read = (version: string | null, more: object = {}) =>
  readArchitecture(
    {
      ...(version && { terraform: { required_providers: { azurerm: { source: 'hashicorp/azurerm', version } } } }),
      resource: { azurerm_linux_web_app: { app: {} }, ...more },
    },
    'theirs',
  );

test('defaults follow the version that is declared', () => {
  const sku = (version: string | null) =>
    read(version, { azurerm_public_ip: { ip: {} } }).network.publicIps[0]?.skuName;
  expect([sku('~> 3.100'), sku('~> 4.0'), sku(null)]).toEqual(['Basic', 'Standard', 'Standard']);
  const tls = (version: string | null) => read(version, { azurerm_redis_cache: { cache: {} } }).caches[0]?.minimumTls;
  expect([tls('~> 3.100'), tls('~> 4.0'), tls('~> 5.0'), tls(null)]).toEqual(['1.2', '1.2', '1.2', '1.2']);
  expect([isSince(null, 4), isSince(null, 5)]).toEqual([true, false]);
});

test.each([
  ['~> 3.0.2', true],
  ['3.94.0', true],
  ['= 3.95.0', false],
  ['~> 3.74', false],
  ['>= 3.0, < 3.95.0', true],
  ['>= 3.0', false],
  ['~> 2.99', true],
  ['4.79.0', false],
])('all that %s allows is before 3.95: %s', (version, before) =>
  expect(isBefore(providerSeen(version, 'plan'), 3, 95)).toBe(before),
);

test('before the argument was there, a restriction made Azure deny the rest', () => {
  const site_config = { ip_restriction: { ip_address: '203.0.113.0/24' } };
  const isOpen = (version: string | null) =>
    read(version, { azurerm_linux_web_app: { app: { site_config } } }).regions[0]?.app.openByDefault;
  expect([isOpen('~> 3.74.0'), isOpen('~> 3.100'), isOpen(null)]).toEqual([false, true, true]);
});

test('a report says which one was seen', () => {
  const key = (...versions: string[]) =>
    providerKey(review(versions.map((version, index) => ({ ...read(version), name: `v${index}` }))).variants);
  expect(key('~> 3.117')).toBe('azurerm: ~> 3.117 (major 3), as required_providers says');
  expect(key('4.79.0', '~> 2.99')).toBe(
    'azurerm: 4.79.0 (major 4), as required_providers says: v0; ~> 2.99 (not read: arguments of 3, 4, 5 are), as required_providers says: v1',
  );
});
