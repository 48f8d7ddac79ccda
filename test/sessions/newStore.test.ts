import type { Deployment } from '../../architecture/deployment';
import { readArchitecture } from '../../architecture/read';
import { planFleet } from '../../drill/plan/fleetPlan';
import { factsOf } from '../../review/concerns';
import { readPrices } from '../../review/cost/prices';
import { cookieSharedSecret } from '../../review/rules/cookieSharedSecret';
import { inProcessState } from '../../review/rules/inProcessState';
import { needlessAffinity } from '../../review/rules/needlessAffinity';
import { keepers } from '../../review/state/keepers';
import { choices } from '../../synthesis/choices';
import { at, type Block, Terraform } from '../stacks/constructs/stack';
import { settings } from '../support/settings';
import { synthesizedNow } from '../support/snapshots';

// A new store is one line in the table. (The app would have to know its value of SESSION_STORE, too.)
jest.mock('../../sessions/stores', () => {
  const table = jest.requireActual('../../sessions/stores');
  Object.assign(table.sessionStores, {
    sealed: { label: 'sealed', appSetting: 'sealed', keptIn: 'client', sharedBy: 'deployment' },
    disk: { label: 'on a disk', appSetting: 'disk', keptIn: 'process', sharedBy: 'instance' },
    valkey: { label: 'Valkey', appSetting: 'valkey', keptIn: 'redis', sharedBy: 'region' },
    'valkey-geo': { label: 'Valkey, geo', appSetting: 'valkey', keptIn: 'redis', sharedBy: 'deployment' },
  });
  return table;
});

const terraformOf = (word: string): string => [...synthesizedNow([word], settings).values()][0] ?? '{}';
const parsed = (word: string) => new Terraform(JSON.parse(terraformOf(word)) as Block);
const read = (word: string): Deployment => readArchitecture(terraformOf(word), word);
const kinds = (deployment: Deployment, rule: { check(deployment: Deployment): readonly { kind: string }[] }) =>
  rule.check(deployment).map(({ kind }) => kind);

test('each is a choice', () => {
  expect(choices.sessions?.rule).toBe(
    'in-process or redis or redis-geo or cookie or sealed or disk or valkey or valkey-geo',
  );
});

test.each([
  ['zone-redundant,sessions=sealed', 'sealed', 'sealed'],
  ['zone-redundant,sessions=disk', 'disk', 'disk'],
  ['zone-redundant,sessions=valkey', 'valkey', 'valkey'],
  ['multi-region-active-active,sessions=valkey-geo', 'valkey', 'valkey-geo'],
])('%s: the app gets SESSION_STORE=%s, and the Terraform is read back as %s', (word, setting, store) => {
  for (const app of parsed(word).blocks('azurerm_linux_web_app'))
    expect(at(app, 'app_settings.SESSION_STORE')).toBe(setting);
  const deployment = read(word);
  expect(deployment.sessions).toBe(store);
  expect(planFleet(deployment)).toMatchObject({ store });
});

test.each([
  ['zone-redundant,sessions=sealed', 0, 0],
  ['zone-redundant,sessions=disk', 0, 0],
  ['zone-redundant,sessions=valkey', 1, 0],
  ['multi-region-active-active,sessions=valkey-geo', 2, 1],
])('%s declares %d caches and %d links between them', (word, caches, links) => {
  const terraform = parsed(word);
  expect(terraform.all('azurerm_managed_redis').size).toBe(caches);
  expect(terraform.all('azurerm_managed_redis_geo_replication').size).toBe(links);
});

test('a geo-replicated one needs a second region', () => {
  expect(() => terraformOf('zone-redundant,sessions=valkey-geo')).toThrow(
    'must be in-process, redis, cookie, sealed, disk or valkey with one region',
  );
});

test('the review judges each by where it is kept', () => {
  const sealed = read('zone-redundant,sessions=sealed,appService=on');
  const disk = read('zone-redundant,sessions=disk');
  const valkey = read('zone-redundant,sessions=valkey');
  expect(kinds(disk, inProcessState)).toEqual(['finding']);
  expect(kinds(valkey, inProcessState)).toEqual(['compliant']);
  expect(kinds(sealed, cookieSharedSecret)).toEqual(['compliant']);
  expect(kinds(valkey, cookieSharedSecret)).toEqual(['not applicable']);
  expect(kinds(sealed, needlessAffinity)).toEqual(['finding']);
  expect(keepers(sealed).at(-1)).toMatchObject({ kind: 'stateless with a cookie' });
  expect(keepers(disk).at(-1)).toMatchObject({ where: 'the memory of one process each' });
  expect(keepers(valkey).at(-1)).toMatchObject({ component: 'Managed Redis' });
});

test.each([
  ['zone-redundant,sessions=sealed', 'an instance, a zone, a region'],
  ['zone-redundant,sessions=disk', 'nothing'],
  ['zone-redundant,sessions=valkey', 'an instance, a zone'],
  ['multi-region-active-active,sessions=valkey-geo', 'an instance, a zone, a region'],
])('sessions of %s survive the loss of: %s', (word, survived) => {
  const facts = factsOf(read(word), readPrices());
  expect(facts.find(({ fact }) => fact === 'survives the loss of')?.value).toBe(survived);
});
