import { fires, type MetricAlertBlock, minutesOf, type Sample } from '../../support/metricAlert';
import { at, type Block, everyVariant } from '../constructs/stack';

/** What the first sentence of an alert claims, read from its words alone. */
const claim =
  /^(?<subject>.+): (?<is>above|at least|below) (?<threshold>[\d.]+)(?: %| seconds)? (?<how>on average over|in every sample of|in at least one sample of|in total over) (?<minutes>\d+) minutes\. (?<means>.+) Runbook: /;

const alerts = [...everyVariant()].flatMap(([variant, terraform]) =>
  [...terraform.all('azurerm_monitor_metric_alert')]
    .filter(([, block]) => 'criteria' in block)
    .map(([address, block]): [string, Block & MetricAlertBlock] => [
      `${variant} ${address}`,
      block as Block & MetricAlertBlock,
    ]),
);

const read = (alert: Block) => {
  const found = claim.exec(String(alert.description))?.groups;
  if (!found) throw new Error(`a description that claims nothing: ${alert.description}`);
  const { subject = '', is = '', how = '', means = '' } = found;
  return { subject, is, how, means, threshold: Number(found.threshold), minutes: Number(found.minutes) };
};

/** One sample a minute, with the dimensions that the alert asks for. */
function samplesOf(alert: Block & MetricAlertBlock, values: readonly number[], of = 'a'): Sample[] {
  const dimensions = Object.fromEntries(
    (at<{ name: string; values: string[] }[]>(alert, 'criteria.0.dimension') ?? []).map(({ name, values: [first] }) => [
      name,
      first === '*' ? of : (first ?? ''),
    ]),
  );
  return values.map((value, minutesAgo) => ({ minutesAgo, value, dimensions }));
}

test('there are alerts to read', () => {
  expect(alerts.length).toBeGreaterThan(50);
});

describe.each(alerts)('%s', (_, alert) => {
  const { subject, is, how, means, threshold, minutes } = read(alert);
  const beyond = { above: threshold + 1, 'at least': threshold, below: threshold - 1 }[is] as number;
  const within = { above: threshold, 'at least': threshold - 1, below: threshold }[is] as number;
  const all = (value: number) => Array<number>(minutes).fill(value);
  const but = (value: number, one: number) => all(value).with(Math.floor(minutes / 2), one);
  const fired = (values: readonly number[]) => fires(alert, samplesOf(alert, values));

  test('fires and stays quiet as its sentence says', () => {
    expect(minutesOf(alert.window_size)).toBe(minutes);
    expect(fires(alert, [])).toBe(false);
    if (how === 'in total over') {
      const inOne = (sum: number) => but(0, sum);
      expect(fired(inOne(threshold + 1))).toBe(true);
      expect(fired(inOne(threshold))).toBe(false);
      return;
    }
    expect(fired(all(beyond))).toBe(true);
    expect(fired(all(within))).toBe(false);
    if (how === 'in at least one sample of') expect(fired(but(within, beyond))).toBe(true);
    if (how === 'in every sample of') expect(fired(but(beyond, within))).toBe(false);
    if (how === 'on average over') {
      // One bad sample is outweighed, and one good sample among bad ones is not enough.
      const good = is === 'below' ? threshold + 2 : threshold - 2;
      expect(fired(but(good, beyond))).toBe(false);
      expect(fired(but(beyond, within))).toBe(true);
    }
  });

  test('does not look further back than it says', () => {
    const old = [
      ...all(how === 'in total over' ? 0 : within),
      ...all(how === 'in total over' ? threshold + 1 : beyond),
    ];
    expect(fired(old)).toBe(false);
  });

  test('says "at least one" of parts exactly where each is judged by itself', () => {
    const split = (at<{ values: string[] }[]>(alert, 'criteria.0.dimension') ?? []).some(({ values }) =>
      values.includes('*'),
    );
    expect(subject.includes('on at least one')).toBe(split);
    if (split) {
      const good = is === 'below' ? threshold * 2 : 0;
      const others = ['b', 'c', 'd'].flatMap((of) => samplesOf(alert, all(good), of));
      expect(fires(alert, [...others, ...samplesOf(alert, all(beyond))])).toBe(true);
    }
  });

  test('leaves how much, how often and how long to that sentence', () => {
    expect(means).not.toMatch(/\d|minute|hour|average|every|at least|always/);
  });
});
