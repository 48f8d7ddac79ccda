/** What the platform does with instances, in which order: pinned without processes, so that each order can be seen. */

import { deploy } from '../../../drill/faults/deploy';
import type { Stage } from '../../../drill/faults/fault';
import { startFleet } from '../../../drill/fleet/fleet';
import type { Instance, InstanceSettings } from '../../../drill/fleet/instance';
import { planFleet } from '../../../drill/plan/fleetPlan';
import { architecture, type Choices } from '../../support/drill/architectures';

/** What happened to processes, in order: `starts`, `ready`, `SIGTERM`, `gone`, with the process's number. */
const mockEvents: string[] = [];
let mockStarted = 0;

jest.mock('../../../drill/fleet/instance', () => ({
  startInstance: async ({ id, key, region, zone }: InstanceSettings): Promise<Instance> => {
    const number = ++mockStarted;
    const name = `p${number}`;
    let alive = true;
    mockEvents.push(`${name} starts`);
    await new Promise((resolve) => setImmediate(resolve));
    mockEvents.push(`${name} ready`);
    const gone = (): void => {
      if (alive) mockEvents.push(`${name} gone`);
      alive = false;
    };
    return {
      ...{ id, key, region, zone, pid: number, port: number },
      ...{ alive: () => alive, endedByItself: () => false, exited: new Promise(() => {}) },
      ...{ manner: () => ({}), behave: () => {} },
      kill: async () => gone(),
      stop: async () => {
        mockEvents.push(`${name} SIGTERM`);
        await new Promise((resolve) => setTimeout(resolve, 700));
        gone();
      },
    } as Instance;
  },
}));

async function fleetOf(choices: Choices) {
  mockEvents.splice(0);
  mockStarted = 0;
  const plan = planFleet(architecture(choices));
  if ('notApplicable' in plan) throw new Error(plan.notApplicable);
  const options = { appFile: 'app', codeCache: null, seed: 1, redisServer: null };
  const fleet = await startFleet(plan, { ...options, signal: new AbortController().signal });
  mockEvents.splice(0);
  const [region] = fleet.regions;
  if (!region) throw new Error('the fixture has a region');
  const listed = (): string[] => region.listed().map(({ port }) => `p${port}`);
  return { plan, fleet, listed, first: region.listed()[0] as Instance };
}

/** As long as the fleet does something. */
async function watch<T>(work: Promise<T>, look: () => string[]): Promise<readonly string[]> {
  const seen: string[] = [];
  const note = (): void => {
    const now = look().join(' ');
    if (seen.at(-1) !== now) seen.push(now);
  };
  note();
  const timer = setInterval(note, 5);
  await work;
  note();
  clearInterval(timer);
  return seen;
}

test('a restart overlaps: the next process is ready before this one is asked to end, and takes its place before it is gone', async () => {
  const { fleet, first, listed } = await fleetOf({ instances: 2 });
  const seen = await watch(fleet.restart(first), listed);
  expect(mockEvents).toEqual(['p3 starts', 'p3 ready', 'p1 SIGTERM', 'p1 gone']);
  expect(seen).toEqual(['p1 p2', 'p3 p2']);
  expect(fleet.isEnding(first)).toBe(true);
  expect(fleet.processOf(first.key)).toBe(first);
});

test('scale-in drains: the instance is asked to end, and takes no more requests before it is gone', async () => {
  const { fleet, first, listed } = await fleetOf({ instances: 2 });
  let whenGone: string[] = [];
  const seen = await watch(
    fleet.remove(first).then(() => {
      whenGone = listed();
    }),
    listed,
  );
  expect(mockEvents).toEqual(['p1 SIGTERM', 'p1 gone']);
  // It stays in rotation for the moment until front ends notice.
  expect(seen).toEqual(['p1 p2', 'p2']);
  expect(whenGone).toEqual(['p2']);
});

test('a swap warms every new process up first, moves all traffic at once, and only then ends the old ones', async () => {
  const { fleet, listed } = await fleetOf({ instances: 2 });
  const seen = await watch(fleet.swap('second'), listed);
  expect(mockEvents.slice(0, 4).sort()).toEqual(['p3 ready', 'p3 starts', 'p4 ready', 'p4 starts']);
  expect(mockEvents.slice(4)).toEqual(['p1 SIGTERM', 'p2 SIGTERM', 'p1 gone', 'p2 gone']);
  expect(seen).toEqual(['p1 p2', 'p3 p4']);
});

test('a deployment without a slot is rolling: the next instance begins when the one before is done', async () => {
  const { fleet, plan } = await fleetOf({ instances: 2 });
  await deploy.start({ fleet, plan } as Stage);
  expect(mockEvents).toEqual([
    'p3 starts',
    'p3 ready',
    'p1 SIGTERM',
    'p1 gone',
    'p4 starts',
    'p4 ready',
    'p2 SIGTERM',
    'p2 gone',
  ]);
});

test('a new instance is counted once it is ready, in the zone that was asked for', async () => {
  const { fleet, listed } = await fleetOf({ instances: 2 });
  const seen = await watch(fleet.add('swedencentral', '3'), listed);
  expect(seen).toEqual(['p1 p2', 'p1 p2 p3']);
  expect(fleet.instances().at(-1)).toMatchObject({ zone: '3' });
});

test('a replacement has another id; in another zone it is a new place, and the old one is given up', async () => {
  const { fleet, first, listed } = await fleetOf({ instances: 3 });
  await first.kill();
  const same = await fleet.replace(first);
  expect(same).toMatchObject({ zone: '1' });
  expect(same.id).not.toBe(first.id);
  expect(listed()).toEqual(['p4', 'p2', 'p3']);
  await same.kill();
  const elsewhere = await fleet.replace(same, '2');
  expect(elsewhere).toMatchObject({ zone: '2' });
  expect(elsewhere.id).not.toBe(same.id);
  expect(listed()).toEqual(['p2', 'p3', 'p5']);
});
