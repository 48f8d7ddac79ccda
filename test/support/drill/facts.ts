/** What parts of the drill do, part by part, as values: for tests that change one of them. */

import fs from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import type { Deployment } from '../../../architecture/deployment';
import { readArchitecture } from '../../../architecture/read';
import type * as gateways from '../../../drill/frontends/applicationGateway';
import type * as appServices from '../../../drill/frontends/appService';
import type * as frontDoors from '../../../drill/frontends/frontDoor';
import type * as origins from '../../../drill/frontends/originHealth';
import type * as rotations from '../../../drill/frontends/rotation';
import type * as oracle from '../../../drill/oracle/differences';
import type * as balancing from '../../../drill/plan/loadBalancing';
import type { PlatformClock } from '../../../drill/platform/clock';
import type * as healthChecks from '../../../drill/platform/healthCheck';
import type * as replication from '../../../drill/redis/replicator';
import { root } from '../commands/command';
import { architecture } from './architectures';
import { agent, setCookies, startBackend } from './backends';
import { geoRegions } from './geoRegions';
import type { Load } from './mutants';

/** A clock that a test moves on. */
function steps() {
  const due: { readonly first: number; readonly interval: number; readonly work: (second: number) => unknown }[] = [];
  const clock = {
    every: (first, interval, work) => void due.push({ first, interval, work }),
    note: () => {},
    leap: () => {},
  } as Partial<PlatformClock> as PlatformClock;
  let step = 0;
  return {
    clock,
    next: async () => {
      for (const { first, interval, work } of due) await work(first + step * interval);
      step++;
    },
  };
}

/** The status and the instance of a plain request. */
const get = (port: number, headers: Readonly<Record<string, string>> = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const sent = request(
      { port, host: '127.0.0.1', agent, headers: { host: 'shop.example', ...headers } },
      (answer) => {
        answer.resume().once('end', () => resolve(`${answer.statusCode} ${answer.headers['x-instance-id'] ?? '-'}`));
      },
    );
    sent.once('error', reject).end();
  });

async function platform(load: Load): Promise<unknown> {
  const { createHealthCheck, isHealthyAnswer } = load<typeof healthChecks>('drill/platform/healthCheck');
  const after = async (sick: readonly (readonly string[])[]): Promise<readonly string[]> => {
    const { clock, next } = steps();
    const instances = ['a', 'b', 'c', 'd'].map((key) => ({ key }));
    let now: readonly string[] = [];
    const settings = { path: '/healthz', evictionMinutes: 2, maxUnhealthyPercent: 50 };
    const ping = async ({ key }: { readonly key: string }) => !now.includes(key);
    const health = createHealthCheck({ settings, clock, listed: () => instances, ping });
    health.begin(0);
    const seen: string[] = [];
    for (const each of sick) {
      now = each;
      await next();
      seen.push(
        health
          .inRotation()
          .map(({ key }) => key)
          .join(''),
      );
    }
    return seen;
  };
  return {
    healthy: [199, 200, 299, 300, 399].filter(isHealthyAnswer),
    'one is sick, then well': await after([['a'], ['a'], ['a'], []]),
    'three of four are sick': await after([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ]),
    'at last all are sick': await after([['a'], ['a'], ['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd']]),
  };
}

