import { readArchitecture } from '../../architecture/read';
import { difference } from '../../review/diff';
import { renderDifference } from '../../review/report/difference';
import { settings } from '../support/settings';
import { synthesized } from '../support/snapshots';

const read = (word: string, change: object = {}) => {
  const [text] = [...synthesized([word], { ...settings, ...change }).values()];
  return readArchitecture(text ?? '{}', word);
};
const base = 'multi-region-active-passive';
const changes = (to: string, change: object = {}, from = base) => difference(read(from), read(to, change));

describe('Redis that becomes geo-replicated', () => {
  const toGeo = changes(`${base},sessions=redis-geo`);

  test('loses every session, and the difference says so in words', () => {
    expect(toGeo.sessionsLost).toEqual(['sessions do not move from one store to another (Redis → Redis, geo)']);
    expect(renderDifference(toGeo, { colour: false, width: 120 })).toContain(
      'Every session is lost: sessions do not move from one store to another (Redis → Redis, geo).\n',
    );
  });

  test('replaces the access of the apps and the log of the database in the same apply', () => {
    const replaced = toGeo.changed.filter(({ replacement }) => replacement.verdict === 'replaced');
    expect(replaced.map(({ address }) => address)).toEqual(
      ['northeurope', 'swedencentral']
        .flatMap((region) => [`azurerm_managed_redis.${region}_sessions`])
        .concat(
          ['northeurope', 'swedencentral'].flatMap((region) =>
            ['app', 'staging'].map(
              (who) => `azurerm_managed_redis_access_policy_assignment.${region}_sessions_${who}_access`,
            ),
          ),
          ['northeurope', 'swedencentral'].map(
            (region) => `azurerm_monitor_diagnostic_setting.${region}_sessions_logs`,
          ),
        ),
    );
    const logs = replaced.at(-1);
    expect(logs?.attributes).toEqual([]);
    expect(logs?.replacement.because).toContain(
      'azurerm_managed_redis.swedencentral_sessions.default_database[0].geo_replication_group_name changes',
    );
  });
});

test('the same cache in another size may keep its sessions, which only Azure knows', () => {
  const { sessionsLost, changed } = changes(base, { redisSku: 'Balanced_B5' });
  expect(sessionsLost).toEqual([]);
  const verdicts = changed.filter(({ address }) => address.startsWith('azurerm_managed_redis.'));
  expect(verdicts.map(({ replacement }) => replacement.verdict)).toEqual(['cannot tell', 'cannot tell']);
  expect(verdicts[0]?.replacement.because).toMatch(/Azure says in the plan whether it scales/);
});

test('sessions in process are lost with a change of app settings, and those elsewhere are not', () => {
  const rotated = { sessionSecret: { signs: 'b', versions: { a: 1, b: 1 } } };
  expect(changes('single-zone', rotated, 'single-zone').sessionsLost).toEqual([
    'azurerm_linux_web_app.swedencentral_hosting_app restarts, because its app settings change, and keeps sessions in its processes',
  ]);
  for (const word of ['zone-redundant', 'zone-redundant-cookie'])
    expect(changes(word, rotated, word).sessionsLost).toEqual([]);
});

test('a change that touches neither store nor app loses none', () =>
  expect(changes('single-zone', { size: 'trial', agentsSubnet: true }, 'single-zone').sessionsLost).toEqual([]));
