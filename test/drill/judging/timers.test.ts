/** Documented timers have bounds: too early, too late, never and too often are each a surprise. */

import { promisesOf } from '../../../drill/judging/promises';
import { type DeclaredTimers, judgeTimers, type PlatformEvent, type TimerKind } from '../../../drill/judging/timers';
import { architecture } from '../../support/drill/architectures';

const declared: DeclaredTimers = {
  healthCheck: { evictionMinutes: 2, maxUnhealthyPercent: 50 },
  frontDoor: { intervalSeconds: 30, sampleSize: 4, successfulSamplesRequired: 3 },
};
const oneOfThree = { gone: 1, listed: 3 };
const at = (kind: TimerKind, ...seconds: number[]): readonly PlatformEvent[] =>
  seconds.map((second) => ({ kind, second }));

test.each<[TimerKind, number, number]>([
  ['eviction', 60, 120],
  ['front-door', 30, 60],
  ['promotion', 10, 15],
])('%s must come after %i to %i s', (kind, least, most) => {
  for (const second of [least, (least + most) / 2, most]) {
    const { timers, surprises } = judgeTimers([kind], declared, oneOfThree, at(kind, second));
    expect({ timers, surprises }).toEqual({ timers: [{ what: kind, least, most, second }], surprises: [] });
  }
  for (const second of [0, least - 1, most + 1, 600])
    expect(judgeTimers([kind], declared, oneOfThree, at(kind, second)).surprises).toHaveLength(1);
  expect(judgeTimers([kind], declared, oneOfThree, []).surprises).toEqual([expect.stringContaining('never')]);
  expect(judgeTimers([kind], declared, oneOfThree, at(kind, least, least)).surprises).toEqual([
    expect.stringContaining('2 times, and must 1 times'),
  ]);
});

test('bounds follow what is declared: minutes of eviction, interval and samples', () => {
  const bounds = (kind: TimerKind, changed: DeclaredTimers) => judgeTimers([kind], changed, oneOfThree, []).timers[0];
  expect(
    bounds('eviction', { ...declared, healthCheck: { evictionMinutes: 10, maxUnhealthyPercent: 50 } }),
  ).toMatchObject({
    ...{ least: 540, most: 600 },
  });
  const probe = { intervalSeconds: 100, sampleSize: 4, successfulSamplesRequired: 2 };
  expect(bounds('front-door', { ...declared, frontDoor: probe })).toMatchObject({ least: 200, most: 300 });
});

test.each([
  ['the share that may be taken out', { gone: 2, listed: 4 }, 2],
  ['no more than the share', { gone: 3, listed: 4 }, 2],
  ['none if none is left', { gone: 2, listed: 2 }, 0],
  ['none if none is gone', { gone: 0, listed: 2 }, 0],
  ['none of two where half is less than one', { gone: 1, listed: 1 }, 0],
])('%s is expected', (_what, struck, times) => {
  expect(judgeTimers(['eviction'], declared, struck, []).timers).toHaveLength(times);
  const oneMore = at('eviction', ...Array<number>(times + 1).fill(100));
  expect(judgeTimers(['eviction'], declared, struck, oneMore).surprises).toHaveLength(1);
});

test('without health check, without probes and where nothing is sampled, nothing is expected', () => {
  const none = { healthCheck: null, frontDoor: null };
  for (const events of [[], at('front-door', 5)])
    expect(judgeTimers(['eviction', 'front-door'], none, oneOfThree, events)).toEqual({ timers: [], surprises: [] });
  const zero = { ...declared, frontDoor: { intervalSeconds: 30, sampleSize: 4, successfulSamplesRequired: 0 } };
  expect(judgeTimers(['front-door'], zero, oneOfThree, []).timers).toEqual([]);
});

test('the promises read them from the deployment, with the platform’s defaults', () => {
  const { regions, frontDoorProbe } = promisesOf(architecture({ entry: 'front-door', regions: ['north', 'south'] }));
  expect(regions[0]?.healthCheck).toEqual({ evictionMinutes: 2, maxUnhealthyPercent: 50 });
  expect(frontDoorProbe).toEqual({ intervalSeconds: 30, sampleSize: 4, successfulSamplesRequired: 3 });
  expect(promisesOf(architecture({ healthCheck: false })).regions[0]?.healthCheck).toBeNull();
});
