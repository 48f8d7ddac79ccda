import { InputError } from '../../inputError';

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;

/** Terraform lets a block be an object or a list of objects; a missing one is none. */
export function blocks(value: unknown, where: string): JsonObject[] {
  if (value === undefined || value === null) return [];
  const list = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (!isObject(item)) throw new InputError(`${where} must be a block, got: ${kindOf(item)}.`);
    return item;
  });
}

/** Whether a value is nested more levels deep than this; recursion into it could otherwise run out of stack. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  // A plan has millions of values: no list of them is made.
  if (Array.isArray(value)) {
    for (const inner of value) if (isDeeperThan(levels - 1, inner)) return true;
    return false;
  }
  for (const name in value) if (isDeeperThan(levels - 1, (value as JsonObject)[name])) return true;
  return false;
}

/**
 * @param source what to call the text in a message, usually its path
 * @throws InputError when the text is not JSON
 */
export function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(
      `${source} is not JSON: ${whyNotJson(error as Error)}. Synthesize it again, or check that it was copied whole.`,
    );
  }
}

/** The parser's message, without the piece of the text that it quotes: that can be anything, a secret too. */
export const whyNotJson = ({ message }: Error): string =>
  message.replace(/,? *(\.\.\.)?".*"(\.\.\.)? is not valid JSON$/s, '');
