import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { architectures } from '../../commands/architectures';
import { InputError } from '../../inputError';
import { planJson } from '../support/architecture/planJson';
import { run } from '../support/commands/command';
import { endpoint, gateway, onRedis, redis, terraform } from '../support/review/terraform';

/**
 * What only a command shows: its words, its exit code, where it writes. What it says is tested in process, in
 * reports.test.ts and gate.test.ts: starting one costs half a second.
 */
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
  terraform({
    settings: { SESSION_STORE: 'memory' },
    app: closed,
    plan: { location: 'swedencentral' },
    more: endpoint(),
  }),
);
const subnet = '/subnets/gateway';
const sound = file(
  'sound.json',
  terraform({
    site: { ip_restriction_default_action: 'Deny', ip_restriction: { virtual_network_subnet_id: subnet } },
    settings: onRedis,
    more: { ...gateway({ gateway_ip_configuration: { subnet_id: subnet } }), ...redis() },
  }),
);
const bad = (stderr: string | RegExp) => ({
  code: 2,
  stdout: '',
  stderr: typeof stderr === 'string' ? stderr : expect.stringMatching(stderr),
});

test('--json holds to the contract, key by key, and is what --against takes', () => {
  const printed = run('review', [sticky, '--json']);
  expect({ code: printed.code, stderr: printed.stderr }).toEqual({ code: 0, stderr: '' });
  const { variants } = JSON.parse(printed.stdout);
  const keys = (value: object) => Object.keys(value);
  expect(keys(variants[0])).toEqual([
    'name',
    'entry',
    'regions',
    'affinity',
    'sessions',
    'resources',
    'stateMap',
    'services',
    'losses',
    'availability',
    'plan',
    'provider',
    'settings',
    'monthlyCost',
    'findings',
    'cannotTell',
  ]);
  const { regions, affinity, stateMap, losses, availability, monthlyCost, findings } = variants[0];
  expect(keys(regions[0])).toEqual(expect.arrayContaining(['name', 'location', 'role']));
  expect(keys(affinity)).toEqual(['appService', 'applicationGateway', 'frontDoor']);
  expect(keys(stateMap[0])).toEqual(expect.arrayContaining(['component', 'keeps', 'where', 'lostWith', 'kind']));
  expect(keys(losses)).toEqual(['instance', 'zone', 'region']);
  expect(keys(losses.zone)).toEqual(expect.arrayContaining(['share', 'needsPeople', 'because']));
  expect(keys(availability)).toEqual(expect.arrayContaining(['percent', 'lowPercent', 'factors']));
  expect(keys(availability.factors[0])).toEqual(
    expect.arrayContaining(['name', 'percent', 'count', 'source', 'verified']),
  );
  expect(keys(monthlyCost)).toEqual(expect.arrayContaining(['atFloor', 'atMaximum', 'currency', 'asOf', 'unpriced']));
  expect(keys(findings[0])).toEqual([
    'rule',
    'severity',
    'resource',
    'message',
    'fix',
    'source',
    'pillar',
    'suppressed',
  ]);

  const earlier = ['--against', file('earlier.json', printed.stdout), '--max-increase', '0'];
  expect(run('review', [sticky, '--gate', ...earlier])).toMatchObject({ code: 0, stderr: '' });
  // The earlier result lacks this variant, so a rise of its cost is unknown.
  expect(run('review', [sound, '--gate', ...earlier])).toMatchObject({
    code: 3,
    stderr: `could not assess: ${sound}: the cost cannot be compared: the earlier result has none of this variant\n`,
  });
});

test('--gate exits 1 on an error, and says which', () =>
  expect(run('review', [sticky, sound, '--gate'])).toMatchObject({
    code: 1,
    stderr: `failed: ${sticky}: in-process-state at azurerm_linux_web_app.app\n`,
  }));

