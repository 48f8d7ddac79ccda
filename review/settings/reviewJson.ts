import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { InputError } from '../../inputError';
import { type SessionPlace, sessionPlaces } from '../../sessions/stores';
import { readJsonFile } from '../jsonFile';
import { rules, whyNoRule } from '../rules';
import type { Rule } from '../rules/rule';
import type { Suppression } from '../suppression';
import { reasonShape } from '../suppression';
import { statedSeverities } from './severities';

/** Only production asks for what production alone needs. */
export const environments = ['production', 'staging', 'test', 'development'] as const;

const place = z.enum(sessionPlaces() as [SessionPlace, ...SessionPlace[]]);

const settings = z.strictObject({
  /** What the Terraform is for; by default production. */
  environment: z.enum(environments).optional(),
  /** Where apps keep sessions: one place for all, or one by Terraform address, in which `*` stands for any text. */
  sessions: z.union([place, z.record(z.string(), place)]).optional(),
  /** By rule. */
  severities: z.record(z.string(), z.enum(statedSeverities)).optional(),
  suppressions: z
    .array(
      z.strictObject({
        rule: z.string(),
        /** Terraform address; `*` stands for any text. */
        resource: z.string().min(1),
        ...reasonShape,
        /** Whether it also accepts that the rule cannot tell. */
        unknown: z.boolean().optional(),
      }),
    )
    .optional(),
});

/** What a reader says about the Terraform of one deployment. */
export interface ReviewSettings extends Omit<z.infer<typeof settings>, 'suppressions'> {
  /** Where it was read. */
  readonly file: string;
  readonly suppressions: readonly Omit<Suppression, 'variant'>[];
}

export const settingsFile = 'review.json';

const shape = '{ environment?, sessions?, severities?, suppressions? }';

/**
 * The settings beside a folder or file of Terraform; null: there are none.
 *
 * @param known rules that they may name
 * @throws InputError that says which value is wrong, and what is allowed
 */
export function settingsBeside(terraform: string, known: readonly Rule[] = rules): ReviewSettings | null {
  const folder = fs.statSync(terraform, { throwIfNoEntry: false })?.isDirectory() ? terraform : path.dirname(terraform);
  const file = path.join(folder, settingsFile);
  return fs.existsSync(file) && path.resolve(file) !== path.resolve(terraform) && !isResult(file)
    ? readSettings(file, known)
    : null;
}

/**
 * @param known rules that they may name
 * @throws InputError that says which value is wrong, and what is allowed
 */
export function readSettings(file: string, known: readonly Rule[] = rules): ReviewSettings {
  const read = readJsonFile(file, settings, {
    unreadable: 'cannot be read as settings of the review',
    instead: `It holds ${shape}. If it is where this command writes its result, choose another name.`,
    other: (where, why) => `: ${where === '' ? 'it' : where} ${why}. Settings of the review are ${shape}.`,
  });
  const named = [...Object.keys(read.severities ?? {}), ...(read.suppressions ?? []).map(({ rule }) => rule)];
  const missing = named.map((id) => whyNoRule(id, known)).find((why) => why !== null);
  if (missing) throw new InputError(`${file}: ${missing}`);
  return { ...read, suppressions: read.suppressions ?? [], file };
}

/** What this command printed earlier may have the same name, and is no settings. */
function isResult(file: string): boolean {
  try {
    const json: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
    return typeof json === 'object' && json !== null && Array.isArray(Reflect.get(json, 'variants'));
  } catch {
    return false;
  }
}
