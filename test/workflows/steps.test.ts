import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { renderStates } from '../../ship/states';
import { root } from '../support/commands/command';
import { script } from '../support/workflows/workflows';

// The scripts of the workflows are run as they stand, with programs of the same names that write down how they were called.
const bash = spawnSync('bash', ['--version']).status === 0 && process.platform !== 'win32';
if (!bash) process.stderr.write('SKIPPED: without bash the scripts of the workflows are not run.\n');
const withBash = bash ? test : test.skip;

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-steps-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

let count = 0;
interface Ran {
  readonly code: number | null;
  readonly printed: string;
  readonly calls: string;
  readonly outputs: string;
  readonly file: (name: string) => string;
}

/** @param programs body of each program in bash; each also writes down its words */
function run(
  text: string,
  programs: Record<string, string>,
  env: Record<string, string>,
  files: Record<string, string> = {},
): Ran {
  count += 1;
  const folder = path.join(scratch, `${count}`);
  fs.mkdirSync(path.join(folder, 'bin'), { recursive: true });
  for (const [name, body] of Object.entries(programs))
    fs.writeFileSync(path.join(folder, 'bin', name), `#!/bin/bash\necho "${name} $*" >> "$CALLS"\n${body}\n`, {
      mode: 0o755,
    });
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  const outputs = path.join(folder, 'outputs');
  const calls = path.join(folder, 'calls');
  fs.writeFileSync(outputs, '');
  fs.writeFileSync(calls, '');
  // As GitHub starts `shell: bash`.
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', text], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...env, PATH: `${folder}/bin:${process.env.PATH}`, CALLS: calls, GITHUB_OUTPUT: outputs },
  });
  const read = (file: string) => fs.readFileSync(file, 'utf8');
  return {
    code: status,
    printed: stdout + stderr,
    calls: read(calls),
    outputs: read(outputs),
    file: (name) => read(path.join(folder, name)),
  };
}

const change = (address: string, actions: string[], after: unknown = {}) => ({
  address,
  change: { actions, before: null, after },
});
const planOf = (...resources: unknown[]) => JSON.stringify({ format_version: '1.2', resource_changes: resources });

describe('plan', () => {
  const text = bash ? script('plan', 'detailed-exitcode') : '';
  const withBackend = JSON.stringify({ terraform: { backend: { azurerm: {} } } });
  const env = {
    DEPLOYMENT: 'zone-redundant@dev',
    LOCK: 'false',
    DIGEST: path.join(root, '.github/actions/plan/changes.cjs'),
  };
  const planned = (code: number, plan: string, backend = withBackend) =>
    run(
      text,
      {
        npm: '',
        terraform: `case "$2" in plan) exit ${code} ;; show) cat "$OLDPWD/plan" 2>/dev/null || cat plan ;; esac`,
      },
      env,
      { 'cdktf.out/stacks/zone-redundant@dev/cdk.tf.json': backend, plan },
    );

  withBash('says whether something changes, what, and a digest that follows every value', () => {
    const one = planned(2, planOf(change('azurerm_a.b', ['update'], { x: 1, y: 2 }), change('azurerm_c.d', ['no-op'])));
    expect([one.code, one.printed]).toEqual([0, '']);
    expect(one.file('cdktf.out/stacks/zone-redundant@dev/changes.txt')).toBe('update azurerm_a.b\n');
    expect(one.calls).toContain('npm run --silent synth -- zone-redundant@dev\n');
    const said = Object.fromEntries(
      one.outputs
        .trim()
        .split('\n')
        .map((line) => line.split('=')),
    );
    expect(said).toEqual({
      changed: 'true',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      folder: 'cdktf.out/stacks/zone-redundant@dev',
    });
    const reordered = planned(2, planOf(change('azurerm_a.b', ['update'], { y: 2, x: 1 })));
    expect(reordered.outputs).toBe(one.outputs);
    const another = planned(2, planOf(change('azurerm_a.b', ['update'], { x: 1, y: 3 })));
    expect(another.outputs).not.toBe(one.outputs);
  });

  withBash('says that nothing changes, and fails with the plan', () => {
    expect(planned(0, planOf()).outputs).toContain('changed=false\n');
    const failed = planned(1, planOf());
    expect([failed.code, failed.outputs]).toEqual([1, '']);
  });

  withBash('refuses a state that would be lost with the runner, and an environment that names no deployment', () => {
    const lost = planned(2, planOf(), JSON.stringify({ terraform: { backend: { local: {} } } }));
    expect([lost.code, lost.printed]).toEqual([1, expect.stringContaining('Set `state` in settings.ts')]);
    expect(lost.calls).not.toContain('terraform');
    const unnamed = run(text, { npm: '' }, { ...env, DEPLOYMENT: '' });
    expect([unnamed.code, unnamed.calls]).toEqual([1, '']);
    expect(unnamed.printed).toContain('The environment has no variable DEPLOYMENT');
  });
});

