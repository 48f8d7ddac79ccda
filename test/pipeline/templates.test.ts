import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from '../support/commands/command';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate templates-'));
const bin = path.join(folder, 'bin');
const calls = path.join(folder, 'calls');
const template = (name: string) => fs.readFileSync(path.join(root, 'templates', name), 'utf8');

/** In place of npm, which would install the package, and of the package: it records each call, writes what it is asked to, and ends as a test asks. */
beforeAll(() => {
  fs.mkdirSync(bin);
  const script = (name: string, text: string) =>
    fs.writeFileSync(path.join(bin, name), `#!/usr/bin/env bash\n${text}`, { mode: 0o755 });
  script(
    'npm',
    `while [ "$1" != --prefix ]; do shift; done
mkdir -p "$2/node_modules/.bin" && cp '${bin}/steadystate' "$2/node_modules/.bin/" && [ "$3" = the.tgz ]`,
  );
  script(
    'steadystate',
    `(IFS='|'; echo "$*" >> '${calls}')
for word; do [ "\${last:-}" != --output ] || [ "$REVIEW_ENDS" = 2 ] || echo x > "$word"; last=$word; done
[[ "$*" = *--json* ]] && exit "$REVIEW_ENDS"
[ "$1" = comment ] && exit "$COMMENT_ENDS"
exit 0`,
  );
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const azure = () => {
  const { steps } = parse(template('azure-pipelines.yml')) as { steps: { bash?: string }[] };
  return steps[0]?.bash ?? '';
};
const gitLab = () => {
  const jobs = parse(template('gitlab-ci.yml')) as Record<string, { script: string[] }>;
  return jobs['.steadystate-review']?.script.join('\n') ?? '';
};

function runScript(script: string, env: Readonly<Record<string, string>>) {
  fs.writeFileSync(calls, '');
  const work = fs.mkdtempSync(path.join(folder, 'work-'));
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    cwd: work,
    encoding: 'utf8',
    env: {
      ...{
        PATH: `${bin}${path.delimiter}${process.env.PATH}`,
        AGENT_TEMPDIRECTORY: work,
        STEADYSTATE_PACKAGE: 'the.tgz',
      },
      ...{ STEADYSTATE_PATHS: 'a plan.json\ninfra', STEADYSTATE_OPTIONS: '', STEADYSTATE_AGAINST: '' },
      ...{ STEADYSTATE_GATE: 'true', REVIEW_ENDS: '0', COMMENT_ENDS: '0', ...env },
    },
  });
  const made = fs.readFileSync(calls, 'utf8').trim().split('\n');
  return { status, said: stdout + stderr, made: made.map((call) => call.replaceAll(`${work}/`, '')) };
}

describe.each([
  ['Azure DevOps', azure, 'SYSTEM_PULLREQUEST_PULLREQUESTID', 'steadystate-review/comment.md'],
  ['GitLab', gitLab, 'CI_MERGE_REQUEST_IID', 'steadystate.md'],
])('the template for %s', (_, script, request, comment) => {
  test('reviews every path in every format, then comments', () => {
    const { status, made } = runScript(script(), { [request]: '7', STEADYSTATE_AGAINST: 'main.json' });
    expect(status).toBe(0);
    expect(
      made.map((call) =>
        call
          .split('|')
          .filter((word) => !/\.(xml|sarif)$/.test(word))
          .join('|'),
      ),
    ).toEqual([
      expect.stringMatching(/^review\|a plan\.json\|infra\|--against\|main\.json\|--gate\|--json\|--output\|/),
      `review|a plan.json|infra|--against|main.json|--markdown|--diagrams|--output|${comment}`,
      'review|a plan.json|infra|--sarif|--output',
      'review|a plan.json|infra|--junit|--output',
      `comment|${comment}`,
    ]);
  });

  test('fails with the code of the gate, after the comment; without a pull request there is none', () => {
    const gated = runScript(script(), { [request]: '7', REVIEW_ENDS: '1' });
    expect([gated.status, gated.made.length]).toEqual([1, 5]);
    const open = runScript(script(), { STEADYSTATE_GATE: 'false', STEADYSTATE_OPTIONS: '--pillar\nsecurity' });
    expect([open.status, open.made.length]).toEqual([0, 4]);
    expect(open.made[0]).toMatch(/^review\|a plan\.json\|infra\|--pillar\|security\|--json/);
  });

  test('ends at once where nothing can be reviewed, and goes on where the comment cannot be written', () => {
    const bad = runScript(script(), { [request]: '7', REVIEW_ENDS: '2' });
    expect([bad.status, bad.made.length]).toEqual([2, 1]);
    const away = runScript(script(), { [request]: '7', COMMENT_ENDS: '3' });
    expect(away.status).toBe(0);
    expect(away.said).toContain('The comment could not be written'.slice(4));
  });

  test('says so when the package cannot be installed', () =>
    expect(runScript(script(), { STEADYSTATE_PACKAGE: 'other.tgz' }).status).toBe(2));
});

test('every parameter of the template for Azure DevOps is used', () => {
  const { parameters } = parse(template('azure-pipelines.yml')) as { parameters: { name: string }[] };
  for (const { name } of parameters) expect(template('azure-pipelines.yml')).toContain(`\${{ parameters.${name} }}`);
});

test('the hook names the command of the package, for a folder and not for single files', () => {
  const [hook] = parse(fs.readFileSync(path.join(root, '.pre-commit-hooks.yaml'), 'utf8')) as [Record<string, unknown>];
  const { bin: commands } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  expect(Object.keys(commands)).toContain(String(hook.entry).split(' ')[0]);
  expect(hook).toMatchObject({ language: 'node', pass_filenames: false, args: ['--gate', '.'] });
  for (const [file, asks] of [
    ['infra/main.tf', true],
    ['cdk.tf.json', true],
    ['main.tfvars', false],
  ] as const)
    expect(new RegExp(String(hook.files)).test(file)).toBe(asks);
});
