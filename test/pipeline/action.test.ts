import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from '../support/commands/command';
import { type FakeHost, fakeHost, type Received } from '../support/pipeline/host';
import { sticky } from '../support/review/samples';

interface Step {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}
const action = parse(fs.readFileSync(path.join(root, 'action.yml'), 'utf8')) as Action;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate action-'));
let host: FakeHost;
let answer: (request: Received) => readonly [number, unknown] = () => [200, []];
beforeAll(async () => {
  host = await fakeHost((request) => answer(request));
  // The command as the package has it: a word, then what that word takes.
  fs.writeFileSync(
    path.join(os.tmpdir(), `steadystate-${process.pid}.cjs`),
    `const [, , word] = process.argv;
process.argv.splice(2, 1);
process.chdir(process.env.WORKSPACE);
require(${JSON.stringify(path.join(root, 'commands/typescript.cjs'))});
require(require('node:path').join(${JSON.stringify(root)}, 'commands', word + '.ts')).run();\n`,
  );
});
afterAll(async () => {
  await host.close();
  fs.rmSync(folder, { recursive: true, force: true });
  fs.rmSync(path.join(os.tmpdir(), `steadystate-${process.pid}.cjs`), { force: true });
});

interface Run {
  readonly codes: readonly (number | null)[];
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs the steps of the action one after the other, as the runner does: until one fails, with expressions filled in. */
async function runAction(given: Readonly<Record<string, string>>): Promise<Run> {
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, { default: value = '' }]) => [name, given[name] ?? value]),
  );
  const files = { output: path.join(folder, 'output'), summary: path.join(folder, 'summary') };
  fs.writeFileSync(files.summary, '');
  const outputs: Record<string, string> = {};
  const codes: (number | null)[] = [];
  let log = '';
  const filled = (text: string) =>
    text.replace(
      /\$\{\{ (inputs\.([\w-]+)|steps\.(\w+)\.outputs\.([\w-]+)|github\.token) \}\}/g,
      (_, all, input, step, output) =>
        input ? (inputs[input] ?? '') : step ? (outputs[`${step}.${output}`] ?? '') : all ? 'the-token' : '',
    );
  for (const step of action.runs.steps) {
    // The only condition that any step has.
    if (step.if !== undefined && inputs.comment !== 'true') continue;
    fs.writeFileSync(files.output, '');
    const env = Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, filled(filled(value))]));
    const child = spawn('bash', ['-c', step.run], {
      cwd: folder,
      env: {
        ...{ PATH: process.env.PATH, HOME: folder, WORKSPACE: folder, RUNNER_TEMP: folder, GITHUB_ACTION_PATH: root },
        ...{ GITHUB_OUTPUT: files.output, GITHUB_STEP_SUMMARY: files.summary, GITHUB_ACTIONS: 'true' },
        ...{ GITHUB_REPOSITORY: 'acme/shop', GITHUB_REF: 'refs/pull/7/merge', GITHUB_API_URL: host.url },
        ...env,
      },
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => void said.push(String(part)));
    const code = await new Promise<number | null>((resolve) => void child.on('close', resolve));
    codes.push(code);
    log += said.join('');
    for (const line of fs.readFileSync(files.output, 'utf8').split('\n')) {
      const [name, ...value] = line.split('=');
      if (name) outputs[`${step.id}.${name}`] = value.join('=');
    }
    if (code !== 0) break;
  }
  return { codes, log, summary: fs.readFileSync(files.summary, 'utf8'), outputs };
}

const command = () => `node ${path.join(os.tmpdir(), `steadystate-${process.pid}.cjs`)}`;
const sent = () => host.received.filter(({ method }) => method !== 'GET');

