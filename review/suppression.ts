import path from 'node:path';
import { z } from 'zod';
import { InputError } from '../inputError';
import { defaultSuppressions } from './defaultSuppressions';
import { readJsonFile } from './jsonFile';
import { rules, whyNoRule } from './rules';
import type { Rule } from './rules/rule';

/** Why a finding is accepted, and until when. */
export const reasonShape = {
  /** Why this is accepted. */
  reason: z.string().min(10),
  /** Last day on which it holds, as in 2027-03-31. */
  expires: z.iso.date().optional(),
};

const suppression = z.strictObject({
  rule: z.string(),
  /**
   * Name of the variant, or path of the Terraform. It holds for the variant with overrides, too, and in every environment, and for the
   * file in whichever folder it lies: `zone-redundant@dev` and `prod/plan.json` where only that one is meant.
   */
  variant: z.string().min(1),
  /** Terraform address; `*` stands for any text. */
  resource: z.string().min(1),
  ...reasonShape,
  /** Whether it also accepts that the rule cannot tell. */
  unknown: z.boolean().optional(),
});

export interface Suppression extends z.infer<typeof suppression> {
  /** Whether it also holds for each instance of the resource and for what is in it. */
  readonly within?: true;
}

const shape = '{ rule, variant, resource, reason, expires?, unknown? }';

/**
 * @param known rules that a suppression may name
 * @throws InputError that says which value is wrong, and what is allowed
 */
export function readSuppressions(file: string = defaultSuppressions, known: readonly Rule[] = rules): Suppression[] {
  const suppressions = readJsonFile(file, z.array(suppression), {
    unreadable: 'cannot be read as suppressions',
    instead: `It holds a list of ${shape}.`,
    other: (where, why) => `: ${where === '' ? 'it' : `[${where}]`} ${why}. A suppression is ${shape}.`,
  });
  for (const { rule } of suppressions) {
    const missing = whyNoRule(rule, known);
    if (missing) throw new InputError(`${file}: ${missing}`);
  }
  return suppressions;
}

export const isExpired = ({ expires }: Suppression, today: string) => expires !== undefined && expires < today;

/** Whether a suppression names this variant itself, wherever its file lies. */
export function names({ variant }: Suppression, name: string): boolean {
  if (name === variant) return true;
  if (!variant.endsWith('.json')) return false;
  const [own, given] = [variant, name].map(segments) as [string[], string[]];
  const whole = segments(path.resolve(name));
  const endsWith = (all: readonly string[]) =>
    own.every((part, index) => part === all[all.length - own.length + index]);
  return endsWith(given) || endsWith(whole);
}

const segments = (file: string) => file.split(/[\\/]+/).filter((part) => part !== '' && part !== '.');

/** Whether a suppression speaks of this variant; `a,appService=on` is `a` with one choice changed, and `a@dev` is it in an environment. */
const speaksOf = (one: Suppression, name: string) =>
  names(one, name) || [',', '@'].some((sign) => name.startsWith(one.variant + sign));

export function covers(one: Suppression, name: string, rule: string, resource: string): boolean {
  if (one.rule !== rule || !speaksOf(one, name)) return false;
  return matches(one.resource, resource, one.within);
}

/** Whether an address is meant by one in which `*` stands for any text. @param within also what is in that resource */
export function matches(pattern: string, address: string, within = false): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}${within ? '($|[.[])' : '$'}`, 's').test(address);
}
