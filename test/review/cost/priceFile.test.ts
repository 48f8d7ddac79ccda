import { monthlyCost } from '../../../review/cost/cost';
import { type PriceRow, parsePrices, readPrices } from '../../../review/cost/prices';
import { basis, unpricedText } from '../../../review/cost/wording';
import { row, sound } from '../../support/review/samples';
import { deployment } from '../../support/review/terraform';

const p0v3 = row(
  'Azure App Service',
  'Azure App Service Premium v3 Plan - Linux',
  'P0v3',
  'P0v3 App',
  'westeurope',
  0.1,
);
const b3 = row('Redis Cache', 'Azure Managed Redis - Balanced', 'B3', 'B3 Cache Instance', 'westeurope', 0.05);
const address = 'https://example.org/prices.json';
const fileOf = (...Items: object[]) =>
  parsePrices({ asOf: '2026-01-31', currency: 'USD', note: 'made up', Items }, 'sample');
const without = (key: string) => Object.fromEntries(Object.entries(p0v3).filter(([name]) => name !== key));

describe('a price file', () => {
  test.each<[string, object, RegExp]>([
    ['no day', without('seen'), /Items\.0\.seen must be a day, as 2026-01-31\./],
    ['a month for a day', { ...p0v3, seen: '2026-01' }, /Items\.0\.seen must be a day/],
    ['a day that is none', { ...p0v3, seen: 'undated' }, /Items\.0\.seen must be a day/],
    ['a day after that of the file', { ...p0v3, seen: '2026-02-01' }, /Items\.0\.seen is after asOf, 2026-01-31/],
    ['no confidence', without('confidence'), /Items\.0\.confidence must be 'api', 'second-hand' or 'documentation'/],
    [
      'a second-hand price from nowhere',
      { ...p0v3, confidence: 'second-hand' },
      /Items\.0\.from must be the address where a price that the API did not give was read/,
    ],
    [
      'a source without an address',
      { ...p0v3, confidence: 'documentation', from: 'a public repository' },
      /Items\.0\.from must be an https address/,
    ],
    ['another currency', { ...p0v3, currencyCode: 'EUR' }, /Items\.0\.currencyCode must be USD/],
  ])('refuses a row with %s', (_, item, message) => expect(() => fileOf(item)).toThrow(message));

  test('takes a second-hand price with its address, and says where it was read', () => {
    const file = fileOf(p0v3, { ...b3, confidence: 'second-hand', from: address, note: 'half of a pair' });
    expect(
      monthlyCost(sound(), file).lines.map(({ seen, confidence, from, note }) => [seen, confidence, from, note]),
    ).toEqual([
      ['2026-01-31', 'api', null, null],
      ['2026-01-31', 'second-hand', address, 'half of a pair'],
    ]);
  });
});

describe('what the sums rest on', () => {
  const resting = (...items: object[]) => monthlyCost(sound(), fileOf(...items));
  const secondHand = { confidence: 'second-hand', from: address };

  test.each<[string, object[], string]>([
    ['prices of one day from the API', [p0v3, b3], 'as of 2026-01-31'],
    ['an older one', [p0v3, { ...b3, seen: '2025-06-30' }], 'as of 2026-01-31, the oldest of 2025-06-30'],
    [
      'some that are second-hand',
      [p0v3, { ...b3, ...secondHand }],
      'as of 2026-01-31, some second-hand until npm run prices asks the API',
    ],
    [
      'nothing else',
      [
        { ...p0v3, ...secondHand, seen: '2024-07-01' },
        { ...b3, ...secondHand },
      ],
      'as of 2026-01-31, the oldest of 2024-07-01, all second-hand until npm run prices asks the API',
    ],
    [
      'an old price that nothing here costs',
      [p0v3, b3, { ...p0v3, ...secondHand, armRegionName: 'eastus', seen: '2020-01-01' }],
      'as of 2026-01-31',
    ],
    ['nothing', [], 'as of 2026-01-31'],
  ])('names %s', (_, items, words) => expect(basis([resting(...items)])).toBe(words));

  test('goes over all variants', () => {
    const all = [resting({ ...p0v3, seen: '2025-01-01' }), resting({ ...b3, ...secondHand }), resting()];
    expect(basis(all)).toBe(
      'as of 2026-01-31, the oldest of 2025-01-01, some second-hand until npm run prices asks the API',
    );
  });
});

/** Also after `npm run prices`, whose rows take the place of those that came with the project. */
describe('the price file that comes with the project', () => {
  const { asOf, Items } = readPrices();
  const others = Items.filter(({ confidence }) => confidence !== 'api');
  const keyOf = (item: PriceRow) =>
    [
      item.serviceName,
      item.productName,
      item.skuName,
      item.meterName,
      item.armRegionName,
      item.type,
      item.tierMinimumUnits,
    ].join(' | ');

  test('has one price per meter and region, and is as old as its newest', () => {
    expect(Items.length).toBeGreaterThan(150);
    const keys = Items.map(keyOf);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    expect(
      Items.map(({ seen }) => seen)
        .sort()
        .at(-1),
    ).toBe(asOf);
  });

  test('names a revision that stays as it is for whatever the API was not asked', () => {
    const fixed = /^https:\/\/github\.com\/[^/]+\/[^/]+\/blob\/[0-9a-f]{40}\/./;
    expect(others.filter(({ from }) => !fixed.test(from ?? '')).map(keyOf)).toEqual([]);
  });

  test('was read on the day on which a price took effect, or later', () =>
    expect(
      others.filter(({ effectiveStartDate, seen }) => (effectiveStartDate ?? '').slice(0, 10) > seen).map(keyOf),
    ).toEqual([]));

  test.each(['P0v3', 'P1v3', 'P1mv3', 'P5mv3', 'P0v4', 'P1v4', 'P5mv4'])('prices %s in swedencentral', (sku) =>
    expect(
      monthlyCost(deployment({ plan: { location: 'swedencentral', sku_name: sku } }), readPrices()).lines,
    ).toHaveLength(1),
  );

  test('uses no price of one region for another', () =>
    expect(
      monthlyCost(deployment({ plan: { location: 'atlantis', sku_name: 'P0v3' } }), readPrices()).unpriced.map(
        unpricedText,
      ),
    ).toEqual(['azurerm_service_plan.plan: P0v3 instances, Linux: no price of P0v3 App in atlantis']));
});
