import { isIP } from 'node:net';
import { z } from 'zod';
import { literal } from './literal';
import { comparisons, rateLimitRule } from './wafWords';

const text = (most: number) =>
  z
    .string()
    .min(1, { error: 'a text' })
    .max(most, { error: `at most ${most} characters` })
    .transform(literal);

const exclusion = z.strictObject({
  /** What is not inspected: header, cookie, or argument of query or body. */
  part: z.enum(['header', 'cookie', 'argument'], { error: "'header', 'cookie' or 'argument'" }),
  /** How its name is compared. Left out: `Equals`. */
  operator: z
    .enum(['Equals', 'StartsWith', 'EndsWith', 'Contains'], {
      error: "'Equals', 'StartsWith', 'EndsWith' or 'Contains'",
    })
    .optional(),
  /** The name, or the part of it. */
  selector: text(256),
});

type Matched = keyof typeof comparisons;

const matched = Object.keys(comparisons) as [Matched, ...Matched[]];

const condition = z.strictObject({
  match: z.enum(matched, { error: `one of ${matched.join(', ')}` }),
  /** Name of the header or cookie, and of nothing else. */
  name: text(128).optional(),
  /** Left out: the first that the match takes. */
  operator: z
    .enum(['IPMatch', 'GeoMatch', 'Equal', 'Contains', 'BeginsWith', 'EndsWith', 'RegEx'], {
      error: 'Equal, Contains, BeginsWith, EndsWith or RegEx',
    })
    .optional(),
  /** Any of them. Addresses or ranges, at most 600 in a rule; two-letter countries; or texts, at most 10. */
  values: z.array(text(256)).min(1, { error: 'at least one value' }).max(600, { error: 'at most 600 values' }),
  /** Whether the condition is met where none of the values is. */
  not: z.boolean().optional(),
});

const customRule = z.strictObject({
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,99}$/, { error: 'letters and digits, a letter first' }),
  /** Its own, 1 to 99. The least is asked first. */
  priority: z.int().min(1, { error: 'a whole number from 1 to 99' }).max(99, { error: 'a whole number from 1 to 99' }),
  action: z.enum(['Allow', 'Block', 'Log'], { error: "'Allow', 'Block' or 'Log'" }),
  /** All of them. */
  when: z.array(condition).min(1, { error: 'at least one condition' }).max(10, { error: 'at most 10 conditions' }),
});

/** The web application firewall at the gateway or at Front Door, in words that both take. */
export const wafSchema = z.strictObject({
  /** `'Prevention'` or left out: it blocks. `'Detection'`: it logs only, which is how to begin, and which the review finds. */
  mode: z.enum(['Prevention', 'Detection'], { error: "'Prevention' or 'Detection'" }).optional(),
  /** What the managed rules do not inspect, because they block your own clients there. */
  exclusions: z.array(exclusion).max(100, { error: 'at most 100 exclusions' }).optional(),
  /** Your own rules, asked before the managed ones. */
  customRules: z.array(customRule).max(90, { error: 'at most 90 rules' }).optional(),
  /** Most requests a minute from one address; more are blocked. Left out: no limit. */
  rateLimit: z
    .strictObject({
      requestsPerMinute: z
        .int()
        .min(10, { error: 'a whole number from 10 to 1000000' })
        .max(1_000_000, { error: 'a whole number from 10 to 1000000' }),
    })
    .optional(),
});

export type Waf = z.infer<typeof wafSchema>;
export type WafRule = z.infer<typeof customRule>;
export type WafCondition = z.infer<typeof condition>;

/**
 * What both kinds of firewall take in a rule: texts of a condition, and addresses of all its conditions.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits (2026-07)
 */
const most = { texts: 10, addresses: 600 } as const;

/** What is wrong with a firewall whose members are each right. */
export function wafProblems({ customRules = [] }: Waf): string[] {
  const problem = (path: string, rule: string, got: unknown) =>
    `\`waf.customRules${path}\` must be ${rule}, got: ${JSON.stringify(got) ?? 'nothing'}. Change it in settings.ts.`;
  return customRules.flatMap(({ name, priority, when }, index) => {
    const before = customRules.slice(0, index);
    const addresses = when.flatMap(({ match, values }) => (match === 'address' ? values : [])).length;
    return [
      ...(addresses > most.addresses
        ? [problem(`[${index}].when`, `conditions with at most ${most.addresses} addresses together`, addresses)]
        : []),
      ...(before.some((other) => other.name.toLowerCase() === name.toLowerCase())
        ? [problem(`[${index}].name`, 'a name of its own', name)]
        : []),
      ...(name.toLowerCase() === rateLimitRule.name.toLowerCase()
        ? [problem(`[${index}].name`, "another name than the rate limit's", name)]
        : []),
      ...(before.some((other) => other.priority === priority)
        ? [problem(`[${index}].priority`, 'a priority of its own', priority)]
        : []),
      ...when.flatMap((one, at) =>
        conditionProblems(one).map(([path, rule, got]) => problem(`[${index}].when[${at}].${path}`, rule, got)),
      ),
    ];
  });
}

function conditionProblems({
  match,
  name,
  operator,
  values,
}: WafCondition): [path: string, rule: string, got: unknown][] {
  const named = match === 'header' || match === 'cookie';
  const allowed: readonly string[] = comparisons[match];
  const wrong = values.find((value) => !takes(match, value));
  return [
    ...(named === (name !== undefined)
      ? []
      : [
          ['name', named ? `the name of the ${match}` : 'left out: it is for header and cookie', name] as [
            string,
            string,
            unknown,
          ],
        ]),
    ...(operator === undefined || allowed.includes(operator)
      ? []
      : [['operator', `${allowed.join(', ')} with match ${match}`, operator] as [string, string, unknown]]),
    ...(wrong === undefined ? [] : [['values', valueRules[match] ?? 'a text', wrong] as [string, string, unknown]]),
    ...(match === 'address' || match === 'country' || values.length <= most.texts
      ? []
      : [['values', `at most ${most.texts} with match ${match}`, values.length] as [string, string, unknown]]),
  ];
}

const valueRules: Partial<Record<Matched, string>> = {
  address: 'addresses or ranges, for instance 203.0.113.0/24 or 2001:db8::/32',
  country: 'two-letter countries, for instance SE',
  method: 'methods in capitals, for instance POST',
};

function takes(match: Matched, value: string): boolean {
  if (match === 'address') {
    const [address = '', prefix, ...more] = value.split('/');
    const version = isIP(address);
    const longest = version === 4 ? 32 : 128;
    return (
      version > 0 && more.length === 0 && (prefix === undefined || (/^\d+$/.test(prefix) && Number(prefix) <= longest))
    );
  }
  if (match === 'country') return /^[A-Z]{2}$/.test(value);
  return match !== 'method' || /^[A-Z]+$/.test(value);
}
