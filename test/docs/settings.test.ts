import * as z from 'zod';
import { settingsSchema } from '../../stacks/settings/schema';
import { sizeOf } from '../../stacks/size';
import { settings } from '../support/settings';
import { at, type Block, Declared } from './claims';
import { brokenLinks, code, readDoc, tableIn } from './markdown';

const text = readDoc('deploying.md');
const rows = tableIn(text, 'setting');

/**
 * Every setting of a schema by its path, as the table names them. An object has a row of its own only where it is one of
 * several things that the setting may be.
 */
function settingsOf(schema: z.ZodType, path: string): string[] {
  if (schema instanceof z.ZodOptional) return settingsOf(schema.unwrap() as z.ZodType, path);
  if (schema instanceof z.ZodArray) {
    const inner = settingsOf(schema.element as z.ZodType, `${path}[]`);
    return inner.length === 1 && inner[0] === `${path}[]` ? [path] : inner;
  }
  if (schema instanceof z.ZodUnion)
    return [
      path,
      ...schema.options.flatMap((option) => settingsOf(option as z.ZodType, path)).filter((one) => one !== path),
    ];
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([key, member]) =>
      settingsOf(member as z.ZodType, path === '' ? key : `${path}.${key}`),
    );
  return [path];
}

/** What settings.ts says at a path as it comes, as the table writes it. */
function written(path: string): string {
  const values = path.split('.').reduce<unknown[]>(
    (found, part) => {
      const key = part.replace('[]', '');
      const next = found.map((value) => (typeof value === 'object' ? (value as Block | null)?.[key] : undefined));
      return part.endsWith('[]') ? next.flat() : next;
    },
    [settings],
  );
  const given = values.filter((value) => value !== undefined);
  if (given.length === 0) return '-';
  if (path === 'domain') return 'as below';
  return given.map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))).join(', ');
}

test('names every setting of the schema, in its order, and none that is missing', () => {
  expect(rows.map(([cell]) => code(cell))).toEqual(settingsOf(settingsSchema, ''));
});

test.each(rows)('%s: says what it means, and what settings.ts has', (name, meaning, inSettings) => {
  expect(meaning).toMatch(/^[A-Z`].{10,}\.$/);
  expect(code(inSettings)).toBe(written(code(name)));
});

test('names the placeholders with the words in which Terraform refuses them', () => {
  const placeholders = tableIn(text, 'placeholder');
  expect(placeholders.map(([cell]) => code(cell))).toEqual([
    'organization',
    'domain.host',
    'alertEmail',
    'deployerAddresses',
  ]);
  const json = JSON.stringify(
    new Declared('zone-redundant', { ...settings, domain: { host: 'shop.example.com', dnsReady: true } }).json,
  );
  for (const [, , words = 'missing'] of placeholders) expect(json).toContain(`"error_message":"${words}`);
});

test('says what a trial gives up, in the words of the stack', () => {
  const { givesUp } = sizeOf({ ...settings, size: 'trial' });
  expect(
    text
      .split('### A trial')[1]
      ?.match(/^- .+$/gm)
      ?.slice(0, givesUp.length),
  ).toEqual(givesUp.map((sentence) => `- ${sentence}`));
});

test('gives each data-plane resource the role that the deployment gives', () => {
  const declared = new Declared('zone-redundant');
  const given = [...declared.named('role_assignment')]
    .filter(([address]) => address.includes('_deployer_'))
    .map(([, { role_definition_name }]) => role_definition_name);
  const said = tableIn(text, 'what').map(([what = '', right]) => [/`azurerm_(\w+)`/.exec(what)?.[1], right]);
  const behindTheFirewall = said.filter(([type]) => type !== undefined);
  expect(behindTheFirewall.map(([, right]) => right).sort()).toEqual(given.sort());
  for (const [type] of behindTheFirewall) expect(declared.all(type as string)).not.toEqual([]);
});

test('says why each key that stays in state opens nothing', () => {
  const declared = new Declared('zone-redundant');
  expect(declared.one('storage_account').shared_access_key_enabled).toBe(false);
  expect(declared.one('log_analytics_workspace').local_authentication_disabled).toBe(true);
  expect(declared.one('application_insights').local_authentication_disabled).toBe(true);
  for (const site of [...declared.all('linux_web_app'), ...declared.all('linux_web_app_slot')])
    expect(site).toMatchObject({
      ftp_publish_basic_authentication_enabled: false,
      webdeploy_publish_basic_authentication_enabled: false,
    });
  expect(tableIn(text, 'in state')).toHaveLength(5);
});

test('names the files of local and remote state', () => {
  const state = { resourceGroupName: 'rg-state', storageAccountName: 'ststate', containerName: 'tfstate' };
  const local = at(new Declared('zone-redundant').json, 'terraform.backend.local.path');
  const remote = new Declared('zone-redundant', { ...settings, state }).json;
  const file = '<workload>-<environment>-<variant>.tfstate';
  const named = file
    .replace('<workload>', settings.workload)
    .replace('<environment>', settings.environment)
    .replace('<variant>', 'zone-redundant');
  expect([local, at(remote, 'terraform.backend.azurerm.key')]).toEqual([`../../../state/${named}`, named]);
  expect(at(remote, 'terraform.backend.azurerm.use_azuread_auth')).toBe(true);
  expect(text.split(file)).toHaveLength(3);
});

test('links to what is there', () => {
  expect(brokenLinks('deploying.md')).toEqual([]);
});