test('--suppressions accepts and prints why, --markdown prints a comment, --html writes the page', () => {
  const accepted = file('accepted.json', [
    { rule: 'in-process-state', variant: sticky, resource: '*', reason: 'the lesson of this file' },
  ]);
  const html = path.join(folder, 'page.html');
  const words = [sticky, sound, '--gate', '--suppressions', accepted, '--markdown', '--html', html];
  const { code, stdout, stderr } = run('review', words);
  expect({ code, stderr }).toEqual({ code: 0, stderr: `Wrote ${html}\n` });
  expect(stdout).toMatch(/^### One crash costs every cart in .*sticky\.json; .*sound\.json loses none/);
  expect(stdout).toContain('2 variants checked against');
  expect(stdout).toContain('`in-process-state` `azurerm_linux_web_app.app`: the lesson of this file');
  expect(fs.readFileSync(html, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
});

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

describe('a file of Terraform', () => {
  test.each([
    ['UTF-8', 'utf8'],
    ['UTF-16LE', 'utf16le'],
  ] as const)('in %s with a byte order mark is read', async (_, encoding) => {
    const at = path.join(folder, `${encoding}.json`);
    fs.writeFileSync(at, `\ufeff${JSON.stringify(terraform({ app: closed }))}`, encoding);
    expect(await architectures([at])).toMatchObject([{ name: at, entry: 'app-service' }]);
  });

  test('that was cut off is refused in one clear sentence', async () => {
    const read = architectures([file('cut.json', '{"resource": {"azurerm_lin')]);
    await expect(read).rejects.toThrow(InputError);
    await expect(read).rejects.toThrow(
      /cut\.json is not JSON: .* Synthesize it again, or check that it was copied whole\.$/,
    );
  });
});

describe('bad input is one clear error and exit code 2', () => {
  test.each([
    [
      'an amount that is none',
      [sticky, '--against', sound, '--max-increase', 'much'],
      /`--max-increase` must be an amount, 0 or more, got: "much"/,
    ],
    [
      'a drill that is none',
      [sticky, '--drill', sound],
      /sound\.json is not a result of drill --json: runs must be a list/,
    ],
    [
      'a drill of other variants',
      [sticky, '--drill', 'docs/drill.json'],
      /docs\/drill\.json has no run of .*sticky\.json; it is a drill of single-zone, .* and 2 more\. Drill the variants that you review, or leave out --drill\.$/m,
    ],
  ] as const)('%s', (_, words, message) => expect(run('review', words)).toEqual(bad(message)));
});

test('prices exits 3 where the API cannot be reached: what was typed is not wrong', async () => {
  const prices = file('prices.json', { asOf: '2026-01-31', currency: 'USD', note: '', Items: [] });
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  // Nothing listens there any more.
  const url = `http://127.0.0.1:${port}/`;
  const { code, stdout, stderr } = run('prices', ['westeurope', '--out', prices, '--url', url]);
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(/^error: App Service in westeurope: no answer \(\w+\)\. The price file is unchanged/);
});

describe('usage', () => {
  const more = { azurerm_dns_zone: { zone: { name: 'contoso.com' } } };
  const zone = file('zone.json', terraform({ settings: { SESSION_STORE: 'memory' }, app: closed, more }));
  const byUse = (words: readonly string[]) => {
    const { code, stdout, stderr } = run('review', [zone, '--json', ...words]);
    return { code, stderr, use: JSON.parse(stdout).variants[0].monthlyCost.byUse };
  };

  test('is taken from a file, and --requests wins over it; what counts for nothing is named', () => {
    const usage = file(
      'usage.yml',
      `traffic:
  monthly_requests: 5
resource_usage:
  azurerm_dns_zone.zone:
    monthly_queries: 2000000
  azurerm_dns_zone.zoen:
    monthly_queries: 1
  azurerm_storage_account.a:
    storage_gb: 1
`,
    );
    const { code, stderr, use } = byUse(['--usage', usage, '--requests', '7']);
    expect(code).toBe(0);
    expect(use.traffic).toMatchObject({ monthlyRequests: 7, responseKb: 30 });
    expect(use.stated).toEqual(['monthlyRequests']);
    expect(use.lines.find(({ what }: { what: string }) => what === 'DNS queries')).toMatchObject({
      quantity: 2_000_000,
      perMonth: 0.8,
      basis: 'stated',
    });
    expect(stderr).toMatch(/no price of this use is kept here: azurerm_storage_account\.a\.storage_gb/);
    expect(stderr).toMatch(/nothing that is reviewed has this address: azurerm_dns_zone\.zoen/);
  });

  test.each([
    ['--usage', 'nowhere.yml', /The usage file nowhere\.yml cannot be read: ENOENT\. Give one with --usage\./],
    ['--requests', 'many', /`--requests` must be a whole number, 0 or more, got: "many"/],
    ['--requests', '-1', /`--requests` must be a whole number/],
  ])('%s %s is refused', (option, value, message) =>
    expect(run('review', [zone, `${option}=${value}`])).toEqual(bad(message)),
  );
});

test('prices refuses a price file that is missing before it asks anybody', () =>
  expect(run('prices', ['--out', path.join(folder, 'nowhere.json')])).toEqual(
    bad(/nowhere\.json cannot be read as a price file: ENOENT/),
  ));
