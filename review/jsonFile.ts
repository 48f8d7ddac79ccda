import fs from 'node:fs';
import type { z } from 'zod';
import { whyNotJson } from '../architecture/terraform/json';
import { InputError } from '../inputError';

interface Words {
  /** What is said of a file that cannot be read, before the reason and after it. */
  readonly unreadable: string;
  readonly instead: string;
  /** What is said of one that is something else, given where and why. */
  readonly other: (where: string, why: string) => string;
}

/**
 * Reads a file that another command, or a person, wrote as JSON.
 *
 * @throws InputError when it cannot be read, or is something else
 */
export function readJsonFile<T>(file: string, schema: z.ZodType<T>, { unreadable, instead, other }: Words): T {
  let json: unknown;
  try {
    json = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? whyNotJson(error as Error);
    throw new InputError(`${file} ${unreadable}: ${why}. ${instead}`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(`${file}${other(issue?.path.join('.') ?? '', issue?.message ?? 'has another shape')}`);
}
