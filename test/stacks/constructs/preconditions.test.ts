import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Settings } from '../../../stacks/settings';
import { at, inZone, type Terraform, variant } from './stack';

interface Precondition {
  readonly condition: string;
  readonly error_message: string;
}

// Synth runs with nothing edited, so it is Terraform that stops at a placeholder, and Terraform that is asked here.
const terraformIsHere = spawnSync('terraform', ['version']).status === 0;
if (!terraformIsHere)
  process.stderr.write('SKIPPED: terraform is not on the PATH, so no precondition was evaluated. Install it.\n');
const withTerraform = terraformIsHere ? test : test.skip;

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-preconditions-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** Preconditions by the resource that carries them. */
function preconditions(terraform: Terraform): Map<string, readonly Precondition[]> {
  const found = [...terraform.resources].map(([address, block]): [string, readonly Precondition[]] => [
    address,
    at<Precondition[] | undefined>(block, 'lifecycle.precondition') ?? [],
  ]);
  return new Map(found.filter(([, some]) => some.length > 0));
}

/** Messages of the preconditions that real Terraform finds broken, each once. */
function broken(terraform: Terraform): string[] {
  const all = [...preconditions(terraform).values()].flat();
  const folder = fs.mkdtempSync(path.join(scratch, 'locals-'));
  fs.writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify({ locals: terraform.json.locals }));
  const conditions = all.map(({ condition }) => condition.replace(/^\$\{(.*)\}$/, '($1)'));
  const { stdout, stderr } = spawnSync('terraform', ['console'], {
    cwd: folder,
    input: `jsonencode([${conditions.join(', ')}])\n`,
    encoding: 'utf8',
    env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_DATA_DIR: folder },
  });
  if (!stdout.startsWith('"[')) throw new Error(`terraform console: ${stdout}${stderr}`);
  const holds = JSON.parse(JSON.parse(stdout) as string) as boolean[];
  expect(holds).toHaveLength(all.length);
  return [...new Set(all.filter((_, index) => !holds[index]).map(({ error_message }) => error_message))].toSorted();
}

const host =
  "The host name is still a placeholder: put one that you own into `domain` in settings.ts, or domain: 'none' for a trial, and synthesize again.";
const email =
  'alertEmail is still a placeholder: put the address of whoever is on call into settings.ts, and synthesize again.';
const deployer =
  'deployerAddresses is empty: put the public address from which you run Terraform into settings.ts, and synthesize again. Every later plan must run from an allowed address, too. With agentsSubnet and one region it may be emptied after the first apply, which makes that subnet.';
const selfSigned =
  "certificate is self-signed in production, so every browser warns: put size: 'trial' into settings.ts, or certificate: 'self-signed-in-production' if it is meant, and synthesize again.";
const organization =
  "organization is missing: put a word of your own into settings.ts, as in organization: 'contoso', and synthesize again. It keeps your names apart from everybody's that are unique across Azure. A deployment that was made before this setting keeps its names with organization: 'none'.";
const real = {
  organization: 'contoso',
  alertEmail: 'oncall@contoso.com',
  deployerAddresses: ['203.0.113.7'],
  certificate: 'self-signed-in-production',
} satisfies Partial<Settings>;
const placeholder = { domain: { host: 'shop.example.com', dnsReady: true } };

withTerraform.each([
  ['single-zone', [email, deployer, organization]],
  ['zone-redundant', [email, deployer, host, organization, selfSigned]],
  ['multi-region-active-active', [email, deployer, host, organization]],
])('%s with every placeholder stops, and says of each what to do', (word, messages) => {
  expect(broken(variant(word, placeholder))).toEqual(messages.toSorted());
});

withTerraform.each(['single-zone', 'zone-redundant', 'multi-region-active-active'])(
  '%s with values of a team stops at nothing',
  (word) => {
    expect(broken(variant(word, { ...real, domain: { host: 'shop.contoso.com', dnsReady: true } }))).toEqual([]);
  },
);

withTerraform('each placeholder stops alone', () => {
  const domain = { host: 'shop.contoso.com', dnsReady: true };
  const word = 'zone-redundant';
  expect(broken(variant(word, { ...real, domain, alertEmail: 'oncall@example.com' }))).toEqual([email]);
  expect(broken(variant(word, { ...real, domain, deployerAddresses: [] }))).toEqual([deployer]);
  expect(broken(variant(word, { ...real, ...placeholder }))).toEqual([host]);
  const { organization: _, ...unnamed } = real;
  expect(broken(variant(word, { ...unnamed, domain }))).toEqual([organization]);
  expect(broken(variant(word, { ...unnamed, domain, organization: 'example' }))).toEqual([organization]);
  expect(broken(variant(word, { ...unnamed, domain, organization: 'none' }))).toEqual([]);
});