test('reviews a plan, comments on the pull request, shows findings at their lines, and fails on an error', async () => {
  const resources = sticky().resources.map(({ address, type, attributes }) => ({ address, type, attributes }));
  const resource: Record<string, Record<string, unknown>> = {};
  for (const { address, type, attributes } of resources)
    resource[type] = { ...resource[type], [address.split('.')[1] ?? '']: attributes };
  fs.writeFileSync(path.join(folder, 'my stack.tf.json'), JSON.stringify({ resource }, null, 1));
  fs.writeFileSync(path.join(folder, 'steadystate.config.json'), '{ "gate": true }');
  const { codes, log, summary, outputs } = await runAction({
    paths: '\nmy stack.tf.json\n',
    options: '--pillar\nreliability',
    junit: 'tests.xml',
    command: command(),
  });
  expect([codes, log.match(/^error:.*/gm)]).toEqual([[0, 0, 0, 1], null]);
  expect(outputs['review.exit-code']).toBe('1');
  expect(log).toMatch(
    /^::error file=my stack\.tf\.json,line=\d+,title=in-process-state::azurerm_linux_web_app\.app: /m,
  );
  expect(sent()).toMatchObject([{ method: 'POST', path: '/repos/acme/shop/issues/7/comments' }]);
  const { body } = (sent()[0]?.body ?? {}) as { readonly body?: string };
  expect(body).toMatch(/^<!-- steadystate: review -->\n### One crash costs/);
  expect(body).toContain('<summary>Diagram</summary>');
  expect(summary).toContain('### One crash costs');
  expect(fs.readFileSync(path.join(folder, 'tests.xml'), 'utf8')).toContain('<failure ');
  expect(JSON.parse(fs.readFileSync(path.join(folder, outputs['review.sarif'] ?? ''), 'utf8')).version).toBe('2.1.0');
  expect(JSON.parse(fs.readFileSync(outputs['review.result'] ?? '', 'utf8')).variants).toHaveLength(1);

  // Another use in the same job, without the gate that the config file asks for: nothing fails, and the first result stays.
  const again = await runAction({
    ...{ paths: 'my stack.tf.json', gate: 'false', comment: 'false', sarif: '', annotations: 'false' },
    command: command(),
  });
  expect([again.codes, again.outputs['review.exit-code'], again.outputs['review.sarif']]).toEqual([
    [0, 0, 0],
    '0',
    undefined,
  ]);
  expect(again.log).not.toContain('::error');
  expect(again.outputs['review.result']).not.toBe(outputs['review.result']);
  expect(fs.existsSync(outputs['review.result'] ?? '')).toBe(true);
});

test('a plan that cannot be read replaces the comment by the error; a fork without rights is a warning', async () => {
  host.received.splice(0);
  answer = ({ method }) =>
    method === 'GET'
      ? [200, [{ id: 5, body: '<!-- steadystate: review -->\nOld', user: { login: 'github-actions[bot]' } }]]
      : [403, {}];
  const { codes, log, summary } = await runAction({ paths: 'nowhere.json', command: command() });
  expect(codes).toEqual([0, 0, 0, 2]);
  expect(sent()).toMatchObject([
    {
      method: 'PATCH',
      body: { body: expect.stringMatching(/could not review this commit\n\n {4}error: nowhere\.json is not there/) },
    },
  ]);
  expect(summary).toContain('could not review this commit');
  expect(log).toMatch(/^::warning title=Steadystate::No comment was written .*pull request from a fork/m);
});

test('the step that has the token runs no code of the pull request', () => {
  const withToken = action.runs.steps.filter(({ env }) => JSON.stringify(env).includes('inputs.token'));
  expect(withToken).toHaveLength(1);
  expect(withToken[0]?.run).toMatch(/comment .*--no-config/);
});

test('every input is used, and every output comes from a step', () => {
  const text = JSON.stringify(action.runs);
  for (const name of Object.keys(action.inputs)) expect(text).toContain(`inputs.${name} `);
  for (const { value } of Object.values(action.outputs)) {
    const [, step, output] = /^\$\{\{ steps\.(\w+)\.outputs\.([\w-]+) \}\}$/.exec(value) ?? [];
    expect(action.runs.steps.find(({ id }) => id === step)?.run).toContain(`${output}=`);
  }
  // An expression in a script would be run as a part of it.
  for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
});
