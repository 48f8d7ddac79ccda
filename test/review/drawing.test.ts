import { factsOf } from '../../review/concerns';
import { dot } from '../../review/diagram/dot';
import { drawingOf } from '../../review/diagram/drawing';
import { textDiagram } from '../../review/diagram/text';
import { stateMap } from '../../review/state/map';
import { prices } from '../support/review/samples';
import { type Change, deployment, frontDoor, gateway, onRedis, redis, secondApp } from '../support/review/terraform';

describe('a drawing', () => {
  const many = drawingOf(deployment({ plan: { worker_count: 30, zone_balancing_enabled: false } }));

  test('of very many instances draws some, and says how many there are', () => {
    expect(textDiagram(many)).toContain('└─ 30 instances');
    expect(dot(many).match(/label="instance/g)).toHaveLength(6);
    expect(dot(many)).toContain('label="instance, and 24 more"');
  });

  test('has a gateway in the region where the gateway is', () => {
    const more = { azurerm_linux_web_app: secondApp(), ...frontDoor({ others: ['second'] }), ...gateway() };
    const gateways = (change: Change) => drawingOf(deployment(change)).regions.map((region) => region.gateway?.name);
    expect(gateways({ more })).toEqual(['Application Gateway', undefined]);
    expect(gateways({ more: { ...more, ...gateway({ location: '${var.place}' }) } })).toEqual([
      'Application Gateway',
      'Application Gateway',
    ]);
  });
});

describe('a Redis of which it is not known whether it has a replica', () => {
  const open = deployment({ settings: onRedis, more: redis({ high_availability_enabled: '${var.ha}' }) });
  const why = 'azurerm_managed_redis.cache.high_availability_enabled is ${var.ha}';

  test('is not reported to survive anything', () =>
    expect(factsOf(open, prices).find(({ fact }) => fact === 'survives the loss of')?.value).toBe(
      `cannot tell (${why})`,
    ));

  test('loses what two nodes would lose, if it has two', () =>
    expect(stateMap(open).at(-1)).toMatchObject({
      where: 'the memory of Redis',
      lostWith: `a failover between its nodes, if it has two (${why}): the last seconds of writes; the loss of its region: all of it`,
    }));
});

test('the state map names the kind of the Redis that holds the sessions, not of another', () => {
  const older = { azurerm_redis_cache: { old: { location: 'westeurope', sku_name: 'Standard' } } };
  const settings = { SESSION_STORE: 'redis', REDIS_URL: 'rediss://${azurerm_redis_cache.old.hostname}:6380' };
  expect(stateMap(deployment({ settings, more: { ...older, ...redis() } })).at(-1)?.component).toBe('Redis');
});
