import path from 'node:path';
import { z } from 'zod';
import { InputError } from '../inputError';
import { readJsonFile } from './jsonFile';
import { rules } from './rules';

const suppression = z.strictObject({
  rule: z.string(),
  /** Name of the variant, or path of the Terraform as given. It holds for the variant with overrides, too. */
  variant: z.string(),
  /** Terraform address; `*` stands for any text. */
  resource: z.string().min(1),
  /** Why this is accepted. */
  reason: z.string().min(10),
  /** Last day on which it holds, as in 2027-03-31. */
  expires: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
});

export type Suppression = z.infer<typeof suppression>;

export const defaultSuppressions = path.join(__dirname, 'suppressions.json');

/** @throws InputError naming what is not as a suppression has to be */
export function readSuppressions(file: string = defaultSuppressions): Suppression[] {
  const suppressions = readJsonFile(file, z.array(suppression), {
    unreadable: 'cannot be read as suppressions',
    instead: 'It holds a list of { rule, variant, resource, reason, expires? }.',
    other: (where, why) => `: [${where}] ${why}. A suppression is { rule, variant, resource, reason, expires? }.`,
  });
  for (const { rule } of suppressions)
    if (!rules.some(({ id }) => id === rule))
      throw new InputError(`${file}: there is no rule ${rule}. npm run review help lists them.`);
  return suppressions;
}

export const isExpired = ({ expires }: Suppression, today: string) => expires !== undefined && expires < today;

/** Whether a suppression speaks of this variant; `a,appService=on` is `a` with one choice changed. */
export const speaksOf = ({ variant }: Suppression, name: string) => name === variant || name.startsWith(`${variant},`);

export function covers(one: Suppression, name: string, rule: string, resource: string): boolean {
  if (one.rule !== rule || !speaksOf(one, name)) return false;
  const pattern = one.resource.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`).test(resource);
}
