import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportLoadTests } from '../../../commands/drillExport';
import { reachOf } from '../../../drill/scale/publicAddress';
import { writeFolder } from '../../../drill/scale/writeFolder';
import { root } from '../../support/commands/command';
import { architecture } from '../../support/drill/architectures';

const stated = { assumptions: new Map(), variableFiles: [], environment: undefined };
const options = { export: 'azure-load-testing', seed: 7, shoppers: 12 };
const url = 'https://shop.contoso.com';

/** A variant's Terraform as a file, with something else in place of some of its text. */
function terraform(variant: string, change: (text: string) => string = (text) => text): string {
  const file = join(folder, `${variant}.json`);
  writeFileSync(file, change(readFileSync(join(root, 'test', '__snapshots__', `${variant}.json`), 'utf8')));
  return file;
}

let folder: string;
let out: string;
let printed: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steadystate-test-'));
  out = join(folder, 'out');
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text, done?: unknown) => {
    printed += text;
    if (typeof done === 'function') done();
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const files = ['config.yaml', 'cookies.py', 'drill.json', 'locustfile.py', 'shopper.py'];

test('a folder with all that the engines need, and one line that says where', async () => {
  const code = await exportLoadTests([terraform('single-zone')], stated, { ...options, url, out });
  expect({ code, files: readdirSync(join(out, 'single-zone.json')) }).toEqual({ code: 0, files });
  expect(printed).toMatch(
    /single-zone\.json {2}.*config\.yaml {2}12 shoppers on 1 engine at https:\/\/shop\.contoso\.com\n$/,
  );
});

test('the address is the host name of the Terraform, where that is not a placeholder', async () => {
  const own = (text: string) => text.replaceAll('shop.example.com', 'shop.contoso.com');
  for (const variant of ['zone-redundant', 'multi-region-active-active']) {
    await exportLoadTests([terraform(variant, own)], stated, { ...options, out });
    expect(JSON.parse(readFileSync(join(out, `${variant}.json`, 'drill.json'), 'utf8'))).toMatchObject({
      address: url,
    });
  }
});

test.each([
  ['a placeholder', 'zone-redundant', {}, 'shop.example.com is a placeholder. Give it, as in --url'],
  ['a name that Azure gives', 'single-zone', {}, '`terraform output url` shows it after an apply'],
  ['an address of something else', 'single-zone', { url: 'ftp://x' }, '`--url` must be an http:// or https:// address'],
  ['too many shoppers', 'single-zone', { url, shoppers: 100_001 }, 'drive 100000 at most, got: 100001'],
  ['too long a test', 'single-zone', { url, watch: '3h' }, 'a test lasts 3 hours at most'],
  ['another engine', 'single-zone', { url, export: 'jmeter' }, '`--export` must be azure-load-testing, got: "jmeter"'],
  [
    'a secret in the open',
    'single-zone',
    { url, ledgerSecret: 'hunter2' },
    '`--ledger-secret` must be the identifier of a secret',
  ],
  ['half of what reads a secret', 'single-zone', { url, secretIdentity: '/x' }, 'Give both, or neither'],
  [
    'another id than an identity has',
    'single-zone',
    { url, ledgerSecret: 'https://v.vault.azure.net/secrets/ledger', secretIdentity: '/x' },
    '`--secret-identity` must be the resource id of a user-assigned identity, /subscriptions/…/providers/Microsoft.ManagedIdentity/userAssignedIdentities/load-test, got: "/x"',
  ],
])('%s is refused, and nothing is written', async (_what, variant, more, why) => {
  const exported = exportLoadTests([terraform(variant)], stated, { ...options, ...more, out });
  await expect(exported).rejects.toThrow(why);
  await exported.catch(({ message }: Error) => expect(message).not.toContain('hunter2'));
  expect(readdirSync(folder)).toEqual([`${variant}.json`]);
});

test('a variant that nobody outside its network reaches is refused, also when others are not', async () => {
  const closed = (text: string) =>
    text.replaceAll('"public_network_access_enabled": true', '"public_network_access_enabled": false');
  const words = [terraform('zone-redundant'), terraform('single-zone', closed)];
  await expect(exportLoadTests(words, stated, { ...options, out })).rejects.toThrow(/is a placeholder|no public/);
  await expect(exportLoadTests([words[1] as string], stated, { ...options, url, out })).rejects.toThrow(
    /single-zone\.json has no public address: azurerm_linux_web_app\.\S+ has no public network access\. The engines/,
  );
  expect(readdirSync(folder).sort()).toEqual(['single-zone.json', 'zone-redundant.json']);
});

test('a gateway without a public address is not reached either, and an unknown entry may be', () => {
  const behind = architecture({ entry: 'application-gateway', gatewayProbe: {} });
  expect(reachOf(behind).refusal).toBe('azurerm_application_gateway.gateway has no public address in front');
  const unknown = { unknown: 'it is declared elsewhere' };
  expect(reachOf({ ...behind, entry: unknown }).refusal).toBe('its entry is unknown: it is declared elsewhere');
});

test('an export takes the place of the one before, and of nothing else', async () => {
  const words = [terraform('single-zone')];
  const target = join(out, 'single-zone.json');
  await exportLoadTests(words, stated, { ...options, url, out });
  await exportLoadTests(words, stated, { ...options, url, out, seed: 8 });
  expect(readdirSync(target)).toEqual(files);
  writeFileSync(join(target, 'notes.txt'), 'mine');
  await expect(exportLoadTests(words, stated, { ...options, url, out, seed: 9 })).rejects.toThrow(
    'holds notes.txt, which an export does not write and would remove',
  );
  expect(JSON.parse(readFileSync(join(target, 'drill.json'), 'utf8'))).toMatchObject({ seed: 8 });
  expect(readdirSync(out)).toEqual(['single-zone.json']);
});

test('a folder that cannot be written stays as it was, without leftovers', () => {
  const target = join(folder, 'there');
  mkdirSync(target);
  writeFileSync(join(target, 'config.yaml'), 'old');
  // A name with a folder that is missing cannot be written.
  const files = new Map([
    ['config.yaml', 'new'],
    ['nowhere/x', ''],
  ]);
  expect(() => writeFolder(target, files)).toThrow('cannot be written: ENOENT');
  expect(readFileSync(join(target, 'config.yaml'), 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['there']);
});
