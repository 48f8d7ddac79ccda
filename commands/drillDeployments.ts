/** What a drill starts from: variants as their words say, and Terraform that was written elsewhere. */

import type { Deployment } from '../architecture/deployment';
import { type Assumptions, assumable, assume, refusal } from '../drill/plan/assume';
import { InputError, refuse } from '../inputError';
import { variants } from '../main';
import { architectures } from './architectures';
import { isPath } from './terraformPath';

export interface DrilledDeployments {
  readonly deployments: readonly Deployment[];
  /** What was stated beside the Terraform, by name of the deployment: `name=value`. */
  readonly assumed: ReadonlyMap<string, readonly string[]>;
}

/** A path, and what stands behind it as for a variant: `plan.json,sessions=redis`. */
const overridden = /^(.+?)((?:,[A-Za-z]+=[^,]*)+)$/;

function pathOf(word: string): { readonly path: string; readonly overrides: Assumptions } | null {
  const names = Object.keys(variants);
  const [, before = word, behind = ''] = overridden.exec(word) ?? [];
  if (isPath(before, names)) return { path: before, overrides: assumptionsOf(behind.split(',').slice(1), word) };
  return isPath(word, names) ? { path: word, overrides: new Map() } : null;
}

/** Whether a word leads to Terraform rather than to a variant. */
export const isDrilledPath = (word: string): boolean => pathOf(word) !== null;

/** @throws InputError for a name or value that cannot be stated */
export function assumptionsOf(stated: readonly string[], where: string): Assumptions {
  return new Map(
    stated.map((each) => {
      const equals = each.indexOf('=');
      const [name, value] = equals < 0 ? [each, ''] : [each.slice(0, equals), each.slice(equals + 1)];
      const allowed = refusal(name, value);
      if (allowed === null) return [name, value] as const;
      const what = Object.hasOwn(assumable, name) ? name : where;
      throw refuse(
        what,
        allowed,
        Object.hasOwn(assumable, name) ? value : name,
        `Write name=value, as sessions=redis.`,
      );
    }),
  );
}

export interface Stated {
  /** Facts for where Terraform leaves one open. */
  readonly assumptions: Assumptions;
  /** For folders of Terraform, as for its `--var-file`. */
  readonly variableFiles: readonly string[];
  /** Of variants. */
  readonly environment: string | undefined;
}

/**
 * @param words as typed; none: every variant as declared
 * @throws InputError for what cannot be read, and for an assumption that nothing needs
 */
export async function drilledDeployments(
  words: readonly string[],
  { assumptions, variableFiles, environment }: Stated,
): Promise<DrilledDeployments> {
  const assumed = new Map<string, readonly string[]>();
  const needed = new Set<string>();
  const deployments: Deployment[] = [];
  for (const run of runsOf(words)) {
    const path = run[0] === undefined ? null : pathOf(run[0]);
    for (const read of await architectures(path ? [path.path] : run, path ? variableFiles : [], environment)) {
      try {
        const forced = assume(
          { ...read, name: path ? (run[0] as string) : read.name },
          path?.overrides ?? new Map(),
          false,
        );
        const { deployment, used } = assume(forced.deployment, assumptions, true);
        for (const each of used) needed.add(each.slice(0, each.indexOf('=')));
        if (forced.used.length + used.length > 0) assumed.set(deployment.name, [...forced.used, ...used]);
        deployments.push(deployment);
      } catch (error) {
        if (error instanceof RangeError) throw new InputError(`${run[0]}: ${error.message}`);
        throw error;
      }
    }
  }
  const idle = [...assumptions.keys()].filter((name) => !needed.has(name));
  if (idle.length > 0)
    throw new InputError(
      `--assume ${idle.join(', ')}: the Terraform says it already. To drill it otherwise, write it behind the path, as PATH,${idle[0]}=${assumptions.get(idle[0] ?? '')}.`,
    );
  return { deployments, assumed };
}

/** Variants that follow each other are one synth; a path stands alone. None: one synth of all. */
function runsOf(words: readonly string[]): readonly (readonly string[])[] {
  if (words.length === 0) return [[]];
  const runs: string[][] = [];
  for (const word of words) {
    const last = runs.at(-1);
    if (last?.[0] !== undefined && !isDrilledPath(last[0]) && !isDrilledPath(word)) last.push(word);
    else runs.push([word]);
  }
  return runs;
}
