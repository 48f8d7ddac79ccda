import { createPlatformClock } from '../../../drill/platform/clock';
import { until } from '../../support/until';

const blocked = (ms: number): void => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

test('runs what is due in the order of Azure’s seconds, also when this machine was too busy to run it in time', async () => {
  const clock = createPlatformClock(1000);
  const ran: string[] = [];
  clock.at(40, () => void ran.push('40'));
  clock.every(10, 20, (second) => void ran.push(`every ${second}`));
  clock.at(20, () => void ran.push('20'));
  clock.begin();
  blocked(80); // Everything up to second 80 is overdue at once.
  await until('all of it ran', () => ran.length >= 6);
  clock.stop();
  expect(ran.slice(0, 6)).toEqual(['every 10', '20', 'every 30', '40', 'every 50', 'every 70']);
});

test('one event is over before the next begins, however long it takes', async () => {
  const clock = createPlatformClock(1000);
  const events: string[] = [];
  clock.at(1, async () => {
    events.push('first begins');
    clock.at(3, () => void events.push('third')); // Planned meanwhile: it must wait too.
    await new Promise((resolve) => setTimeout(resolve, 30));
    events.push('first ends');
  });
  clock.at(2, () => void events.push('second'));
  clock.begin();
  await until('all ran', () => events.length === 4);
  clock.stop();
  expect(events).toEqual(['first begins', 'first ends', 'second', 'third']);
});

test('a wait takes its Azure seconds at the time scale, and not less', async () => {
  const clock = createPlatformClock(100);
  clock.begin();
  const begun = performance.now();
  await clock.wait(10);
  clock.stop();
  expect(performance.now() - begun).toBeGreaterThanOrEqual(99);
  expect(clock.realMs(10)).toBe(100);
});

test('nothing runs before the fault, and after the end waits reject', async () => {
  const clock = createPlatformClock(1000);
  const wait = clock.wait(0);
  clock.stop();
  await expect(wait).rejects.toThrow('The run has ended.');
  await expect(clock.wait(0)).rejects.toThrow('The run has ended.');
});
