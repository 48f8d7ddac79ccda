import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readFolder } from '../../architecture/hcl/folder';
import { remarksIn } from '../../architecture/hcl/remarks';
import { readArchitecture, readTerraform } from '../../architecture/read';
import { InputError } from '../../inputError';
import { verdictLine, verdictOf } from '../../review/report/findings';
import { type ReviewedVariant, review } from '../../review/review';
import { readSettings, settingsBeside } from '../../review/settings/reviewJson';
import { prices } from '../support/review/samples';
import { autoscale, deployment, onRedis, redis, secondApp, terraform } from '../support/review/terraform';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-settings-'));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));
let folders = 0;
const folderWith = (files: Readonly<Record<string, unknown>>): string => {
  folders += 1;
  const folder = path.join(root, `${folders}`);
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
};
const inFile = (settings: unknown) => path.join(folderWith({ 'review.json': settings }), 'review.json');
const reviewed = (change: Parameters<typeof deployment>[0], settings: object | null): ReviewedVariant => {
  const read = settings === null ? null : readSettings(inFile(settings));
  return review([deployment(change)], { prices, settings: () => read }).variants[0] as ReviewedVariant;
};
const rulesIn = ({ findings }: ReviewedVariant) => findings.map(({ rule }) => rule);
const app = 'azurerm_linux_web_app.app';
const noStore = { settings: { SESSION_STORE: undefined, SESSION_SECRET: undefined } };

describe('sessions that the reader states', () => {
  const doubts = (settings: object | null) => reviewed(noStore, settings).cannotTell.map(({ rule }) => rule);

  test('answer what settings leave open', () => {
    expect(doubts(null)).toContain('in-process-state');
    expect(doubts({ sessions: 'database' })).not.toContain('in-process-state');
    expect(rulesIn(reviewed(noStore, { sessions: 'in-process' }))).toContain('in-process-state');
  });

  test('are shown as stated, with what their loss costs', () => {
    const { sessions, losses, stateMap } = reviewed(noStore, { sessions: 'database' });
    expect(sessions).toBe('database');
    expect(losses.instance.share).toBe(0);
    expect(losses.region.share).toEqual({ unknown: expect.stringContaining('database') });
    expect(stateMap.at(-1)).toMatchObject({ component: 'sessions (database)', kind: 'stateful' });
    expect(reviewed(noStore, { sessions: 'none' }).losses.region.share).toBe(0);
  });

  test('hold for the apps that they name, by address', () => {
    const change = { ...noStore, more: { azurerm_linux_web_app: secondApp({ app_settings: {} }) } };
    const { sessions, cannotTell } = reviewed(change, { sessions: { '*.second': 'none', '*': 'none' } });
    expect(sessions).toBe('none');
    expect(cannotTell.filter(({ rule }) => rule === 'in-process-state')).toEqual([]);
  });

  test('in a Redis that is linked to another region are geo-replicated', () => {
    const geo = redis({}, { geo_replication_group_name: 'g' });
    const change = {
      settings: { ...onRedis, SESSION_STORE: undefined },
      more: {
        ...geo,
        azurerm_managed_redis_geo_replication: { g: { managed_redis_id: '${azurerm_managed_redis.cache.id}' } },
      },
    };
    expect(reviewed(change, { sessions: 'redis' }).sessions).toBe('redis-geo');
  });

  test('of an app that is not there are refused', () =>
    expect(() => reviewed(noStore, { sessions: { 'azurerm_linux_web_app.shop': 'redis' } })).toThrow(
      `sessions.azurerm_linux_web_app.shop is not an app of fixture. Its apps are ${app}.`,
    ));
});

describe('severities', () => {
  test('change what a rule weighs, and off leaves it out', () => {
    const severityOf = (settings: object | null) =>
      reviewed({ app: { https_only: false } }, settings).findings.find(({ rule }) => rule === 'plain-http')?.severity;
    expect(severityOf(null)).toBe('error');
    expect(severityOf({ severities: { 'plain-http': 'warning' } })).toBe('warning');
    expect(severityOf({ severities: { 'plain-http': 'off' } })).toBeUndefined();
  });
});

