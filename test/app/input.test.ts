import fc from 'fast-check';
import { products } from '../../app/catalogue';
import { readAddition, readFormAddition, readFormQuantity, readQuantity } from '../../app/input';
import { Problem } from '../../app/problem';

const ids = products.map(({ id }) => id);
const allowed = (value: unknown) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 99;

/** What is read, or the status of the refusal; anything else that is thrown fails the test. */
const outcome = (read: () => unknown) => {
  try {
    return read();
  } catch (error) {
    if (error instanceof Problem) return error.status;
    throw error;
  }
};

test('whatever JSON a client sends, it is an addition within the limits or a refusal', () => {
  const body = fc.oneof(
    fc.jsonValue(),
    fc.record({
      productId: fc.oneof(fc.constantFrom(...ids), fc.jsonValue()),
      quantity: fc.oneof(fc.integer(), fc.jsonValue()),
    }),
  );
  fc.assert(
    fc.property(body, (sent) => {
      const read = outcome(() => readAddition(sent));
      const { productId, quantity } = (sent ?? {}) as { productId?: unknown; quantity?: unknown };
      const isGood = typeof productId === 'string' && ids.includes(productId) && allowed(quantity);
      expect(read).toEqual(isGood ? { product: expect.objectContaining({ id: productId }), quantity } : 422);
    }),
  );
});

test('a form reads plain digits from 1 to 99 as that number and refuses every other text', () => {
  const text = fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String), fc.nat(120).map(String));
  fc.assert(
    fc.property(text, (quantity) => {
      const read = outcome(() => readFormAddition({ productId: 'anchor', quantity }));
      const isGood = /^\d{1,9}$/.test(quantity) && allowed(Number(quantity));
      expect(read).toEqual(isGood ? { product: expect.anything(), quantity: Number(quantity) } : 422);
    }),
  );
});

test('a quantity to set is a whole number from 0 to 999, whatever JSON or form it comes in', () => {
  const value = fc.oneof(fc.jsonValue(), fc.integer(), fc.nat(1100), fc.nat(1100).map(String), fc.string());
  fc.assert(
    fc.property(value, (quantity) => {
      const isGood = (number: unknown) =>
        Number.isInteger(number) && (number as number) >= 0 && (number as number) <= 999;
      expect(outcome(() => readQuantity({ quantity }))).toEqual(isGood(quantity) ? quantity : 422);
      const isDigits = typeof quantity === 'string' && /^\d{1,9}$/.test(quantity);
      if (typeof quantity === 'string')
        expect(outcome(() => readFormQuantity({ quantity }))).toEqual(
          isDigits && isGood(Number(quantity)) ? Number(quantity) : 422,
        );
    }),
  );
  for (const [edge, read] of [
    [0, 0],
    [999, 999],
    [1000, 422],
    [-1, 422],
  ]) // Just inside, just outside.
    expect(outcome(() => readQuantity({ quantity: edge }))).toBe(read);
});

test('a refusal shows at most 40 characters of what was sent', () => {
  expect(() => readAddition({ productId: 'x'.repeat(2000), quantity: 1 })).toThrow(
    `\`productId\` must be the id of a product, got: "${'x'.repeat(39)}…. GET /api/products lists them.`,
  );
});
