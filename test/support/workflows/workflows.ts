import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from '../commands/command';

/** A step of a job or of a composite action, as far as the tests read it. */
export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** A job, as far as the tests read it. */
export interface Job {
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly environment?: string;
  readonly steps?: readonly Step[];
  readonly 'timeout-minutes'?: number;
}

/** A workflow, as far as the tests read it. */
export interface Workflow {
  readonly on: unknown;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

const github = path.join(root, '.github');
const filesIn = (folder: string) =>
  fs.readdirSync(path.join(github, folder)).map((name) => ({ name, file: path.join(github, folder, name) }));

/** Every workflow: its file's name, its text and what it says. */
export const workflows = filesIn('workflows').map(({ name, file }) => {
  const text = fs.readFileSync(file, 'utf8');
  return { name, text, workflow: parse(text) as Workflow };
});

/** Every composite action of this repository. */
export const actions = filesIn('actions').map(({ name, file }) => {
  const text = fs.readFileSync(path.join(file, 'action.yml'), 'utf8');
  const { runs } = parse(text) as { runs: { steps: readonly Step[] } };
  return { name, text, steps: runs.steps };
});

/** Every step of workflows and actions, with where it stands. */
export const steps: readonly { readonly where: string; readonly step: Step; readonly shell: string | undefined }[] = [
  ...workflows.flatMap(({ name, workflow }) =>
    Object.entries(workflow.jobs).flatMap(([job, { steps: own = [] }]) =>
      own.map((step) => ({
        where: `${name} ${job}`,
        step,
        shell: step.shell ?? workflow.defaults?.run?.shell,
      })),
    ),
  ),
  ...actions.flatMap(({ name, steps: own }) => own.map((step) => ({ where: name, step, shell: step.shell }))),
];

/** The script of the only step that has such words in it. @throws Error for none, or more than one */
export function script(where: string, words: string): string {
  const found = steps.filter(({ where: at, step }) => at === where && step.run?.includes(words));
  if (found.length !== 1) throw new Error(`${found.length} steps of ${where} have "${words}" in their script.`);
  return found[0]?.step.run as string;
}
