import path from 'node:path';
import { z } from 'zod';
import { InputError } from '../inputError';
import { readJsonFile } from './jsonFile';
import { rules } from './rules';

const suppression = z.strictObject({
  rule: z.string(),
  /**
   * Name of the variant, or path of the Terraform. It holds for the variant with overrides, too, and for the file in
   * whichever folder it lies: `plan.json`, or `prod/plan.json` where only that one is meant.
   */
  variant: z.string().min(1),
  /** Terraform address; `*` stands for any text. */
  resource: z.string().min(1),
  /** Why this is accepted. */
  reason: z.string().min(10),
  /** Last day on which it holds, as in 2027-03-31. */
  expires: z.iso.date().optional(),
  /** Whether it also accepts that the rule cannot tell. */
  unknown: z.boolean().optional(),
});

export type Suppression = z.infer<typeof suppression>;

export const defaultSuppressions = path.join(__dirname, 'suppressions.json');

const shape = '{ rule, variant, resource, reason, expires?, unknown? }';

/** @throws InputError that says which value is wrong, and what is allowed */
export function readSuppressions(file: string = defaultSuppressions): Suppression[] {
  const suppressions = readJsonFile(file, z.array(suppression), {
    unreadable: 'cannot be read as suppressions',
    instead: `It holds a list of ${shape}.`,
    other: (where, why) => `: ${where === '' ? 'it' : `[${where}]`} ${why}. A suppression is ${shape}.`,
  });
  for (const { rule } of suppressions)
    if (!rules.some(({ id }) => id === rule))
      throw new InputError(`${file}: there is no rule ${rule}. npm run review help lists them.`);
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

/** Whether a suppression speaks of this variant; `a,appService=on` is `a` with one choice changed. */
const speaksOf = (one: Suppression, name: string) => names(one, name) || name.startsWith(`${one.variant},`);

export function covers(one: Suppression, name: string, rule: string, resource: string): boolean {
  if (one.rule !== rule || !speaksOf(one, name)) return false;
  const pattern = one.resource.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`, 's').test(resource);
}
