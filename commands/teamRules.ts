import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Deployment } from '../architecture/deployment';
import { InputError } from '../inputError';
import { firstProblem } from '../review/jsonFile';
import { rules as ours, takenIds } from '../review/rules';
import { type Answer, pillars, type Rule } from '../review/rules/rule';
import { loadFile } from './config/load';

const rule = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be words of small letters and digits with hyphens, as team-tags'),
  title: z.string().min(1),
  severity: z.enum(['error', 'warning']),
  pillar: z.enum(pillars),
  productionOnly: z.literal(true).optional(),
  why: z.string().min(1),
  source: z.url(),
  check: z.custom<Rule['check']>((value) => typeof value === 'function', 'must be a function'),
});

const text = z.string().min(1);

const answers = z.array(
  z.discriminatedUnion(
    'kind',
    [
      z.strictObject({ kind: z.literal('compliant'), resource: text }),
      z.strictObject({ kind: z.literal('finding'), resource: text, message: text, fix: text }),
      z.strictObject({ kind: z.literal('not applicable'), reason: text }),
      z.strictObject({ kind: z.literal('cannot tell'), resource: text, reason: text }),
    ],
    {
      error: ({ code }) =>
        code === 'invalid_union' ? 'must be compliant, finding, not applicable or cannot tell' : undefined,
    },
  ),
);

const shape = 'A rule is { id, title, severity, pillar, productionOnly?, why, source, check }, see docs/own-rules.md.';

/**
 * The rules of this project, and behind them those of a team's folder. Each file of the folder exports one or several;
 * tests, type declarations, and names that begin with a dot or an underscore are left out.
 *
 * @param folder undefined: there is none
 * @throws InputError for a file that exports no rule, a rule of another shape, and an id that another rule has
 */
export async function rulesWith(folder: string | undefined): Promise<readonly Rule[]> {
  if (folder === undefined) return ours;
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError(`--rules ${folder} is no folder. Give the path of one that holds rules.`);
  const files = readdirSync(folder)
    .filter((name) => /^[^._].*\.([cm]?js|ts)$/.test(name) && !/\.(test|spec|d)\.[^.]+$/.test(name))
    .sort();
  if (files.length === 0)
    throw new InputError(`--rules ${folder} holds no rule: no .js, .cjs, .mjs or .ts file. See docs/own-rules.md.`);
  const owners = new Map(takenIds().map((id) => [id, 'Steadystate']));
  const theirs: Rule[] = [];
  for (const name of files) {
    const file = path.join(folder, name);
    for (const one of await rulesIn(file)) {
      const owner = owners.get(one.id);
      if (owner !== undefined)
        throw new InputError(
          `${file}: the id ${one.id} is taken by a rule of ${owner}. Give each rule an id of its own, as ${/^team-/.test(one.id) ? one.id : `team-${one.id}`}${owner === 'Steadystate' ? '' : '-2'}.`,
        );
      owners.set(one.id, file);
      theirs.push(one);
    }
  }
  return [...ours, ...theirs];
}

async function rulesIn(file: string): Promise<Rule[]> {
  const exported = [...new Set(valuesOf(await loadFile(path.resolve(file), file)))];
  const candidates = exported.filter(isLikeRule);
  if (candidates.length === 0) throw new InputError(`${file} exports no rule. ${shape}`);
  return candidates.map((value) => {
    const parsed = rule.safeParse(value);
    if (parsed.success) return guarded(parsed.data as Rule, file);
    const { where, why } = firstProblem(parsed.error, value);
    throw new InputError(`${file}: ${where === '' ? 'the rule' : where} ${why}. ${shape}`);
  });
}

/** What a module exports, by default or by name, one by one or in lists. */
function valuesOf(exported: unknown): unknown[] {
  if (Array.isArray(exported)) return exported;
  if (!isObject(exported) || isLikeRule(exported)) return [exported];
  return Object.entries(exported).flatMap(([name, value]) =>
    name === 'default' ? valuesOf(value) : Array.isArray(value) ? value : [value],
  );
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Also what lacks something: it was meant as one. */
const isLikeRule = (value: unknown): boolean => isObject(value) && ('check' in value || 'id' in value);

/** A rule whose failures name its file, and whose answers are what the reports can show. */
function guarded(own: Rule, file: string): Rule {
  const failed = (deployment: Deployment, why: string) =>
    new InputError(`${file}: the rule ${own.id} failed on ${deployment.name}: ${why}. Correct the rule.`);
  const check = (deployment: Deployment): readonly Answer[] => {
    let given: unknown;
    try {
      given = own.check(deployment);
    } catch (error) {
      throw failed(deployment, error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    }
    const parsed = answers.safeParse(given);
    if (!parsed.success) {
      const { where, why } = firstProblem(parsed.error, given);
      throw failed(deployment, where === '' ? `its answer ${why}` : `answer ${where} ${why}`);
    }
    if (parsed.data.length === 0)
      throw failed(
        deployment,
        'it gave no answer. A rule with nothing to check answers { kind: "not applicable", reason }',
      );
    return parsed.data;
  };
  return { ...own, check };
}