async function frontEnds(load: Load): Promise<unknown> {
  const { createRotation } = load<typeof rotations>('drill/frontends/rotation');
  const { originPool, isCacheable } = load<typeof frontDoors>('drill/frontends/frontDoor');
  const { matches, startApplicationGateway } = load<typeof gateways>('drill/frontends/applicationGateway');
  const { createOriginHealth, probeHeader } = load<typeof origins>('drill/frontends/originHealth');
  const { startAppService } = load<typeof appServices>('drill/frontends/appService');

  const three = ['a', 'b', 'c'].map((id, port) => ({ id, key: id, port, alive: () => true }));
  const clients = ['1:1', '2:1', '3:1', '4:1'];
  const chosen = (rotation: ReturnType<typeof createRotation>, among: typeof three): string =>
    clients
      .map((client) => rotation.choose(among, client)?.id)
      .sort()
      .join('');
  const [old, busy] = [three.slice(0, 2), createRotation(1, 'least-requests')];
  const end = busy.begin(three[0] as (typeof three)[number]);
  const whileBusy = chosen(busy, old);
  end();
  const region = (name: string, priority: number) => ({ region: name, priority });
  const pool = (window: number, ...priorities: readonly number[]) =>
    originPool(
      priorities.map((priority, index) => region(`r${index}`, priority)),
      'r0',
      window,
    )
      .map((each) => each.region)
      .join(' ');

  const [one, other, opensOut, ownCookie] = await Promise.all([
    startBackend('one'),
    startBackend('other'),
    startBackend('opens out', { 'arr-disable-session-affinity': 'true' }),
    startBackend('own cookie', { 'set-cookie': 'own=1' }),
  ]);
  const appService = async (backends: readonly Awaited<ReturnType<typeof startBackend>>[]) =>
    startAppService({ affinity: true, hosts: ['shop.example'], backends: () => backends, agent, seed: 1 });
  const gone = { id: 'gone', key: 'gone', port: 9, alive: () => false };
  const [both, without, own, withDead, withDraining] = await Promise.all([
    appService([one, other]),
    appService([opensOut]),
    appService([ownCookie]),
    startAppService({ affinity: false, backends: () => [gone, one], agent, seed: 1 }),
    startAppService({
      ...{ affinity: false, backends: () => [opensOut, one], isEnding: (key) => key === opensOut.key, agent, seed: 1 },
    }),
  ]);
  const gatewayOf = (probe: object) =>
    startApplicationGateway({
      ...{ affinity: false, hostPreserved: true, backendPort: other.port, backendHost: 'a', agent },
      probe: { path: '/healthz', intervalSeconds: 30, unhealthyThreshold: 3, ...probe },
    });
  const [gateway, redirected] = await Promise.all([
    gatewayOf({}),
    gatewayOf({ redirected: true, statusCodes: ['200'], unhealthyThreshold: 1 }),
  ]);
  const originOf = (more: object) => {
    const { clock, next } = steps();
    const health = createOriginHealth({
      settings: { path: '/', intervalSeconds: 30, sampleSize: 4, successfulSamplesRequired: 3, ...more },
      ...{ origins: [{ region: 'r', port: other.port, host: 'a' }], agent, onChange: () => {} },
    });
    health.begin(clock, 0);
    return { health, next };
  };
  try {
    const statuses = async (
      codes: readonly number[],
      next: () => Promise<void>,
      seen: () => unknown | Promise<unknown>,
    ) => {
      const all: unknown[] = [];
      for (const code of codes) {
        other.answerWith(() => code);
        await next();
        other.answerWith(() => 200);
        all.push(await seen());
      }
      return all;
    };
    const probed = steps();
    gateway.beginProbes(probed.clock, 0);
    const once = steps();
    redirected.beginProbes(once.clock, 0);
    const origin = originOf({});
    const blind = originOf({ redirected: true });
    const probes: string[] = [];
    for (const { port } of [withDead, withDraining])
      for (let count = 0; count < 2; count++) probes.push(await get(port, { [probeHeader]: '1' }));
    return {
      'least requests, one of two is busy': whileBusy,
      'a new instance begins level with the one that was chosen least often': chosen(busy, three),
      'by hash, two connections of one client': new Set(
        ['5:1', '5:2', '5:3', '5:4', '5:5', '5:6'].map(
          (client) => createRotation(1, 'request-hash').choose(three, client)?.id,
        ),
      ).size,
      pools: [pool(0, 1, 1), pool(0, 2, 1), pool(30, 1, 1), pool(1000, 1, 1), pool(1000, 1, 2)],
      cacheable: ['public', 'private', 'no-cache', 'no-store'].filter((text) =>
        isCacheable('GET', 200, { 'cache-control': text }),
      ),
      codes: [199, 200, 399, 400].filter((status) => matches(status, ['200-399'])),
      'gateway, three bad probes, then a good one': await statuses([503, 503, 503, 200], probed.next, () =>
        get(gateway.port),
      ),
      'gateway, a redirect where 200 counts': await statuses([200], once.next, () => get(redirected.port)),
      'origin, two bad samples, then good ones': await statuses([503, 503, 200, 200, 200], origin.next, () =>
        origin.health.isHealthy('r'),
      ),
      'origin, redirects': await statuses([200, 200], blind.next, () => blind.health.isHealthy('r')),
      'cookies of a first request': (await setCookies(both.port)).map((cookie) => cookie.split('=')[0]),
      'cookies of a bound request': await setCookies(both.port, { cookie: 'ARRAffinity=other' }),
      bound: await get(both.port, { cookie: 'ARRAffinity=other' }),
      'the app opts out': await setCookies(without.port),
      'the app’s own cookie': (await setCookies(own.port)).map((cookie) => cookie.split('=')[0]),
      'another host': await get(both.port, { host: 'elsewhere.example' }),
      'probes of a region with a dead instance, and of one with a process that drains': probes,
    };
  } finally {
    for (const hop of [both, without, own, withDead, withDraining, gateway, redirected]) await hop.close();
    for (const backend of [one, other, opensOut, ownCookie]) await backend.close();
  }
}

