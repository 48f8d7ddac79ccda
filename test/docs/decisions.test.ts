import fs from 'node:fs';
import path from 'node:path';
import { root } from '../support/commands/command';
import { settings } from '../support/settings';
import { at, Declared } from './claims';
import { brokenLinks, docs, readDoc, sections } from './markdown';

const pages = docs().filter((name) => name.startsWith(`decisions${path.sep}`));
const json = (name: string) => JSON.parse(fs.readFileSync(path.join(root, name), 'utf8')) as Record<string, unknown>;
const manifest = json('package.json') as Record<
  'dependencies' | 'devDependencies' | 'overrides',
  Record<string, string>
>;
const page = (name: string) => readDoc(path.join('decisions', name));

test('has a page for each decision', () => {
  expect(pages.map((name) => path.basename(name, '.md'))).toEqual([
    'cdktf',
    'enterprise-cluster',
    'generated-alert-rule',
    'host',
    'node-pty',
    'only-azurerm',
    'package',
    'secrets',
    'three-loaders',
    'vault-retention',
  ]);
});

test.each(pages)('%s: says context, decision, consequence and source, shortly', (name) => {
  const parts = sections(readDoc(name), 2);
  expect([...parts.keys()]).toEqual(['Context', 'Decision', 'Consequence', 'Source']);
  for (const body of parts.values()) expect(body.trim().length).toBeGreaterThan(40);
  expect(readDoc(name).split('\n').length).toBeLessThan(60);
  expect(parts.get('Source')).toMatch(/20\d\d/);
});

test.each(pages)('%s: links to what is there', (name) => {
  expect(brokenLinks(name)).toEqual([]);
});

test('cdktf: names the versions that are installed and asked for', () => {
  const { dependencies } = manifest;
  for (const name of ['cdktf', '@cdktf/provider-azurerm'])
    expect(page('cdktf.md')).toContain(`\`${name}\` ${dependencies[name]}`);
  expect(page('cdktf.md')).toContain(`pinned to ${dependencies.constructs}`);
  const version = at(new Declared('zone-redundant').json, 'terraform.required_providers.azurerm.version');
  expect(page('cdktf.md')).toContain(`\`${version}\``);
});

test('only-azurerm: no variant asks for another provider', () => {
  const { json: declared } = new Declared('multi-region-active-active');
  expect(Object.keys(at(declared, 'terraform.required_providers') as object)).toEqual(['azurerm']);
  expect(Object.keys(declared.provider as object)).toEqual(['azurerm']);
});

test('enterprise-cluster: every cache has the policies named, at the port named', () => {
  const declared = new Declared('multi-region-active-active');
  for (const cache of declared.all('managed_redis')) {
    expect(page('enterprise-cluster.md')).toContain(`\`${at(cache, 'default_database.clustering_policy')}\``);
    expect(page('enterprise-cluster.md')).toContain(`\`${at(cache, 'default_database.eviction_policy')}\``);
  }
  for (const app of declared.all('linux_web_app')) expect(at(app, 'app_settings.REDIS_URL')).toMatch(/:10000$/);
});

test('secrets: the first vault gets the value named, the others an ephemeral copy of it', () => {
  const declared = new Declared('multi-region-active-active');
  const values = [...declared.named('key_vault_secret').values()].map(({ value_wo }) => String(value_wo));
  const made = values.filter((value) => !value.includes('ephemeral.'));
  expect(new Set(made)).toEqual(new Set(['${sha512("${uuid()}${uuid()}")}']));
  expect(page('secrets.md')).toContain('value_wo = sha512("${uuid()}${uuid()}")');
  expect(values).toHaveLength(2 * settings.regions.length);
  expect(made).toHaveLength(2);
});

test('node-pty: the override is the one that the page names', () => {
  const name = '@cdktf/node-pty-prebuilt-multiarch';
  expect(page('node-pty.md')).toContain(`"${name}": "${manifest.overrides[name]}"`);
  expect(page('node-pty.md')).toContain(`\`cdktf-cli\` ${manifest.devDependencies['cdktf-cli']}`);
});

test('three-loaders: each is started where the page says', () => {
  const scripts = Object.values((json('package.json') as { scripts: Record<string, string> }).scripts);
  const ours = scripts.filter((script) => script.includes('.ts'));
  expect(ours.filter((script) => !script.includes('-r ./commands/typescript.cjs'))).toEqual([]);
  expect(json('cdktf.json').app).toContain('ts-node/register');
  expect(at(json('tsconfig.json'), 'ts-node.swc')).toBe(true);
  expect(fs.readFileSync(path.join(root, 'jest.config.js'), 'utf8')).toContain('@swc/jest');
});
