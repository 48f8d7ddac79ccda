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

/**
 * In place of npm, which would install the package, and of the package: it records each call, writes the files that it is asked
 * for unless it ends with 2, and ends as a test asks. Of a comment it records the first line, too.
 */
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
if [ "$1" = comment ]; then
  head -n 1 "$2" >> '${calls}'
  exit "$COMMENT_ENDS"
fi
if [ "$REVIEW_ENDS" = 2 ]; then
  echo 'error: a plan.json is not there.' >&2
  exit 2
fi
for word; do
  case "\${last:-}" in --output) echo x > "$word" ;; --also) echo x > "\${word#*=}" ;; esac
  last=$word
done
exit "$REVIEW_ENDS"`,
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
      ...{ STEADYSTATE_GATE: 'true', STEADYSTATE_MAX_INCREASE: '', STEADYSTATE_KEY: 'review' },
      ...{ REVIEW_ENDS: '0', COMMENT_ENDS: '0', ...env },
    },
  });
  const made = fs.readFileSync(calls, 'utf8').trim().split('\n');
  // The folder for each use has a random name.
  const plain = (call: string) => call.replaceAll(`${work}/`, '').replace(/steadystate-review\.\w+\//g, '');
  return { status, said: stdout + stderr, made: made.map(plain), work };
}

describe.each([
  ['Azure DevOps', azure, 'SYSTEM_PULLREQUEST_PULLREQUESTID', 'comment.md', []],
  ['GitLab', gitLab, 'CI_MERGE_REQUEST_IID', 'steadystate.md', ['codequality']],
])('the template for %s', (_, script, request, comment, more) => {
  test('reviews every path once in every format, then comments', () => {
    const { status, made } = runScript(script(), {
      ...{ [request]: '7', STEADYSTATE_AGAINST: 'main.json', STEADYSTATE_MAX_INCREASE: '50', STEADYSTATE_KEY: 'dev' },
    });
    expect(status).toBe(0);
    const [review = '', ...rest] = made;
    expect(review).toMatch(/^review\|a plan\.json\|infra\|--json\|--output\|\w+\.json\|--diagrams\|--also\|markdown=/);
    expect(review).toMatch(/\|--against\|main\.json\|--gate\|--max-increase\|50$/);
    expect([...review.matchAll(/--also\|(\w+)=/g)].map(([, format]) => format)).toEqual([
      ...['markdown', 'sarif', 'junit'],
      ...more,
    ]);
    expect(rest).toEqual([`comment|${comment}|--key|dev|--no-config`, 'x']);
  });

  test('fails with the code of the gate, after the comment; without a pull request there is none', () => {
    const gated = runScript(script(), { [request]: '7', REVIEW_ENDS: '1' });
    expect([gated.status, gated.made.length]).toEqual([1, 3]);
    // A config file can make the command itself end with 1.
    const open = runScript(script(), {
      ...{ STEADYSTATE_GATE: 'false', STEADYSTATE_OPTIONS: '--pillar\nsecurity', REVIEW_ENDS: '1' },
    });
    expect([open.status, open.made.length]).toEqual([0, 1]);
    expect(open.made[0]).toMatch(/^review\|a plan\.json\|infra\|--pillar\|security\|--json/);
  });

  test('replaces the comment by the error where nothing can be reviewed, and goes on where it cannot be written', () => {
    const bad = runScript(script(), { [request]: '7', REVIEW_ENDS: '2' });
    expect([bad.status, bad.made.slice(1)]).toEqual([
      2,
      [`comment|${comment}|--key|review|--no-config`, '### Steadystate could not review this commit'],
    ]);
    expect(bad.said).toContain('error: a plan.json is not there.');
    const away = runScript(script(), { [request]: '7', COMMENT_ENDS: '3' });
    expect(away.status).toBe(0);
    expect(away.said).toContain('The comment could not be written'.slice(4));
  });

  test('says so when the package cannot be installed', () =>
    expect(runScript(script(), { STEADYSTATE_PACKAGE: 'other.tgz' }).status).toBe(2));
});

test('the template for Azure DevOps publishes what this use of it wrote, and nothing where there is nothing', () => {
  const { said } = runScript(azure(), {});
  expect(said).toMatch(/^##vso\[task\.setvariable variable=steadystateReview\]\/.+\/steadystate-review\.\w+$/m);
  // Empty, so that a second use of it forgets what the first one published.
  for (const env of [{ REVIEW_ENDS: '2' }, { STEADYSTATE_PACKAGE: 'other.tgz' }])
    expect(runScript(azure(), env).said.match(/##vso\[task\.setvariable.*/g)).toEqual([
      '##vso[task.setvariable variable=steadystateReview]',
    ]);
  const { steps } = parse(template('azure-pipelines.yml')) as { steps: { condition?: string }[] };
  expect(steps.slice(1).map(({ condition }) => condition)).toEqual(
    steps.slice(1).map(() => "and(succeededOrFailed(), ne(variables.steadystateReview, ''))"),
  );
});

test('every parameter of the template for Azure DevOps is used', () => {
  const { parameters } = parse(template('azure-pipelines.yml')) as { parameters: { name: string }[] };
  for (const { name } of parameters) expect(template('azure-pipelines.yml')).toContain(`\${{ parameters.${name} }}`);
});

test('npm builds the package in its clone of the repository, from which the hook is installed, and nowhere else', () => {
  const { isClonedByNpm } = jest.requireActual<{ isClonedByNpm(folder: string, cache?: string): boolean }>(
    '../../packaging/prepare.cjs',
  );
  const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  expect(scripts.prepare).toBe('node packaging/prepare.cjs');
  const cache = path.join(folder, '.npm');
  expect(isClonedByNpm(path.join(cache, '_cacache', 'tmp', 'git-cloneX'), cache)).toBe(true);
  for (const [place, known] of [
    [root, cache],
    [cache, cache],
    [`${cache}-other`, cache],
    [root, undefined],
  ] as const)
    expect(isClonedByNpm(place, known)).toBe(false);
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
