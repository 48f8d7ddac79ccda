import type { z } from 'zod';
import { InputError, shown } from '../../inputError';
import { addressRange, overlaps } from '../addressSpace';
import { appProblems, stagingProblems } from './appSchema';
import { existingProblems } from './existingProblems';
import { keysAt } from './keys';
import { partsOf } from './resourceId';
import { type Settings, settingsSchema } from './schema';
import { similar } from './similar';
import { wafProblems } from './wafSchema';

export type { RegionSettings, Settings } from './schema';

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
    return `\`${issue.keys.join('`, `')}\` is not known in \`${path}\`. Remove it from settings.ts, or check its spelling.${meant(issue)}`;
  if (issue.input === undefined && issue.code === 'invalid_value' && !issue.message.startsWith('Invalid'))
    return `\`${path}\` is missing in settings.ts: it must be ${issue.message}. Add it.`;
  if (issue.input === undefined)
    return `\`${path}\` is missing in settings.ts. Add it; stacks/settings/schema.ts says what it may be.`;
  const said = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  const expected = issue.code === 'invalid_type' && (inWords[issue.expected] ?? issue.expected);
  const rule = expected ? `${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected}` : said;
  return `\`${path}\` must be ${rule}, got: ${shown(issue.input)}. Change it in settings.ts.`;
}

/** Types of zod's that are none of JavaScript's. */
const inWords: Readonly<Record<string, string>> = { int: 'whole number', record: 'object' };

/** What an unknown member may stand for, or the few that there are. */
function meant({ keys, path }: z.core.$ZodIssueUnrecognizedKeys): string {
  const known = keysAt(settingsSchema, path);
  const similarTo = keys.flatMap((key) => similar(key, known) ?? []);
  if (similarTo.length > 0) return ` Did you mean ${similarTo.join(', ')}?`;
  return known.length > 0 && known.length <= 12 ? ` It may have ${known.join(', ')}.` : '';
}

function accessProblems({ access, deployerAddresses }: Settings): string[] {
  return access === 'private' && deployerAddresses.length > 0
    ? [
        `\`deployerAddresses\` must be empty with access 'private', got: ${JSON.stringify(deployerAddresses)}. No public address reaches anything then: remove them from settings.ts, or choose access: 'addresses'.`,
      ]
    : [];
}

/** @see https://learn.microsoft.com/azure/app-service/deploy-run-package (2024-09-30) */
const pythonProblems = ({ app, package: mode }: Settings): string[] =>
  app?.stack === 'python' && mode === 'blob'
    ? [
        "`package` must be 'onedeploy' or 'cli' with stack python, got: \"blob\". App Service does not run Python from a package: change it in settings.ts.",
      ]
    : [];

/** What is wrong with a certificate in a vault of yours, whose members are each right. */
function certificateProblems(certificate: Settings['certificate']): string[] {
  if (typeof certificate === 'string') return [];
  const { keyVaultSecretId, keyVaultId, identityId } = certificate;
  if (keyVaultId !== undefined && identityId !== undefined)
    return [
      '`certificate` must have keyVaultId or identityId, got: "both". With identityId nobody is granted anything: remove one of them from settings.ts.',
    ];
  const vault = /^https:\/\/([^.]+)/.exec(keyVaultSecretId)?.[1] ?? '';
  return keyVaultId === undefined || partsOf(keyVaultId).name.toLowerCase() === vault
    ? []
    : [
        `\`certificate.keyVaultId\` must be the vault of keyVaultSecretId, ${vault}, got: ${JSON.stringify(keyVaultId)}. Change one of them in settings.ts.`,
      ];
}

function crossChecks(settings: Settings): string[] {
  const { regions, domain, app, existing, waf, stagingSlot } = settings;
  const problems: string[] = [
    ...accessProblems(settings),
    ...(waf ? wafProblems(waf) : []),
    ...(app ? appProblems(app) : []),
    ...pythonProblems(settings),
    ...(typeof stagingSlot === 'object' ? stagingProblems(stagingSlot, app, settings.package) : []),
    ...certificateProblems(settings.certificate),
  ];
  if (existing) problems.push(...existingProblems(existing, settings));
  for (const [index, { location, addressSpace }] of regions.entries()) {
    const rule = existing?.networks?.[location] ? undefined : addressRange(addressSpace);
    if (typeof rule === 'string')
      problems.push(
        `\`regions[${index}].addressSpace\` must be ${rule}, got: ${JSON.stringify(addressSpace)}. Change it in settings.ts.`,
      );
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
  if (domain !== 'none' && domain.dnsZoneId !== undefined) {
    const zone = domain.dnsZoneId.split('/').at(-1) ?? '';
    if (!domain.host.endsWith(`.${zone.toLowerCase()}`))
      problems.push(
        `\`domain.host\` must lie below the zone of \`domain.dnsZoneId\` (${zone}), got: "${domain.host}". An apex cannot carry the records; change one of them in settings.ts.`,
      );
  }
  return problems;
}
