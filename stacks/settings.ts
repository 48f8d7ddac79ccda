import { z } from 'zod';
import { InputError } from '../inputError';
import { addressRange, overlaps } from './addressSpace';

/**
 * Plan sizes that can be zone redundant: Premium v3 and v4 (Premium v2 too, which has no successor in new stamps).
 *
 * @see https://learn.microsoft.com/azure/reliability/reliability-app-service
 */
const planSku = z.string().regex(/^(P[0-3]v[34]|P[1-5]mv[34])$/, {
  error: 'a Premium v3 or v4 size, for instance P0v3, P1v3, P1v4 or P1mv3 (only those can be zone redundant)',
});

/** Sizes of Azure Managed Redis. @see https://learn.microsoft.com/azure/redis/architecture */
const redisSku = z
  .string()
  .regex(
    /^(Balanced_B(0|1|3|5|10|20|50|100|150|250|350|500|700|1000)|MemoryOptimized_M(10|20|50|100|150|250|350|500|700|1000|1500|2000)|ComputeOptimized_X(3|5|10|20|50|100|150|250|350|500|700))$/,
    {
      error:
        'an Azure Managed Redis size, for instance Balanced_B0, Balanced_B3, MemoryOptimized_M10 or ComputeOptimized_X3',
    },
  );

const region = z.strictObject({
  /** Azure's name of the region, lower case without spaces, as in `az account list-locations`. */
  location: z.string().regex(/^[a-z]+[0-9]?$/, {
    error: 'an Azure region name in lower case without spaces, for instance swedencentral',
  }),
  /** Private IPv4 range of the region's virtual network, at least a /22. Regions must not overlap. */
  addressSpace: z.string().superRefine((text, context) => {
    const range = addressRange(text);
    if (typeof range === 'string') context.addIssue({ code: 'custom', message: range });
  }),
});

export const settingsSchema = z.strictObject({
  /** What the resources are for, as the first part of their names: 2 to 16 lower-case letters and digits. */
  workload: z
    .string()
    .regex(/^[a-z][a-z0-9]{1,15}$/, { error: '2 to 16 lower-case letters and digits, a letter first' }),
  /** Second part of the names, as in `prod` or `test`: 2 to 8 lower-case letters and digits. */
  environment: z
    .string()
    .regex(/^[a-z][a-z0-9]{1,7}$/, { error: '2 to 8 lower-case letters and digits, a letter first' }),
  /** In order of preference: a variant of one region takes the first. */
  regions: z.array(region).min(1, { error: 'a list of at least one region' }),
  /**
   * The host name that users type, the same all the way to the app; or `'none'` for a trial on Azure's own names, in
   * which a gateway or Front Door overrides the host and affinity cannot work.
   *
   * @see https://learn.microsoft.com/azure/architecture/best-practices/host-name-preservation
   */
  domain: z.union(
    [
      z.literal('none'),
      z.strictObject({
        host: z
          .string()
          .max(253)
          .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/, {
            error: 'a fully qualified host name in lower case, for instance shop.contoso.com',
          }),
      }),
    ],
    { error: "'none' or { host: 'a.fully.qualified.name' } in lower case" },
  ),
  /** Size of each App Service plan. */
  planSku,
  /** Size of each Azure Managed Redis; geo-replication needs Balanced_B3 or larger. */
  redisSku,
  /** Whether Terraform registers the resource providers that a variant uses. Turn off where a platform team does so. */
  registerResourceProviders: z.boolean(),
  /** On every resource that can carry tags. */
  tags: z.record(z.string().max(512), z.string().max(256)),
});

export type Settings = z.infer<typeof settingsSchema>;
export type RegionSettings = Settings['regions'][number];

/**
 * Checks what `settings.ts` says.
 *
 * @throws InputError that names every wrong setting, the value given and what is allowed
 */
export function parseSettings(given: unknown): Settings {
  const parsed = settingsSchema.safeParse(given, { reportInput: true });
  const problems = parsed.success ? crossChecks(parsed.data) : parsed.error.issues.map(describe);
  if (problems.length > 0 || !parsed.success) throw new InputError(problems.join('\n'));
  return parsed.data;
}

function describe(issue: z.core.$ZodIssue): string {
  const path =
    issue.path
      .map((part, index) => (typeof part === 'number' ? `[${part}]` : index > 0 ? `.${String(part)}` : String(part)))
      .join('') || 'settings';
  if (issue.code === 'unrecognized_keys')
    return `\`${issue.keys.join('`, `')}\` is not known in \`${path}\`. Remove it from settings.ts, or check its spelling.`;
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return `\`${path}\` is missing in settings.ts. Add it; stacks/settings.ts says what it may be.`;
  const rule =
    issue.code === 'invalid_type' ? `${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}` : issue.message;
  return `\`${path}\` must be ${rule}, got: ${JSON.stringify(issue.input)}. Change it in settings.ts.`;
}

function crossChecks({ regions }: Settings): string[] {
  const problems: string[] = [];
  for (const [index, { location, addressSpace }] of regions.entries()) {
    for (const [before, other] of regions.slice(0, index).entries()) {
      if (other.location === location)
        problems.push(
          `\`regions\` must name each region once, got: "${location}" twice ([${before}] and [${index}]). Remove one in settings.ts.`,
        );
      else if (overlaps(other.addressSpace, addressSpace))
        problems.push(
          `\`regions[${index}].addressSpace\` must not overlap the range of another region, got: "${addressSpace}" beside "${other.addressSpace}" of ${other.location}. Give each region its own range in settings.ts.`,
        );
    }
  }
  return problems;
}
