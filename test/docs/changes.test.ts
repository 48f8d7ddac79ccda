import fs from 'node:fs';
import path from 'node:path';
import type { Deployment } from '../../architecture/deployment';
import { readArchitecture } from '../../architecture/read';
import type { Settings } from '../../stacks/settings';
import { settingsSchema } from '../../stacks/settings/schema';
import { choices } from '../../synthesis/choices';
import { rewrites } from '../support/golden';
import { settings } from '../support/settings';
import { synthesized } from '../support/snapshots';
import { inSpoke } from '../support/stacks/spoke';
import { inWords, planned } from './forced';
import { brokenLinks, code, docsFolder, readDoc, tableIn } from './markdown';

type Change = Partial<Settings>;
interface Scenario {
  readonly variant: string;
  readonly from?: Change;
  readonly to?: Change;
  /** Choices of the variant afterwards. */
  readonly choice?: string;
}

const [gateway, frontDoor] = ['zone-redundant', 'multi-region-active-active'];
const host = { host: 'shop.contoso.com', dnsReady: true };
const zone = '/subscriptions/0/resourceGroups/rg-dns/providers/Microsoft.Network/dnsZones/contoso.com';
const three = [...settings.regions, { location: 'francecentral', addressSpace: '10.2.0.0/16' }];
const versions = { a: 1, b: 1 };

/** By the first cell of a row. A setting or a choice may have several. */
const scenarios: Readonly<Record<string, Scenario>> = {
  'size, to trial': { variant: gateway, to: { size: 'trial' } },
  "domain, from 'none' to a host": {
    variant: gateway,
    from: { domain: 'none' },
    to: { domain: { ...host, dnsReady: false } },
  },
  'domain.host, another': {
    variant: gateway,
    from: { domain: host },
    to: { domain: { host: 'www.contoso.com', dnsReady: true } },
  },
  'domain.dnsReady, to true': {
    variant: frontDoor,
    from: { domain: { ...host, dnsReady: false } },
    to: { domain: host },
  },
  'domain.dnsZoneId, added': { variant: gateway, from: { domain: host }, to: { domain: { ...host, dnsZoneId: zone } } },
  certificate: { variant: gateway, to: { certificate: 'self-signed-in-production' } },
  planSku: { variant: gateway, to: { planSku: 'P1v3' } },
  maximumInstances: { variant: gateway, to: { maximumInstances: 12 } },
  'privateOrigins, on': {
    variant: frontDoor,
    from: { stagingSlot: false },
    to: { stagingSlot: false, privateOrigins: true },
  },
  'waf, to detection': { variant: gateway, to: { waf: { mode: 'Detection' } } },
  'waf, a rule and a rate limit': {
    variant: frontDoor,
    to: {
      waf: {
        customRules: [
          { name: 'Home', priority: 1, action: 'Block', when: [{ match: 'country', values: ['SE'], not: true }] },
        ],
        rateLimit: { requestsPerMinute: 600 },
      },
    },
  },
  'stagingSlot, off': { variant: gateway, to: { stagingSlot: false } },
  'stagingSlot, on': { variant: gateway, from: { stagingSlot: false } },
  redisSku: { variant: gateway, to: { redisSku: 'Balanced_B10' } },
  healthChecksRedis: { variant: gateway, to: { healthChecksRedis: true } },
  'package, onedeploy to blob': { variant: gateway, to: { package: 'blob' } },
  'package, onedeploy to cli': {
    variant: gateway,
    from: { agentsSubnet: true },
    to: { agentsSubnet: true, package: 'cli' },
  },
  'sessionSecret.versions': { variant: gateway, to: { sessionSecret: { signs: 'a', versions: { a: 1, b: 2 } } } },
  'sessionSecret.signs': { variant: gateway, to: { sessionSecret: { signs: 'b', versions } } },
  'access, to private': {
    variant: gateway,
    from: { agentsSubnet: true },
    to: { agentsSubnet: true, access: 'private' },
  },
  deployerAddresses: { variant: gateway, to: { deployerAddresses: ['203.0.113.7'] } },
  deployerObjectId: { variant: gateway, to: { deployerObjectId: '11111111-2222-3333-4444-555555555555' } },
  'agentsSubnet, on': { variant: gateway, to: { agentsSubnet: true } },
  'agentsSubnet, off': { variant: gateway, from: { agentsSubnet: true } },
  subnets: { variant: gateway, to: { subnets: 'inline' } },
  'existing, private DNS to policy': { variant: gateway, to: { existing: { privateDnsZones: 'policy' } } },
  'existing, a workspace': {
    variant: gateway,
    to: {
      existing: {
        logAnalyticsWorkspaceId:
          '/subscriptions/1/resourceGroups/hub/providers/Microsoft.OperationalInsights/workspaces/central',
      },
    },
  },
  'existing, a hub': {
    variant: gateway,
    to: {
      existing: {
        hubs: {
          swedencentral: {
            virtualNetworkId: '/subscriptions/2/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub',
            firewallAddress: '10.100.0.4',
          },
        },
      },
    },
  },
  'existing, a network': { variant: gateway, to: inSpoke },
  'app, the shop to your code': {
    variant: gateway,
    to: { app: { stack: 'dotnet', version: '9.0', package: 'web.zip', sessionContract: true } },
  },
  'app, the shop to a container': {
    variant: gateway,
    to: { app: { image: 'team.azurecr.io/web:1', sessionContract: true } },
  },
  alertEmail: { variant: gateway, to: { alertEmail: 'night@contoso.com' } },
  'alertWebhook, added': { variant: gateway, to: { alertWebhook: 'https://hooks.contoso.com/a' } },
  'monthlyBudget, added': { variant: gateway, to: { monthlyBudget: 500 } },
  'chaos, added': { variant: gateway, to: { chaos: {} } },
  runbooks: { variant: gateway, to: { runbooks: 'https://wiki.contoso.com/runbooks' } },
  registerResourceProviders: { variant: gateway, to: { registerResourceProviders: false } },
  tags: { variant: gateway, to: { tags: { team: 'shop' } } },
  generation: { variant: gateway, to: { generation: 2 } },
  organization: { variant: gateway, to: { organization: 'contoso' } },
  'names, of the app': { variant: gateway, to: { names: { webApp: 'shop-{environment}-{part}' } } },
  workload: { variant: gateway, to: { workload: 'store' } },
  'regions, one more': { variant: frontDoor, to: { regions: three } },
  'regions, one fewer': { variant: frontDoor, from: { regions: three } },
  'regions[].addressSpace': {
    variant: gateway,
    to: { regions: [{ location: 'swedencentral', addressSpace: '10.8.0.0/16' }] },
  },
  'regions[].location': {
    variant: gateway,
    to: { regions: [{ location: 'francecentral', addressSpace: '10.0.0.0/16' }] },
  },
  'entry, app-service to application-gateway': { variant: 'single-zone', choice: 'entry=application-gateway' },
  'routing, to active-passive': { variant: frontDoor, choice: 'routing=active-passive' },
  instances: { variant: gateway, choice: 'instances=5' },
  'zoneRedundant, off': { variant: gateway, choice: 'zoneRedundant=off' },
  'zoneRedundant, on': { variant: 'single-zone', choice: 'zoneRedundant=on' },
  appService: { variant: gateway, choice: 'appService=on' },
  applicationGateway: { variant: gateway, choice: 'applicationGateway=on' },
  'frontDoor, on': { variant: frontDoor, choice: 'frontDoor=on' },
  'sessions, redis to cookie': { variant: gateway, choice: 'sessions=cookie' },
  'sessions, cookie to redis': { variant: 'zone-redundant-cookie', choice: 'sessions=redis' },
  'sessions, redis to redis-geo': { variant: 'multi-region-active-passive', choice: 'sessions=redis-geo' },
};