describe('an environment that is not production', () => {
  const small = { more: autoscale({ minimum: 1, default: 1 }) };

  test('is not asked for what production alone needs, and says so', () => {
    expect(rulesIn(reviewed(small, null))).toContain('autoscale-floor');
    expect(rulesIn(reviewed(small, { environment: 'production' }))).toContain('autoscale-floor');
    const test = reviewed(small, { environment: 'test' });
    expect(rulesIn(test)).not.toContain('autoscale-floor');
    expect(test.settings).toMatchObject({
      environment: 'test',
      notAsked: expect.arrayContaining(['autoscale-floor', 'waf-prevention']),
    });
  });

  test('is named in the verdict: rules that were left out found nothing', () => {
    const read = readSettings(inFile({ environment: 'test', severities: { alerts: 'off' } }));
    const line = (settings: typeof read | null) =>
      verdictLine(verdictOf(review([deployment(small)], { prices, settings: () => settings })));
    expect(line(read)).toMatch(/, [2-9] rules left out by review\.json\.$/);
    expect(line(null)).not.toContain('left out');
  });

  test('is asked all the same where a severity is stated', () =>
    expect(rulesIn(reviewed(small, { environment: 'test', severities: { 'autoscale-floor': 'warning' } }))).toContain(
      'autoscale-floor',
    ));
});

describe('suppressions', () => {
  const change = { app: { https_only: false } };
  const accept = (more: object = {}) => ({
    suppressions: [{ rule: 'plain-http', resource: 'azurerm_linux_web_app.*', reason: 'behind a mesh', ...more }],
  });
  const at = (settings: object) =>
    reviewed(change, settings).findings.map(({ rule, suppressed }) => `${rule} ${suppressed}`);

  test('accept a finding, with the reason', () =>
    expect(reviewed(change, accept()).findings).toContainEqual(
      expect.objectContaining({ rule: 'plain-http', suppressed: true, reason: 'behind a mesh' }),
    ));
  test('that have expired are an error', () =>
    expect(at(accept({ expires: '2020-01-31' }))).toEqual(
      expect.arrayContaining(['plain-http false', 'suppression false']),
    ));
  test('that match nothing are an error', () => expect(rulesIn(reviewed({}, accept()))).toContain('suppression'));
  test('of a rule that is not asked are not', () =>
    expect(rulesIn(reviewed({}, { ...accept(), severities: { 'plain-http': 'off' } }))).not.toContain('suppression'));
});

test.each([
  [[], 'it must be an object, got: a list'],
  [{ sessions: 'postgres' }, 'sessions'],
  [{ environment: 'prod' }, 'environment must be production or staging or test or development, got: "prod"'],
  [{ severities: { 'plain-http': 'low' } }, 'severities.plain-http must be error or warning or off, got: "low"'],
  [{ severities: { 'plain-htpp': 'off' } }, 'there is no rule plain-htpp'],
  [{ severities: { 'health-check-redirects': 'off' } }, 'the rule health-check-redirects is part of plain-http now'],
  [{ suppressions: [{ rule: 'alerts', resource: '*', reason: 'short' }] }, 'must have at least 10 characters'],
  [{ colour: 'red' }, 'has a key that it must not have: colour'],
  ['', 'choose another name'],
])('settings that are wrong are refused: %j', (content, why) => {
  const file = inFile(content);
  expect(() => readSettings(file)).toThrow(InputError);
  expect(() => readSettings(file)).toThrow(why);
});

test('settings are found beside a folder and beside a file, and an earlier result is none', () => {
  const folder = folderWith({ 'review.json': { environment: 'test' }, 'plan.json': terraform() });
  expect(settingsBeside(folder)?.environment).toBe('test');
  expect(settingsBeside(path.join(folder, 'plan.json'))?.environment).toBe('test');
  expect(settingsBeside(folderWith({ 'main.tf': '' }))).toBeNull();
  expect(settingsBeside(folderWith({ 'review.json': { variants: [] } }))).toBeNull();
});

