import fs from 'node:fs';
import type { z } from 'zod';
import { kindOf, whyNotJson } from '../architecture/terraform/json';
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
export function readJsonFile<T>(
  file: string,
  schema: Pick<z.ZodType<T>, 'safeParse'>,
  { unreadable, instead, other }: Words,
): T {
  let json: unknown;
  try {
    json = JSON.parse(fs.readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? whyNotJson(error as Error);
    throw new InputError(`${file} ${unreadable}: ${why}. ${instead}`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { where, why } = firstProblem(parsed.error, json);
  throw new InputError(`${file}${other(where, why)}`);
}

/** Where a value is wrong and what it must be, in words that need no knowledge of the library that found it. */
export function firstProblem({ issues }: z.ZodError, json: unknown): { where: string; why: string } {
  const [issue] = issues;
  const where = issue?.path.map(String).join('.') ?? '';
  return { where, why: issue ? reasonOf(issue, valueAt(json, issue.path)) : 'has another shape' };
}

function reasonOf(issue: z.core.$ZodIssue, value: unknown): string {
  const got = value === undefined ? 'nothing' : kindOf(value).replace(/^a (?=object)/, 'an ');
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? issue.expected}, got: ${got}`;
    case 'too_small':
      if (issue.origin === 'string')
        return issue.minimum === 1
          ? 'must not be empty'
          : `must have at least ${issue.minimum} characters, got: ${JSON.stringify(value)}`;
      return `must be at least ${issue.minimum}, got: ${JSON.stringify(value)}`;
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}, got: ${JSON.stringify(value) ?? got}`;
    case 'unrecognized_keys':
      return `has ${issue.keys.length === 1 ? 'a key' : 'keys'} that it must not have: ${issue.keys.join(', ')}`;
    case 'invalid_format':
      // A text of ours says what it must be; the library's own speaks of its check.
      return issue.message.startsWith('must ')
        ? issue.message
        : `must be ${formats[issue.format] ?? 'written in another way'}, got: ${JSON.stringify(value)}`;
    default:
      return issue.message.startsWith('Invalid') ? `is ${got}, which is not what belongs here` : issue.message;
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

const formats: Readonly<Record<string, string>> = { date: 'a day, as 2026-01-31', url: 'an address' };

const valueAt = (json: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], json);