/** They change nothing that runs, or stand for another row. */
const without = ['environment', 'survivingRegionCarriesPercent', 'azurermMajor', 'state'];

const made = new Map<string, Deployment>();
function deployment(word: string, change: Change = {}): Deployment {
  const key = JSON.stringify([word, change]);
  const known = made.get(key);
  if (known) return known;
  const [text = ''] = [...synthesized([word], { ...settings, ...change }).values()];
  const read = readArchitecture(text, word);
  made.set(key, read);
  return read;
}

const rows = tableIn(readDoc('changes.md'), 'change');
const computed = ({ variant, from, to, choice }: Scenario) =>
  inWords(planned(deployment(variant, from), deployment(choice === undefined ? variant : `${variant},${choice}`, to)));

test('has a row for every setting and every choice, and no other', () => {
  expect(rows.map(([cell]) => (cell ?? '').replaceAll('`', ''))).toEqual(Object.keys(scenarios));
  const named = new Set(Object.keys(scenarios).map((name) => /^\w+/.exec(name)?.[0]));
  for (const name of [...Object.keys(settingsSchema.shape), ...Object.keys(choices)])
    expect([name, named.has(name) || without.includes(name)]).toEqual([name, true]);
});

test.each(Object.entries(scenarios))('%s: Terraform does what the table says', (name, scenario) => {
  const cell = computed(scenario);
  if (rewrites) {
    const file = path.join(docsFolder, 'changes.md');
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    const index = lines.findIndex(
      (line) => line.startsWith('| ') && (line.split('|')[1] ?? '').replaceAll('`', '').trim() === name,
    );
    const cells = (lines[index] ?? '').split('|');
    cells[3] = ` ${cell} `;
    lines[index] = cells.join('|');
    fs.writeFileSync(file, lines.join('\n'));
    return;
  }
  const row = rows.find(([first]) => (first ?? '').replaceAll('`', '') === name);
  expect(code(row?.[1])).toBe(scenario.variant);
  expect(row?.[2]).toBe(cell);
});

test.each(rows)(
  '%s: says what to expect where something is replaced, removed or lost',
  (_name, _variant, does = '', means = '') => {
    expect(means).toMatch(/^[A-Z*`].{5,}\.$/);
    if (/replaced|removed|lost/.test(does)) expect(means.length).toBeGreaterThan(40);
    if (does.includes('every session lost')) expect(means).toMatch(/session|cart|everything/i);
  },
);

test('every link leads somewhere', () => expect(brokenLinks('changes.md')).toEqual([]));
