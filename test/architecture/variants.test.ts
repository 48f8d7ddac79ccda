import { readArchitecture } from '../../architecture/read';
import { settings } from '../support/settings';
import { synthesized } from '../support/snapshots';

const read = new Map([...synthesized()].map(([label, text]) => [label, readArchitecture(text, label)]));

test('single-zone: two instances in one zone, with ARR affinity and sessions in their memory', () => {
  expect(read.get('single-zone')).toMatchObject({
    entry: 'app-service',
    hostPreserved: true,
    affinity: { appService: 'on', applicationGateway: 'absent', frontDoor: 'absent' },
    sessions: 'in-process',
    latencyWindowMs: null,
    regions: [
      {
        name: 'swedencentral',
        location: 'swedencentral',
        role: 'active',
        origin: null,
        redis: null,
        app: {
          address: 'azurerm_linux_web_app.swedencentral_hosting_app',
          affinity: 'on',
          healthCheckPath: '/healthz',
          healthCheckEvictionMinutes: 2,
          plan: { skuName: 'P0v3', instances: 2, zoneBalanced: false },
        },
      },
    ],
  });
});

test('zone-redundant: three instances behind a gateway, without affinity, with sessions in a Redis of the region', () => {
  expect(read.get('zone-redundant')).toMatchObject({
    entry: 'application-gateway',
    hostPreserved: true,
    affinity: { appService: 'off', applicationGateway: 'off', frontDoor: 'absent' },
    sessions: 'redis',
    regions: [
      {
        role: 'active',
        redis: { skuName: 'Balanced_B3', highAvailability: true, geoReplicated: false },
        app: { plan: { instances: 3, zoneBalanced: true } },
      },
    ],
  });
});

test('multi-region-active-active: two active regions of three instances behind Front Door, with geo-replicated sessions', () => {
  const architecture = read.get('multi-region-active-active');
  expect(architecture).toMatchObject({
    entry: 'front-door',
    hostPreserved: true,
    affinity: { appService: 'off', applicationGateway: 'absent', frontDoor: 'off' },
    sessions: 'redis-geo',
    latencyWindowMs: 0,
  });
  expect(
    architecture?.regions.map(({ location, role, origin, redis, app }) => ({
      location,
      role,
      priority: origin?.priority,
      geo: redis?.geoReplicated,
      instances: app.plan.instances,
    })),
  ).toEqual([
    { location: 'northeurope', role: 'active', priority: 1, geo: true, instances: 3 },
    { location: 'swedencentral', role: 'active', priority: 1, geo: true, instances: 3 },
  ]);
});

test('a gateway that overrides the host is distinguished from one that preserves it', () => {
  const trial = synthesized(['zone-redundant', 'multi-region-active-active'], { ...settings, domain: 'none' });
  expect([...trial].map(([label, text]) => readArchitecture(text, label).hostPreserved)).toEqual([false, false]);
});

test('probes are read with their timing, from which detection follows', () => {
  expect(read.get('multi-region-active-active')?.frontDoorProbe).toEqual({
    path: '/healthz',
    protocol: 'Https',
    intervalSeconds: 30,
    sampleSize: 4,
    successfulSamplesRequired: 3,
  });
  expect(read.get('zone-redundant')?.gatewayProbe).toEqual({
    path: '/healthz',
    protocol: 'Https',
    intervalSeconds: 10,
    timeoutSeconds: 5,
    unhealthyThreshold: 3,
  });
  expect(read.get('single-zone')).toMatchObject({ frontDoorProbe: null, gatewayProbe: null });
});
