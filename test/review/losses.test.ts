import path from 'node:path';
import { readArchitecture } from '../../architecture/read';
import { lossesOf, type Part } from '../../review/losses';
import { readDrill, withDrill } from '../../review/measured';
import { recommended, shareOf } from '../../review/recommendation';
import { answerOf } from '../../review/report/answer';
import { shareWords } from '../../review/report/losses';
import { review } from '../../review/review';
import { open, prices, sound, sticky } from '../support/review/samples';
import { synthesized } from '../support/snapshots';

const declared = [...synthesized()].map(([label, text]) => readArchitecture(text, label));

const shares = (losses: ReturnType<typeof lossesOf>) =>
  [losses.instance, losses.zone, losses.region].map(({ share }) => share);

describe('what the facts say that a loss costs', () => {
  const deployments = new Map(declared.map((one) => [one.name, one]));
  const of = (name: string) => lossesOf(deployments.get(name) as never);

  test.each([
    ['single-zone', [1 / 2, 1, 1], [false, true, true]],
    ['zone-redundant-sticky', [1 / 3, 1 / 3, 1], [false, false, true]],
    ['zone-redundant', [0, 0, 1], [false, false, true]],
    ['zone-redundant-cookie', [0, 0, 0], [false, false, true]],
    ['multi-region-sticky', [1 / 6, 1 / 6, 1 / 2], [false, false, false]],
    ['multi-region-active-passive', [0, 0, 1], [false, false, false]],
    ['multi-region-active-active', [0, 0, 0], [false, false, false]],
  ] as const)('%s', (name, expected, people) => {
    const losses = of(name);
    expect(shares(losses)).toEqual(expected.map((share) => expect.closeTo(share)));
    expect([losses.instance, losses.zone, losses.region].map(({ needsPeople }) => needsPeople)).toEqual(people);
  });

  test('is never better than what a drill of the same variants counted', () => {
    const drill = readDrill(path.join(__dirname, '..', '..', 'docs', 'drill.json'));
    const { variants } = withDrill(review([...deployments.values()], { prices }), drill, 'docs/drill.json');
    for (const { name, losses } of variants)
      for (const part of ['instance', 'zone', 'region'] as Part[]) {
        const { share, measured } = losses[part];
        // Shoppers are spread by chance over regions, and evenly by the facts: a tenth is the most that this makes.
        expect({ name, part, off: Math.abs((shareOf(losses[part]) ?? 1) - (share as number)) < 0.1, measured }).toEqual(
          {
            ...{ name, part, off: true },
            measured: expect.anything(),
          },
        );
      }
  });

  test('carts in processes without affinity are lost without any failure', () => {
    const deployment = { ...sticky(), affinity: { ...sticky().affinity, appService: 'off' as const } };
    expect(shares(lossesOf(deployment))).toEqual([1, 1, 1]);
    expect(lossesOf(deployment).instance.because).toContain('without any failure');
  });

  test('what is unknown stays unknown, with its reason', () =>
    expect(lossesOf(open()).instance.share).toEqual({ unknown: expect.stringContaining('SESSION_STORE') }));
});

describe('the recommendation', () => {
  const names = (deployments: Parameters<typeof review>[0]) => {
    const chosen = recommended(review(deployments, { prices }).variants);
    return chosen && [chosen.variant.name, chosen.servesOn?.name ?? null];
  };

  test('is the one that loses least of those without an error, whatever the order', () => {
    expect(names([sticky(), sound(), open()])).toEqual(['sound', null]);
    expect(names([open(), sound(), sticky()])).toEqual(['sound', null]);
  });

  test('names what keeps serving when the choice is lost with its region', () => {
    const { variants } = review(declared, {});
    const chosen = recommended(variants);
    expect([chosen?.variant.name, chosen?.servesOn?.name, chosen?.equals]).toEqual([
      ...['zone-redundant-cookie', 'multi-region-active-active', 2],
    ]);
  });

  test('is none of one, and none where every variant has an error', () => {
    expect(names([sound()])).toBeNull();
    expect(names([sticky(), { ...sticky(), name: 'again' }])).toBeNull();
    const { reasons } = answerOf(review([sticky(), { ...sticky(), name: 'again' }], { prices }).variants);
    expect(reasons).toEqual(['None of 2 variants is recommended: in 2 the rules find an error.']);
  });
});

test.each([
  [0, 'none'],
  [1, 'all'],
  [1 / 3, '1 in 3'],
  [2 / 3, '67%'],
] as const)('a share of %d is worded %s', (share, words) => expect(shareWords(share)).toBe(words));

test.each([
  [[], 'Nothing was assessed.'],
  [[sound()], 'The loss of a region costs every cart in sound, from 292 USD a month.'],
  [[sticky()], 'One crash costs 1 in 3 carts in sticky, from 219 USD a month.'],
  [
    [open()],
    'What a failure costs in open is unknown: azurerm_linux_web_app.a.app_settings has no SESSION_STORE, so where sessions live is unknown.',
  ],
  [[open(), open()], 'Of none of 2 variants is it known what a failure costs.'],
])('the first sentence of a review (%#)', (deployments, sentence) =>
  expect(answerOf(review(deployments, { prices }).variants).sentence).toBe(sentence),
);