withTerraform.each([
  ['example.com', 'oncall@example.net'],
  ['a.b.example.org', 'oncall@mail.example.org'],
])('every name that is reserved for examples stops: %s, %s', (name, alertEmail) => {
  const change = { ...real, alertEmail, domain: { host: name, dnsReady: true } };
  expect(broken(variant('zone-redundant', change))).toEqual([email, host].toSorted());
});

withTerraform.each([
  ['shop.myexample.com', 'oncall@myexample.com'],
  ['example.com.contoso.com', 'example.com@contoso.com'],
])('a name that only resembles a placeholder passes: %s, %s', (name, alertEmail) => {
  const change = { ...real, alertEmail, deployerAddresses: ['203.0.113.0/28'], domain: { host: name, dnsReady: true } };
  expect(broken(variant('zone-redundant', change))).toEqual([]);
});

withTerraform(
  'a self-signed certificate stops production behind a gateway alone, unless the settings say that it is meant',
  () => {
    const domain = { host: 'shop.contoso.com', dnsReady: true };
    const stops = (word: string, change: Partial<Settings>) =>
      broken(variant(word, { ...real, domain, certificate: 'self-signed', ...change }));
    expect(stops('zone-redundant', {})).toEqual([selfSigned]);
    expect(stops('zone-redundant', { size: 'trial' })).toEqual([]);
    expect(stops('zone-redundant', { certificate: 'self-signed-in-production' })).toEqual([]);
    expect(
      stops('zone-redundant', { certificate: { keyVaultSecretId: 'https://corp.vault.azure.net/secrets/shop' } }),
    ).toEqual([]);
    for (const word of ['single-zone', 'multi-region-active-active']) expect(stops(word, {})).toEqual([]);
  },
);

withTerraform('a build agent inside the network needs no address of its own', () => {
  const change = { ...real, deployerAddresses: [], domain: { host: 'shop.contoso.com', dnsReady: true } };
  expect(broken(variant('zone-redundant', { ...change, agentsSubnet: true }))).toEqual([]);
  expect(broken(variant('zone-redundant', { ...change, agentsSubnet: false }))).toEqual([deployer]);
  // An agent resolves the private names of its own region only.
  expect(broken(variant('multi-region-active-active', { ...change, agentsSubnet: true }))).toEqual([deployer]);
});

withTerraform('a trial without a domain has no host to be a placeholder', () => {
  expect(broken(variant('zone-redundant', { ...real, domain: 'none' }))).toEqual([]);
});

test('what would stop half-way carries the precondition: vaults, storage, bindings, records, the domain and action groups', () => {
  const carriers = [...preconditions(variant('multi-region-active-active', inZone)).keys()];
  const types = new Set(carriers.map((address) => address.split('.')[0]));
  expect([...types].toSorted()).toEqual([
    'azurerm_app_service_custom_hostname_binding',
    'azurerm_cdn_frontdoor_custom_domain',
    'azurerm_key_vault',
    'azurerm_monitor_action_group',
    'azurerm_storage_account',
  ]);
  for (const type of types)
    for (const address of variant('multi-region-active-active', inZone)
      .all(type ?? '')
      .keys())
      expect(carriers).toContain(address);
});

test('a precondition refers to nothing but declared values, so it is known at plan', () => {
  for (const word of ['single-zone', 'zone-redundant', 'multi-region-active-active']) {
    const terraform = variant(word, inZone);
    const locals = Object.keys(terraform.json.locals as object);
    for (const { condition } of [...preconditions(terraform).values()].flat()) {
      const named = [...condition.matchAll(/local\.(\w+)/g)].map(([, name]) => name);
      expect(named.length).toBeGreaterThan(0);
      expect(locals).toEqual(expect.arrayContaining(named));
      expect(condition).not.toMatch(/azurerm_|data\.|var\./);
    }
  }
});

// settings.ts: "Terraform refuses to plan until they are yours". The condition stands on the bindings and on Front Door's
// domain only, and without a zone a gateway has neither until dnsReady is true, which is how settings.ts comes.
test('a gateway under the placeholder stops before its records are there, too', () => {
  const asItComes = { ...real, domain: { host: 'shop.example.com', dnsReady: false } };
  const messages = [...preconditions(variant('zone-redundant', asItComes)).values()].flat();
  expect(messages.map(({ error_message }) => error_message)).toContain(host);
});
