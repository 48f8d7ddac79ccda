import { variants } from '../../main';
import { settings } from '../support/settings';
import { at, Declared, falseClaims } from './claims';
import { brokenLinks, code, readDoc, sections, tableIn } from './markdown';

const text = readDoc('multi-region.md');
const approaches = new Map(
  [...sections(text, 2)]
    .filter(([heading]) => /: `[^`]+`$/.test(heading))
    .map(([heading, body]) => [code(heading), tableIn(body, 'row')]),
);
const declared = new Map([...approaches.keys()].map((name) => [name, new Declared(name)]));
const of = (name: string) => declared.get(name) as Declared;

const rowNames = [
  'use',
  'RTO',
  'RPO',
  'cost',
  'code',
  'new resources in an outage',
  'regions',
  'routing',
  'affinity',
  'capacity',
  'sessions',
  'direct access',
  'failback',
  'infrastructure as code',
];

/** Seconds until an edge location has seen an origin go, and come back. */
function detection(name: string) {
  const group = of(name).one('cdn_frontdoor_origin_group');
  const interval = at(group, 'health_probe.interval_in_seconds') as number;
  const samples = at(group, 'load_balancing.sample_size') as number;
  const needed = at(group, 'load_balancing.successful_samples_required') as number;
  const bad = samples - needed + 1;
  return {
    settings: [`${interval} s`, `${samples}`, `${needed}`],
    down: `${(bad - 1) * interval} to ${bad * interval} s`,
    up: `${(needed - 1) * interval} to ${needed * interval} s`,
  };
}

const isGlobal = (name: string) => variants[name]?.entry === 'front-door';

/** What a row says of a variant, beyond its claims, as the cell of ours. Rows of opinion or of people have none. */
const assertions: Record<string, (name: string, ours: string) => void> = {
  RTO(name, ours) {
    if (isGlobal(name)) expect(ours).toContain(detection(name).down);
  },
  cost(name, ours) {
    const plans = of(name).all('service_plan').length;
    expect(plans).toBe(isGlobal(name) ? settings.regions.length : 1);
    if (/twice/.test(ours)) expect(plans).toBe(2);
  },
  code(name) {
    const shipped = at(of(name).json, 'output.ship.value.regions') as { location: string }[];
    expect(shipped.map(({ location }) => location)).toEqual(
      settings.regions.slice(0, isGlobal(name) ? undefined : 1).map(({ location }) => location),
    );
  },
  regions(name, ours) {
    const expected = isGlobal(name) ? settings.regions.length : 1;
    const own = ['virtual_network', 'service_plan', 'linux_web_app', 'key_vault', 'storage_account'];
    if (/Redis/.test(ours)) own.push('managed_redis');
    for (const type of own)
      expect([
        type,
        of(name)
          .all(type)
          .map(({ location }) => location)
          .sort(),
      ]).toEqual([
        type,
        settings.regions
          .slice(0, expected)
          .map(({ location }) => location)
          .sort(),
      ]);
  },
  routing(name) {
    const origins = of(name).named('cdn_frontdoor_origin');
    const priorities = [...origins.values()].map(({ priority }) => priority);
    if (name === 'multi-region-active-passive') {
      const expected = settings.regions.map(({ location }, index) => [location, index === 0 ? 1 : 2]);
      expect([...origins.values()].map((origin) => [origin.name, origin.priority]).sort()).toEqual(expected.sort());
    } else if (isGlobal(name)) expect(new Set(priorities)).toEqual(new Set([1]));
    else expect(priorities).toEqual([]);
    for (const route of of(name).all('cdn_frontdoor_route'))
      expect(route.cdn_frontdoor_origin_ids).toHaveLength(origins.size);
  },
  capacity(name, ours) {
    const autoscales = of(name).all('monitor_autoscale_setting');
    expect(autoscales).toHaveLength(of(name).all('service_plan').length);
    for (const autoscale of autoscales) {
      const { minimum, maximum } = at(autoscale, 'profile.0.capacity') as Record<string, number>;
      expect(ours).toContain(`loor ${minimum}, maximum ${maximum}`);
      const load = (minimum as number) * autoscales.length * (settings.survivingRegionCarriesPercent / 100);
      expect(maximum).toBeGreaterThanOrEqual(load);
    }
  },
  sessions(name) {
    const { sessions } = variants[name] as { sessions: string };
    expect(of(name).all('managed_redis_geo_replication')).toHaveLength(sessions === 'redis-geo' ? 1 : 0);
    for (const app of of(name).all('linux_web_app')) {
      const url = at(app, 'app_settings.REDIS_URL');
      if (sessions === 'in-process') expect(url).toBeUndefined();
      else expect(url).toContain(`azurerm_managed_redis.${app.location}_`);
    }
  },
  'direct access'(name) {
    if (!isGlobal(name)) return;
    for (const app of of(name).all('linux_web_app')) {
      const [rule, ...others] = at(app, 'site_config.ip_restriction') as object[];
      expect(others).toEqual([]);
      expect(rule).toMatchObject({ action: 'Allow', service_tag: 'AzureFrontDoor.Backend' });
      expect(at(rule, 'headers.0.x_azure_fdid.0')).toMatch(/^\$\{azurerm_cdn_frontdoor_profile\..+\.resource_guid\}$/);
    }
  },
  'infrastructure as code'(name) {
    expect(Object.keys(at(of(name).json, 'terraform.backend') as object)).toEqual(['local']);
    expect(at(of(name).json, 'terraform.backend.local.path')).toMatch(new RegExp(`[-/]${name}\\.tfstate$`));
  },
};
/** Rows that say what people do or accept, which no Terraform shows. */
const ofPeople = ['use', 'RPO', 'new resources in an outage', 'failback'];

test('puts every multi-region variant and passive-cold beside the guide', () => {
  const global = Object.keys(variants).filter(isGlobal);
  expect([...approaches.keys()].sort()).toEqual([...global, 'zone-redundant'].sort());
});

test.each([...approaches])('%s: has every row of the comparison', (_, rows) => {
  expect(rows.map(([key]) => code(key))).toEqual(rowNames);
  expect(rows.flat().filter((cell) => cell === '')).toEqual([]);
});

test('checks every row or says that it is about people', () => {
  const checked = [...Object.keys(assertions), 'affinity', ...ofPeople];
  expect([...checked].sort()).toEqual([...rowNames].sort());
});

test.each(
  [...approaches].flatMap(([name, rows]) => rows.map(([key, , ours = '']) => [name, code(key), ours] as const)),
)('%s, %s: what ours does is in the Terraform', (name, key, ours) => {
  expect(falseClaims(ours, of(name))).toEqual([]);
  if (key === 'affinity') expect(ours).toContain(' = ');
  assertions[key]?.(name, ours);
});

test('computes the time to notice from the probes that are declared', () => {
  const rows = tableIn(text.slice(text.indexOf('## How long')), 'variant');
  expect(rows.map(([name]) => code(name))).toEqual(Object.keys(variants).filter(isGlobal).sort());
  for (const [name, ...cells] of rows) {
    const { settings: probe, down, up } = detection(code(name));
    expect(cells).toEqual([...probe, down, up]);
  }
});

test('says what each loses, and names only variants that there are', () => {
  const losses = tableIn(text, 'variant').map(([name]) => code(name));
  expect([...losses].sort()).toEqual([...approaches.keys()].sort());
  const commands = [...text.matchAll(/`npm run drill ([^`]+)`/g)].map(([, words]) => (words as string).split(' '));
  expect(commands).not.toEqual([]);
  for (const words of commands) expect(words.slice(0, -1).filter((word) => !variants[word])).toEqual([]);
});

test('links to what is there', () => {
  expect(brokenLinks('multi-region.md')).toEqual([]);
});
