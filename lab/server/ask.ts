/** Reads what the page asks for. It is checked like any input: the page is not the only program on this machine. */

import { z } from 'zod';
import type { Ask } from '../messages';

const side = z.union([z.literal(0), z.literal(1)]);
const sides = side.nullable();
const position = z.number().int().min(0).max(99);

const aim = z.strictObject({
  region: position.optional(),
  zone: z.enum(['1', '2', '3']).nullable().optional(),
  instance: position.optional(),
});

const ask = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('fault'), side: sides, fault: z.string().max(40), aim }),
  z.strictObject({ do: z.literal('act'), side: sides }),
  z.strictObject({ do: z.literal('refill'), side: sides }),
  z.strictObject({ do: z.literal('link'), side: sides, cut: z.boolean() }),
  z.strictObject({ do: z.literal('choose'), side, choice: z.string().max(40), value: z.string().max(40) }),
  z.strictObject({ do: z.literal('speed'), timeScale: z.number() }),
  z.strictObject({ do: z.literal('scene'), scene: position }),
  z.strictObject({ do: z.literal('leave story') }),
]);

/** @throws RangeError for text that is not a request of the page */
export function readAsk(text: string): Ask {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new RangeError('A request must be JSON.');
  }
  const read = ask.safeParse(given);
  if (read.success) return read.data as Ask;
  throw new RangeError(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}
