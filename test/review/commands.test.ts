import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { planJson } from '../architecture/plan';
import { run } from '../support/command';
import { gateway, onRedis, redis, terraform } from './terraform';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-review-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: unknown) => {
  const at = path.join(folder, name);
  fs.writeFileSync(at, typeof content === 'string' ? content : JSON.stringify(content));
  return at;
};
const closed = { public_network_access_enabled: false };
const sticky = file(
  'sticky.json',
  terraform({ settings: { SESSION_STORE: 'memory' }, app: closed, plan: { location: 'swedencentral' } }),
);
const sound = file('sound.json', terraform({ app: closed, settings: onRedis, more: { ...gateway(), ...redis() } }));
const bad = (stderr: string | RegExp) => ({
  code: 2,
  stdout: '',
  stderr: typeof stderr === 'string' ? stderr : expect.stringMatching(stderr),
});

test('--json holds to the contract, key by key', () => {
  const { variants } = JSON.parse(run('review', [sticky, '--json']).stdout);
  const keys = (value: object) => Object.keys(value);
  expect(keys(variants[0])).toEqual([
    'name',
    'entry',
    'regions',
    'affinity',
    'sessions',
    'resources',
    'stateMap',
    'availability',
    'monthlyCost',
    'findings',
    'cannotTell',
  ]);
  const { regions, affinity, stateMap, availability, monthlyCost, findings } = variants[0];
  expect(keys(regions[0])).toEqual(expect.arrayContaining(['name', 'location', 'role']));
  expect(keys(affinity)).toEqual(['appService', 'applicationGateway', 'frontDoor']);
  expect(keys(stateMap[0])).toEqual(expect.arrayContaining(['component', 'keeps', 'where', 'lostWith', 'kind']));
  expect(keys(availability)).toEqual(expect.arrayContaining(['percent', 'lowPercent', 'factors']));
  expect(keys(availability.factors[0])).toEqual(
    expect.arrayContaining(['name', 'percent', 'count', 'source', 'verified']),
  );
  expect(keys(monthlyCost)).toEqual(expect.arrayContaining(['atFloor', 'atMaximum', 'currency', 'asOf', 'unpriced']));
  expect(keys(findings[0])).toEqual(['rule', 'severity', 'resource', 'message', 'fix', 'source', 'suppressed']);
});

test.each([
  ['UTF-8', 'utf8'],
  ['UTF-16LE', 'utf16le'],
] as const)('a file in %s with a byte order mark is read', (_, encoding) => {
  const at = path.join(folder, `${encoding}.json`);
  fs.writeFileSync(at, `\ufeff${JSON.stringify(terraform({ app: closed }))}`, encoding);
  const { code, stderr } = run('review', [at]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('comparing exits 0 whatever it finds; --gate exits 1 on an error, against an earlier result only on a new one', () => {
  expect(run('review', [sticky]).code).toBe(0);
  const gated = run('review', [sticky, '--gate']);
  expect(gated.code).toBe(1);
  expect(gated.stderr).toBe(`failed: ${sticky}: in-process-state at azurerm_linux_web_app.app\n`);
  expect(run('review', [sound, '--gate']).code).toBe(0);
  const earlier = file('earlier.json', run('review', [sticky, '--json']).stdout);
  expect(run('review', [sticky, '--gate', '--against', earlier, '--max-increase', '0']).code).toBe(0);
});

test('a suppression file is taken, and what it accepts is printed with its reason', () => {
  const accepted = file('accepted.json', [
    { rule: 'in-process-state', variant: sticky, resource: '*', reason: 'the lesson of this file' },
  ]);
  const { code, stdout } = run('review', [sticky, '--gate', '--suppressions', accepted]);
  expect(code).toBe(0);
  expect(stdout).toContain('suppressed  in-process-state at');
  expect(stdout).toContain('the lesson of this file');
});

test('--html writes the page and --markdown prints a comment', () => {
  const html = path.join(folder, 'page.html');
  const { code, stdout, stderr } = run('review', [sticky, sound, '--markdown', '--html', html]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: `Wrote ${html}\n` });
  expect(stdout).toMatch(/^### 2 variants held against/);
  expect(fs.readFileSync(html, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
}, 20_000);

test('compare reads two plans, and --json has the same facts', () => {
  const plan = (workers: number) =>
    planJson({
      resources: [
        { type: 'azurerm_linux_web_app', name: 'app', values: { location: 'westeurope' } },
        { type: 'azurerm_service_plan', name: 'plan', values: { worker_count: workers } },
      ],
    });
  const [a, b] = [file('a.json', plan(2)), file('b.json', plan(3))];
  expect(run('compare', [a, b]).stdout).toContain('~ azurerm_service_plan.plan\n    worker_count: 2 → 3\n');
  expect(JSON.parse(run('compare', [a, b, '--json']).stdout).changed).toEqual([
    {
      address: 'azurerm_service_plan.plan',
      attributes: [{ attribute: 'worker_count', before: '2', after: '3' }],
      replacement: { verdict: 'in place', because: expect.stringContaining('https://') },
    },
  ]);
});

describe('bad input is one clear error and exit code 2', () => {
  test.each([
    [
      'truncated JSON',
      [file('cut.json', '{"resource": {"azurerm_lin')],
      /cut\.json is not JSON: .* Synthesize it again, or check that it was copied whole\.\n$/,
    ],
    [
      'an amount that is none',
      [sticky, '--against', sound, '--max-increase', 'much'],
      /`--max-increase` must be an amount, 0 or more, got: "much"/,
    ],
    ['a drill without a page', [sticky, '--drill', sound], /--drill needs --html/],
  ] as const)('%s', (_, words, message) => expect(run('review', words)).toEqual(bad(message)));
});

test('prices refuses a price file that is not there before it asks anybody', () =>
  expect(run('prices', ['--out', path.join(folder, 'nowhere.json')])).toEqual(
    bad(/nowhere\.json cannot be read as a price file: ENOENT/),
  ));
