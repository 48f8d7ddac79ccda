/**
 * What a user gave cannot be used: a wrong word on the command line, a setting outside Azure's limits, a file that is
 * not there. Commands print the message alone, without a stack trace, and exit with code 2.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/**
 * A service that a command needs cannot be reached, although what the user gave may be right. Commands print the message and
 * exit with code 3: they could not assess.
 */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** A value as messages show it: as JSON, or in words where JSON has nothing for it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  try {
    return JSON.stringify(value) ?? `a ${typeof value}`;
  } catch {
    // JSON has no whole numbers without a limit, and no circles.
    return typeof value === 'bigint' ? `${value}n` : 'what JSON cannot hold';
  }
}

/**
 * The one form of error for bad input.
 *
 * @param what the prop, setting or word as the user wrote it
 * @param rule what is allowed, to be read after "must be"
 * @param got the value given; never pass a secret
 * @param fix what to change, one sentence
 */
export function refuse(what: string, rule: string, got: unknown, fix: string): InputError {
  return new InputError(`\`${what}\` must be ${rule}, got: ${shown(got)}. ${fix}`);
}