const plan = `resource "azurerm_service_plan" "plan" {
  os_type = "Linux"
  location = "westeurope"
  sku_name = "P1v3"
  worker_count = 2
  zone_balancing_enabled = true
}
`;
const site = (inside = '', above = '') => `${plan}
${above}
resource "azurerm_linux_web_app" "app" {${inside}
  location = "westeurope"
  service_plan_id = azurerm_service_plan.plan.id
  site_config {}
}
`;
const ofFolder = async (files: Readonly<Record<string, string>>) => {
  const folder = folderWith(files);
  const { findings } = review([readTerraform(await readFolder(folder), 'infra')], { prices })
    .variants[0] as ReviewedVariant;
  return findings.filter(({ rule }) => rule === 'plain-http' || rule === 'suppression');
};

describe('comments in HCL', () => {
  const ignored = 'steadystate:ignore:plain-http the mesh in front speaks TLS';

  test.each([
    ['above the block', site('', `# ${ignored}`)],
    ['on the first line', site(` // ${ignored}`)],
    ['in the block', site(`\n  /* ${ignored} */`)],
    ['with an expiry', site('', '#steadystate:ignore:plain-http:exp:2999-12-31 the mesh in front speaks TLS')],
  ])('%s suppress a finding of the resource', async (_, text) =>
    expect(await ofFolder({ 'main.tf': text })).toMatchObject([
      { rule: 'plain-http', suppressed: true, reason: 'the mesh in front speaks TLS' },
    ]),
  );

  test('that have expired, or match nothing, are an error', async () => {
    const expired = '# steadystate:ignore:plain-http:exp:2020-01-31 the mesh in front speaks TLS';
    expect(await ofFolder({ 'main.tf': site('', expired) })).toMatchObject([
      { rule: 'plain-http', suppressed: false },
      { rule: 'suppression', resource: app, message: expect.stringContaining('expired on 2020-01-31') },
    ]);
    expect(await ofFolder({ 'main.tf': site('\n  https_only = true', `# ${ignored}`) })).toMatchObject([
      { rule: 'suppression', message: expect.stringContaining('matches no finding') },
    ]);
  });

  test('hold in a module for every instance of it, and at a call for all that is in it', async () => {
    const call = (comment: string) => `${comment}
module "web" {
  source   = "./web"
  for_each = toset(["a", "b"])
}`;
    const inModule = await ofFolder({ 'main.tf': call(''), 'web/main.tf': site('', `# ${ignored}`) });
    const atCall = await ofFolder({ 'main.tf': call(`# ${ignored}`), 'web/main.tf': site() });
    for (const findings of [inModule, atCall])
      expect(findings.map(({ resource, suppressed }) => [resource, suppressed])).toEqual([
        [`module.web["a"].${app}`, true],
        [`module.web["b"].${app}`, true],
      ]);
  });

  test.each([
    ['# steadystate:ignore:plain-htpp because of the mesh', 'there is no rule plain-htpp'],
    ['# steadystate:ignore:plain-http', 'say why plain-http is ignored'],
    ['# steadystate:ignore:plain-http:exp:soon because of the mesh', 'soon is not a day'],
    ['# steadystate:skip plain-http', 'Write steadystate:ignore:RULE'],
  ])(
    'that are wrong are refused with file and line: %s',
    async (comment, why) =>
      await expect(ofFolder({ 'main.tf': site('', comment) })).rejects.toThrow(new RegExp(`main\\.tf:9: .*${why}`)),
  );

  test('at no resource are refused', async () =>
    await expect(ofFolder({ 'main.tf': `${site()}\nlocals {\n  # ${ignored}\n}` })).rejects.toThrow('at no resource'));

  test('are not confused with text in strings and heredocs', () => {
    const text = `resource "a" "b" {
  x = "# steadystate:ignore:alerts \${join("}", ["{"])} \\" }"
  y = <<-EOT
    # steadystate:ignore:alerts }
  EOT
} # of b
resource "c" "d" {
  z { # steadystate:found
  }
}
`;
    expect(remarksIn(text, 'main.tf')).toEqual([{ address: 'c.d', text: 'found', where: 'main.tf:8' }]);
  });
});

test('a comment in Terraform of JSON syntax suppresses, too', () => {
  const text = terraform({
    app: { https_only: false, '//': 'steadystate:ignore:plain-http the mesh in front speaks TLS' },
  });
  const { findings } = review([readArchitecture(text, 'one')], { prices }).variants[0] as ReviewedVariant;
  expect(findings.find(({ rule }) => rule === 'plain-http')).toMatchObject({ suppressed: true });
});