async function redis(load: Load): Promise<unknown> {
  const parts = load<typeof replication>('drill/redis/replicator');
  const played = async (play: (regions: ReturnType<typeof geoRegions>) => Promise<void>): Promise<unknown> => {
    const regions = geoRegions(2, parts);
    await play(regions);
    await regions.settled();
    return regions.data.map((region) =>
      [...region]
        .sort()
        .map((each) => each.join(' '))
        .join(', '),
    );
  };
  const all = (
    { replicators }: ReturnType<typeof geoRegions>,
    act: 'hold' | 'resume' | 'drop' | 'remember' | 'repeat',
  ) => {
    for (const replicator of replicators) replicator[act]();
  };
  return {
    'the later write stays': await played(async (regions) => {
      all(regions, 'hold');
      regions.write(0, 'set', 'a', 'earlier');
      regions.write(1, 'set', 'a', 'later');
      all(regions, 'resume');
    }),
    'counters add up, and a deletion takes back what was seen, each time': await played(async ({ write, settled }) => {
      write(0, 'hincrby', 'cart', 'tea', '2');
      await settled();
      write(1, 'del', 'cart');
      write(0, 'hincrby', 'cart', 'tea', '3');
      await settled();
      write(1, 'hincrby', 'cart', 'cup', '4');
      await settled();
      write(1, 'del', 'cart');
      write(1, 'hincrby', 'cart', 'cup', '1');
    }),
    'held in the middle': await played(async (regions) => {
      regions.meanwhile(async () => all(regions, 'hold'));
      for (const value of ['1', '2', '3']) regions.write(0, 'hincrby', 'cart', 'tea', value);
    }),
    dropped: await played(async (regions) => {
      all(regions, 'hold');
      regions.write(0, 'set', 'a', '1');
      all(regions, 'drop');
      all(regions, 'resume');
      regions.write(0, 'set', 'b', '1');
    }),
    repeated: await played(async (regions) => {
      all(regions, 'remember');
      regions.write(0, 'hincrby', 'cart', 'tea', '1');
      await regions.settled();
      regions.data[1]?.clear();
      all(regions, 'repeat');
    }),
  };
}

let deployments: readonly Deployment[] | undefined;

async function reading(load: Load): Promise<unknown> {
  const { checkOracle } = load<typeof oracle>('drill/oracle/differences');
  const { loadBalancingOf } = load<typeof balancing>('drill/plan/loadBalancing');
  deployments ??= ['zone-redundant', 'multi-region-active-active'].map((name) =>
    readArchitecture(fs.readFileSync(path.join(root, 'test', '__snapshots__', `${name}.json`), 'utf8'), name),
  );
  const given = architecture();
  const config = { load_balancing_mode: 'RequestHash' };
  const resources = given.resources.map((each) => ({ ...each, attributes: { site_config: config } }));
  return {
    differences: deployments.flatMap((deployment) => checkOracle(deployment).differences.map(({ fact }) => fact)),
    'by hash': given.regions.map(({ app }) => loadBalancingOf({ ...given, resources }, app)),
  };
}

/** By room. */
export const facts = { 'front ends': frontEnds, platform, Redis: redis, reading } as const;

/** What Microsoft documents, or the files say that they assume. */
export const documented: Readonly<Record<keyof typeof facts, unknown>> = {
  platform: {
    healthy: [200, 299],
    'one is sick, then well': ['abcd', 'bcd', 'bcd', 'abcd'],
    'three of four are sick': ['abcd', 'cd', 'cd'],
    'at last all are sick': ['abcd', 'bcd', 'bcd', 'abcd'],
  },
  'front ends': {
    'least requests, one of two is busy': 'bbbb',
    'a new instance begins level with the one that was chosen least often': 'aacc',
    'by hash, two connections of one client': 1,
    pools: ['r0', 'r1', 'r0', 'r0 r1', 'r0'],
    cacheable: ['public'],
    codes: [200, 399],
    'gateway, three bad probes, then a good one': ['200 other', '200 other', '502 -', '200 other'],
    'gateway, a redirect where 200 counts': ['502 -'],
    'origin, two bad samples, then good ones': [true, false, false, false, true],
    'origin, redirects': [true, false],
    'cookies of a first request': ['ARRAffinity', 'ARRAffinitySameSite'],
    'cookies of a bound request': [],
    bound: '200 other',
    'the app opts out': [],
    'the app’s own cookie': ['own', 'ARRAffinity', 'ARRAffinitySameSite'],
    'another host': '404 -',
    'probes of a region with a dead instance, and of one with a process that drains': Array(4).fill('200 one'),
  },
  Redis: {
    'the later write stays': ['a later', 'a later'],
    'counters add up, and a deletion takes back what was seen, each time': ['cart cup 1', 'cart cup 1'],
    'held in the middle': ['cart tea 6', 'cart tea 1'],
    dropped: ['a 1, b 1', 'b 1'],
    repeated: ['cart tea 1', 'cart tea 1'],
  },
  reading: { differences: [], 'by hash': ['request-hash'] },
};
