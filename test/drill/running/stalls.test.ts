import { watchStalls } from '../../../drill/running/stalls';

test('the longest time without a turn counts, and only what comes after the begin', () => {
  let now = 1_000;
  const watch = watchStalls(() => now);
  expect(watch.longestMs()).toBe(0);
  now += 820;
  expect(watch.longestMs()).toBe(800);
  const later = watch.fromNow();
  expect(later.longestMs()).toBe(0);
  now += 320;
  expect(later.longestMs()).toBe(300);
  // Less than a tenth of a second is usual.
  now += 60;
  expect([watch.longestMs(), later.fromNow().longestMs()]).toEqual([800, 0]);
  watch.stop();
});
