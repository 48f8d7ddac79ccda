import { storeNames } from '../../app/environment';
import {
  isGeoReplicated,
  sessionStore,
  sessionStoreIds,
  sessionStores,
  storeBySetting,
  usesRedis,
} from '../../sessions/stores';

test('the app knows exactly the values of SESSION_STORE that the table gives it', () => {
  const values = new Set(Object.values(sessionStores).map(({ appSetting }) => appSetting));
  expect([...values].sort()).toEqual([...storeNames].sort());
});

test('only stores in Redis can be geo-replicated, and one that is kept by one process is shared by one instance', () => {
  for (const id of sessionStoreIds()) {
    const { keptIn, sharedBy } = sessionStore(id);
    if (isGeoReplicated(id)) expect(usesRedis(id)).toBe(true);
    expect(keptIn === 'process').toBe(sharedBy === 'instance');
  }
  expect(sessionStoreIds().filter(isGeoReplicated)).toEqual(['redis-geo']);
  expect(sessionStoreIds().filter(usesRedis)).toEqual(['redis', 'redis-geo']);
});

test('a store is found again by what a deployment shows of it', () => {
  for (const id of sessionStoreIds()) expect(storeBySetting(sessionStore(id).appSetting, isGeoReplicated(id))).toBe(id);
  expect(storeBySetting('disk', false)).toBeUndefined();
});

test('every label is its own', () => {
  const labels = Object.values(sessionStores).map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
});
