import { InputError } from '../inputError';

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;

/** Whether more than so many levels stand inside one another; what recurses into a value may otherwise run out of stack. */
export const isDeeperThan = (levels: number, value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner)));

/**
 * @param source what to call the text in a message, usually its path
 * @throws InputError when the text is no JSON
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

/** What the parser says, without the piece of the text that it quotes: that may be anything, a secret too. */
export const whyNotJson = ({ message }: Error): string =>
  message.replace(/,? *(\.\.\.)?".*"(\.\.\.)? is not valid JSON$/s, '');