describe('comment', () => {
  const text = bash ? script('plan.yml comment', 'steadystate plan') : '';
  const env = { GH_TOKEN: 't', REPOSITORY: 'o/r', NUMBER: '7', RUN: 'https://github.example/run/1' };
  const comment = (found: string, markdown: string) =>
    run(text, { gh: `case "$*" in *--paginate*) printf '%s' '${found}' ;; esac` }, env, { 'comment/dev.md': markdown });

  withBash('is made once, and then changed', () => {
    const first = comment('', '## Plan for dev\n');
    expect([first.code, first.calls.split('\n')[1]]).toEqual([
      0,
      'gh api --silent --method POST repos/o/r/issues/7/comments --field body=@body.md',
    ]);
    expect(first.file('body.md')).toMatch(/^<!-- steadystate plan -->\n## Plan for dev\n/);
    const second = comment('11\n12\n', '## Plan for dev\n');
    expect(second.calls.split('\n')[1]).toBe(
      'gh api --silent --method PATCH repos/o/r/issues/comments/11 --field body=@body.md',
    );
  });

  withBash('of a large plan is cut to what GitHub takes, and says so', () => {
    const { code, file } = comment('', 'é'.repeat(50_000));
    expect(code).toBe(0);
    expect(file('body.md').length).toBeLessThan(65_536);
    expect(file('body.md')).toContain('Cut, because a comment holds no more');
    expect(file('body.md')).not.toContain('\uFFFD');
  });
});

describe('apply', () => {
  withBash('applies only what was approved', () => {
    const text = script('deploy-environment.yml apply', 'APPROVED');
    const apply = (PLANNED: string) =>
      run(
        text,
        { terraform: '' },
        { APPROVED: 'aa', PLANNED, FOLDER: 'x' },
        { 'x/changes.txt': 'update azurerm_a.b\n' },
      );
    expect(apply('aa')).toMatchObject({ code: 0, calls: expect.stringContaining('terraform -chdir=x apply ') });
    expect(apply('bb')).toMatchObject({ code: 1, calls: '', printed: expect.stringContaining('update azurerm_a.b') });
  });
});

describe('ship', () => {
  const text = bash ? script('deploy-environment.yml ship', 'options=') : '';
  const hash = 'aaaaaaaaaaaa';
  const before = 'bbbbbbbbbbbb';
  const said = renderStates({
    ...{ label: 'zone-redundant', hash, slot: undefined },
    regions: [
      {
        location: 'swedencentral',
        progress: { at: 'unhealthy', because: 'it is not' },
        before,
        swap: undefined,
        openFirewall: undefined,
      },
    ],
  });
  const ship = (code: number, TO = '') =>
    run(
      text,
      { npm: `echo '${said.trim()}'; exit ${code}` },
      { DEPLOYMENT: 'zone-redundant', REGION: 'swedencentral', TO },
    );

  withBash('keeps what ran before, for the way back, and the exit code of the shipment', () => {
    expect(ship(1)).toMatchObject({
      code: 1,
      outputs: `before=${before}\n`,
      calls: 'npm run --silent ship -- zone-redundant --region swedencentral\n',
    });
    expect(ship(0, hash).calls).toBe(`npm run --silent ship -- zone-redundant --region swedencentral --to ${hash}\n`);
  });

  withBash('goes on with a warning where a region could not be seen', () => {
    expect(ship(3)).toMatchObject({ code: 0, printed: expect.stringContaining('::warning::') });
  });
});

describe('regions', () => {
  const text = bash ? script('deploy-environment.yml regions', 'locations=') : '';
  const outputs = JSON.stringify({ regions: [{ location: 'swedencentral' }, { location: 'northeurope' }] });
  const regions = (REGION: string) => run(text, { terraform: `echo '${outputs}'` }, { DEPLOYMENT: 'd', REGION });

  withBash('are all of the deployment, or the one that was asked for', () => {
    expect(regions('').outputs).toBe('locations=["swedencentral","northeurope"]\n');
    expect(regions('northeurope').outputs).toBe('locations=["northeurope"]\n');
    expect(regions('mars')).toMatchObject({
      code: 1,
      printed: expect.stringContaining('Nothing is deployed in the region "mars"'),
    });
  });
});

describe('release', () => {
  const text = bash ? script('release.yml build', 'awk -v') : '';
  const release = (TAG: string, changes: string) =>
    run(text, {}, { TAG }, { 'package.json': '{"version":"0.2.0"}', 'CHANGELOG.md': changes });

  withBash('has the notes of its version, and is refused without them', () => {
    const { code, file } = release('v0.2.0', '# Changelog\n\n## 0.2.0 (2026-12-01)\n\n- One.\n\n## 0.1.0\n\n- Two.\n');
    expect([code, file('notes.md').trim()]).toEqual([0, '- One.']);
    expect(release('v0.3.0', '').printed).toContain('The tag is v0.3.0 and package.json says 0.2.0');
    expect(release('v0.2.0', '## Unreleased\n').printed).toContain('has no section "## 0.2.0"');
  });
});
