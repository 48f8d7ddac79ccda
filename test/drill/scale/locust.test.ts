import { spawnSync } from 'node:child_process';
import { drillOne } from '../../../drill/drill';
import { isCompleted } from '../../../drill/report/result';
import { auditOf } from '../../../drill/scale/audits';
import { collect } from '../../../drill/scale/collected';
import { judgeCollected } from '../../../drill/scale/judged';
import { onTwoEngines } from '../../support/drill/engines';
import { loadTest } from '../../support/drill/locust';
import { shop } from '../../support/drill/shop';
import { variant } from '../../support/drill/variants';

// The real engine in front of the drill's own fleet: its verdict on each shopper is the drill's.

jest.setTimeout(600_000);

/** Needs `pip install locust` in an environment of its own; not a part of CI, because it takes longer to install than to run. */
const locust = process.env.LOCUST ?? 'locust';
const isThere = spawnSync(locust, ['--version']).status === 0;
if (!isThere)
  console.warn('SKIPPED, there is no locust on the PATH, and LOCUST names none: its verdict beside the drill’s');
const withLocust = isThere ? test : test.skip;

withLocust.each([
  ['single-zone', 'instance-crash', 7, 12],
  ['zone-redundant-sticky', 'zone-loss', 5, 30],
  ['zone-redundant-cookie', 'instance-crash', 3, 12],
] as const)('%s, %s, seed %i: Locust and the drill lose the same carts', async (name, fault, seed, shoppers) => {
  const options = { seed, shoppers, timeScale: 300 };
  const drilled = await drillOne(variant(name), fault, { ...options, ...(await shop()) });
  if (!('run' in drilled)) throw new Error(drilled.notApplicable);
  const { collected, report } = await loadTest(variant(name), fault, { ...options, locust });
  const lost = collected.shoppers.map(auditOf).filter((audit) => audit?.verdict.lost);
  expect(lost.map((audit) => audit?.shopper.id)).toEqual(
    drilled.shoppers.flatMap(({ id, lost }) => (lost ? [id] : [])),
  );
  const [run] = report.runs;
  if (!run || !isCompleted(run)) throw new Error(JSON.stringify(run));
  const figures = ({ cartsLost, writesLost, expected, met }: typeof run) => ({
    ...{ cartsLost, writesLost, met },
    expected: expected.cartsLost,
  });
  expect(figures(run)).toEqual(figures(drilled.run));
  expect(run.met).toBe(true);
});

const judged = (...texts: readonly string[]) =>
  judgeCollected(
    collect(
      'logs',
      texts.map((text, index) => ({ from: `log ${index}`, text })),
    ),
    null,
  );

withLocust(
  'on two engines each shopper is audited once, by the logs of the workers as by that of the master',
  async () => {
    const { workers, master } = await onTwoEngines(locust, 24, false);
    const ids = workers.map((text) => collect('log', [{ from: 'log', text }]).shoppers.map(({ id }) => id));
    expect(ids.map((some) => some.length)).toEqual([12, 12]);
    expect(new Set(ids.flat()).size).toBe(24);
    for (const texts of [workers, [master], [...workers, master]])
      expect(judged(...texts).runs).toMatchObject([{ shoppers: 24, cartsLost: 0, writesLost: 0, met: true }]);
    expect(judged(workers[0] ?? '').runs).toMatchObject([
      { notAssessed: expect.stringMatching(/^12 of 24 shoppers have no audit/) },
    ]);
  },
);

withLocust(
  'an engine that ends takes its shoppers with it, and those who come in their place do not hide that',
  async () => {
    const { workers, master } = await onTwoEngines(locust, 24, true);
    expect(judged(...workers, master).runs).toMatchObject([
      { notAssessed: expect.stringMatching(/^12 of 24 shoppers have no audit .* 12 were done filling too late/) },
    ]);
  },
);
