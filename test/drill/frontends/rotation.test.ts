/** Which instance takes a request that no cookie binds, by load-balancing mode. */

import { type Backend, createRotation } from '../../../drill/frontends/rotation';
import { type LoadBalancing, loadBalancingOf } from '../../../drill/plan/loadBalancing';
import { architecture } from '../../support/drill/architectures';

const backends: readonly Backend[] = ['a', 'b', 'c'].map((id, port) => ({ id, key: id, port, alive: () => true }));

const choices = (mode: LoadBalancing, clients: readonly string[], busy?: string): (string | undefined)[] => {
  const rotation = createRotation(1, mode);
  for (const backend of backends) if (backend.id === busy) rotation.begin(backend);
  return clients.map((client) => rotation.choose(backends, client)?.id);
};
const sixClients = ['1', '2', '3', '4', '5', '6'].map((last) => `198.51.100.${last}:1000`);
const counted = (chosen: readonly unknown[], id: string) => chosen.filter((each) => each === id).length;

test('least requests leaves out an instance that is busy; by turns it gets its share', () => {
  expect(counted(choices('least-requests', sixClients, 'a'), 'a')).toBe(0);
  expect(counted(choices('round-robin', sixClients, 'a'), 'a')).toBe(2);
  for (const id of ['a', 'b', 'c']) expect(counted(choices('least-requests', sixClients), id)).toBe(2);
});

test('by hash a client meets the same instance on every connection, and not all clients the same', () => {
  const twice = sixClients.flatMap((client) => [client, client.replace(':1000', ':2000')]);
  const chosen = choices('request-hash', twice, 'a');
  for (let index = 0; index < chosen.length; index += 2) expect(chosen[index + 1]).toBe(chosen[index]);
  expect(new Set(chosen).size).toBeGreaterThan(1);
});

test.each<[unknown, LoadBalancing]>([
  [undefined, 'least-requests'],
  [{ load_balancing_mode: 'LeastRequests' }, 'least-requests'],
  [{ load_balancing_mode: 'WeightedRoundRobin' }, 'round-robin'],
  [[{ load_balancing_mode: 'PerSiteRoundRobin' }], 'round-robin'],
  [[{ load_balancing_mode: 'RequestHash' }], 'request-hash'],
  // How it chooses is not documented, so it is not emulated.
  [{ load_balancing_mode: 'WeightedTotalTraffic' }, 'least-requests'],
  [{ load_balancing_mode: '${var.mode}' }, 'least-requests'],
])('site_config %j is %s', (config, mode) => {
  const given = architecture();
  const [app] = given.regions.map((region) => region.app);
  if (!app) throw new Error('the fixture has an app');
  const resources = given.resources.map((each) => ({
    ...each,
    attributes: { ...each.attributes, site_config: config },
  }));
  expect(loadBalancingOf({ ...given, resources }, app)).toBe(mode);
});
