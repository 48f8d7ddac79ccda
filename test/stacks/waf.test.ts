import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readArchitecture } from '../../architecture/read';
import { reviewSettingsOf } from '../../commands/reviewSettings';
import { review } from '../../review/review';
import type { Settings } from '../../stacks/settings';
import { settings } from '../support/settings';
import { synthesized } from '../support/snapshots';
import { answerTo } from '../support/stacks/answerTo';
import { at, type Block, variant } from './constructs/stack';

const waf: NonNullable<Settings['waf']> = {
  mode: 'Detection',
  exclusions: [
    { part: 'argument', selector: 'comment' },
    { part: 'cookie', operator: 'StartsWith', selector: 'cart' },
  ],
  customRules: [
    {
      name: 'AdminFromOffice',
      priority: 10,
      action: 'Block',
      when: [
        { match: 'path', values: ['/admin'] },
        { match: 'address', values: ['203.0.113.0/24', '2001:db8::/32'], not: true },
      ],
    },
    {
      name: 'Probe',
      priority: 20,
      action: 'Allow',
      when: [{ match: 'header', name: 'x-probe', operator: 'RegEx', values: ['^1$'] }],
    },
  ],
  rateLimit: { requestsPerMinute: 600 },
};
const gateway = (change: Settings['waf']) =>
  variant('zone-redundant', { waf: change }).one('azurerm_web_application_firewall_policy');
const frontDoor = (change: Settings['waf']) =>
  variant('multi-region-active-active', { waf: change }).one('azurerm_cdn_frontdoor_firewall_policy');

test('mode reaches both firewalls, and without it they prevent', () => {
  expect(at(gateway(waf), 'policy_settings.mode')).toBe('Detection');
  expect(frontDoor(waf).mode).toBe('Detection');
  expect(at(gateway({ rateLimit: { requestsPerMinute: 10 } }), 'policy_settings.mode')).toBe('Prevention');
  expect(gateway({})).toEqual(variant('zone-redundant').one('azurerm_web_application_firewall_policy'));
  expect(frontDoor({})).toEqual(variant('multi-region-active-active').one('azurerm_cdn_frontdoor_firewall_policy'));
});

test('exclusions are of the default rule set, and an argument is one wherever it stands', () => {
  expect(at(gateway(waf), 'managed_rules.exclusion')).toEqual([
    { match_variable: 'RequestArgNames', selector_match_operator: 'Equals', selector: 'comment' },
    { match_variable: 'RequestCookieNames', selector_match_operator: 'StartsWith', selector: 'cart' },
  ]);
  const [defaults, bots] = frontDoor(waf).managed_rule as Block[];
  expect(defaults?.exclusion).toEqual([
    ...['QueryStringArgNames', 'RequestBodyPostArgNames', 'RequestBodyJsonArgNames'].map((match_variable) => ({
      match_variable,
      operator: 'Equals',
      selector: 'comment',
    })),
    { match_variable: 'RequestCookieNames', operator: 'StartsWith', selector: 'cart' },
  ]);
  expect(bots).not.toHaveProperty('exclusion');
});

test("rules are each firewall's own words for the same", () => {
  const [admin, probe] = gateway(waf).custom_rules as Block[];
  expect(admin).toMatchObject({ name: 'AdminFromOffice', priority: 10, action: 'Block', rule_type: 'MatchRule' });
  expect(admin?.match_conditions).toMatchObject([
    { match_variables: [{ variable_name: 'RequestUri' }], operator: 'Contains', match_values: ['/admin'] },
    {
      match_variables: [{ variable_name: 'RemoteAddr' }],
      operator: 'IPMatch',
      negation_condition: true,
      match_values: ['203.0.113.0/24', '2001:db8::/32'],
    },
  ]);
  expect(probe?.match_conditions).toMatchObject([
    { match_variables: [{ variable_name: 'RequestHeaders', selector: 'x-probe' }], operator: 'Regex' },
  ]);
  const [atEdge, probeAtEdge] = frontDoor(waf).custom_rule as Block[];
  expect(atEdge).toMatchObject({
    type: 'MatchRule',
    match_condition: [{ match_variable: 'RequestUri' }, { match_variable: 'SocketAddr', negation_condition: true }],
  });
  expect(probeAtEdge?.match_condition).toMatchObject([
    { match_variable: 'RequestHeader', selector: 'x-probe', operator: 'RegEx' },
  ]);
});

test('the rate limit counts everybody by address, after the other rules', () => {
  expect((gateway(waf).custom_rules as Block[]).at(-1)).toMatchObject({
    name: 'RateLimit',
    priority: 100,
    action: 'Block',
    rule_type: 'RateLimitRule',
    rate_limit_duration: 'OneMin',
    rate_limit_threshold: 600,
    group_rate_limit_by: 'ClientAddr',
    match_conditions: [{ operator: 'IPMatch', negation_condition: true, match_values: ['255.255.255.255/32'] }],
  });
  expect((frontDoor(waf).custom_rule as Block[]).at(-1)).toMatchObject({
    name: 'RateLimit',
    type: 'RateLimitRule',
    rate_limit_duration_in_minutes: 1,
    rate_limit_threshold: 600,
    match_condition: [{ match_variable: 'SocketAddr', negation_condition: true }],
  });
});

