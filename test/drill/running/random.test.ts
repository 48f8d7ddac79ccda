import { randomFrom } from '../../../drill/running/random';

const draws = (...from: Parameters<typeof randomFrom>): number[] => {
  const random = randomFrom(...from);
  return Array.from({ length: 50 }, () => random.next());
};

test('the same seed and labels give the same numbers; another seed or label gives others', () => {
  expect(draws(1, 'shopper', 2)).toEqual(draws(1, 'shopper', 2));
  expect(draws(1, 'shopper', 2)).not.toEqual(draws(2, 'shopper', 2));
  expect(draws(1, 'shopper', 2)).not.toEqual(draws(1, 'shopper', 3));
});

test('integers reach both ends and nothing beyond', () => {
  const random = randomFrom(1, 'ends');
  const seen = new Set(Array.from({ length: 200 }, () => random.between(3, 5)));
  expect([...seen].sort()).toEqual([3, 4, 5]);
});

test('picking from nothing is an error', () => {
  expect(() => randomFrom(1).pick([])).toThrow('got: an empty list');
});
