import { aloneFrom, mostShoppers, paceOf, tooMany } from '../../../drill/shoppers/pace';

test('the usual crowd acts as fast as it likes on two cores, and on one that is said to be slower', () => {
  expect(paceOf(60, 2)).toEqual({ thinkMs: { least: 300, most: 900 }, slowed: null });
  expect(paceOf(60, 1).slowed).toBeNull();
  expect(paceOf(120, 1).slowed).toContain('120 shoppers on 1 core: each waits 0.6 to 1.8 s');
});

test('however large the crowd, the machine gets no more requests a second', () => {
  const perSecond = (shoppers: number) =>
    shoppers / ((paceOf(shoppers, 2).thinkMs.least + paceOf(shoppers, 2).thinkMs.most) / 2000);
  expect(perSecond(mostShoppers)).toBeCloseTo(perSecond(120), 0);
  expect(aloneFrom).toBeLessThan(mostShoppers);
});

test('two cores drive 2000, one does not, and it says what it can', () => {
  expect(tooMany(2000, 2)).toBeNull();
  expect(tooMany(1001, 1)).toBe('1 core can drive 1000 shoppers at most, got: 1001');
});