const rule = { name: 'One', priority: 1, action: 'Block', when: [{ match: 'path', values: ['/admin'] }] };
const when = (condition: object) => ({ customRules: [{ ...rule, when: [condition] }] });

test.each<[string, object, string]>([
  [
    'another mode',
    { mode: 'off' },
    "`waf.mode` must be 'Prevention' or 'Detection', got: \"off\". Change it in settings.ts.",
  ],
  [
    'a name twice',
    { customRules: [rule, { ...rule, name: 'one', priority: 2 }] },
    '`waf.customRules[1].name` must be a name of its own, got: "one". Change it in settings.ts.',
  ],
  [
    'a priority twice',
    { customRules: [rule, { ...rule, name: 'Two' }] },
    '`waf.customRules[1].priority` must be a priority of its own, got: 1.',
  ],
  [
    "the rate limit's name",
    { customRules: [{ ...rule, name: 'RateLimit' }] },
    '`waf.customRules[0].name` must be another name than the rate limit\'s, got: "RateLimit".',
  ],
  [
    'a name with a hyphen',
    { customRules: [{ ...rule, name: 'admin-rule' }] },
    '`waf.customRules[0].name` must be letters and digits, a letter first, got: "admin-rule".',
  ],
  [
    'the priority of the rate limit',
    { customRules: [{ ...rule, priority: 100 }] },
    '`waf.customRules[0].priority` must be a whole number from 1 to 99, got: 100.',
  ],
  [
    'a beginning of a path',
    when({ match: 'path', operator: 'BeginsWith', values: ['/admin'] }),
    '`waf.customRules[0].when[0].operator` must be Contains, EndsWith, RegEx with match path, got: "BeginsWith".',
  ],
  [
    'a header without a name',
    when({ match: 'header', values: ['1'] }),
    '`waf.customRules[0].when[0].name` must be the name of the header, got: nothing.',
  ],
  [
    'a path with a name',
    when({ match: 'path', name: 'x', values: ['1'] }),
    '`waf.customRules[0].when[0].name` must be left out: it is for header and cookie, got: "x".',
  ],
  [
    'what is no address',
    when({ match: 'address', values: ['10.0.0.0/8', '10.0.0.256'] }),
    '`waf.customRules[0].when[0].values` must be addresses or ranges, for instance 203.0.113.0/24 or 2001:db8::/32, got: "10.0.0.256".',
  ],
  [
    'what is no country',
    when({ match: 'country', values: ['Sweden'] }),
    '`waf.customRules[0].when[0].values` must be two-letter countries, for instance SE, got: "Sweden".',
  ],
  [
    'more texts than a condition takes',
    when({ match: 'path', values: Array.from({ length: 11 }, (_, index) => `/${index}`) }),
    '`waf.customRules[0].when[0].values` must be at most 10 with match path, got: 11.',
  ],
  [
    'more addresses than a rule takes',
    {
      customRules: [
        {
          ...rule,
          when: [1, 2].map((net) => ({
            match: 'address',
            values: Array.from({ length: 301 }, (_, index) => `10.${net}.${index >> 8}.${index & 255}`),
          })),
        },
      ],
    },
    '`waf.customRules[0].when` must be conditions with at most 600 addresses together, got: 602.',
  ],
  [
    'a limit that blocks a page view',
    { rateLimit: { requestsPerMinute: 5 } },
    '`waf.rateLimit.requestsPerMinute` must be a whole number from 10 to 1000000, got: 5.',
  ],
  [
    'what is not known',
    { policyId: 'x' },
    '`policyId` is not known in `waf`. Remove it from settings.ts, or check its spelling.',
  ],
])('refuses %s', (_, change, message) => expect(answerTo('zone-redundant', { waf: change })).toContain(message));

test('an argument is three exclusions at Front Door, which takes a hundred, and one at a gateway', () => {
  const args = (count: number) => ({
    waf: { exclusions: Array.from({ length: count }, (_, index) => ({ part: 'argument', selector: `a${index}` })) },
  });
  expect(answerTo('multi-region-sticky', args(33))).toBe('synthesizes');
  expect(answerTo('multi-region-sticky', args(34))).toBe(
    '`waf.exclusions` must be at most 100 at Front Door, where an argument is three (multi-region-sticky), got: 102. Let one with StartsWith, EndsWith or Contains stand for several in settings.ts.',
  );
  expect(answerTo('zone-redundant', args(100))).toBe('synthesizes');
});

test('an environment that is not production may stay in detection, and its own severities count', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-waf-'));
  try {
    const label = 'zone-redundant@dev';
    const [text = ''] = [...synthesized(['zone-redundant'], { ...settings, waf: { mode: 'Detection' } }).values()];
    const found = (given: object | null) => {
      const file = path.join(folder, 'dev.review.json');
      if (given) fs.writeFileSync(file, JSON.stringify(given));
      const { variants } = review([readArchitecture(text, label)], {
        settings: ({ name }) => reviewSettingsOf(name, folder),
      });
      return variants[0]?.findings.filter(({ rule }) => rule === 'waf-prevention').map(({ severity }) => severity);
    };
    expect(found(null)).toEqual(['error']);
    expect(found({ environment: 'test' })).toEqual([]);
    expect(found({ environment: 'test', severities: { 'waf-prevention': 'warning' } })).toEqual(['warning']);
    expect(reviewSettingsOf('zone-redundant', folder)).toBeNull();
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
