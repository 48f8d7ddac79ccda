import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { variants } from '../../main';
import { environmentsIn, exportedSettings, readEnvironments } from '../../synthesis/environments';
import { synthesize } from '../../synthesis/synthesize';
import { settings } from '../support/settings';
import { withoutMetadata } from '../support/snapshots';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-environments-'));
const folder = path.join(scratch, 'settings');
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** Writes an environment as a team would, with `settings` and a change. */
function declare(name: string, change: object): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(
    path.join(folder, `${name}.ts`),
    `export const settings = ${JSON.stringify({ ...settings, ...change })};\n`,
  );
}
declare('dev', { environment: 'dev', size: 'trial', maximumInstances: 4, survivingRegionCarriesPercent: 50 });
declare('load', { environment: 'load' });

const read = (...asked: (string | undefined)[]) => readEnvironments({ base: settings, folder, asked });
async function synth(outdir: string, words: string[], environment?: string) {
  const environments = await read(environment, ...environmentsIn(words));
  return synthesize({ variants, settings, environments, environment, words, outdir: path.join(scratch, outdir) });
}
const terraformOf = ({ file }: { readonly file: string }) =>
  JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, Record<string, Record<string, Record<string, unknown>>>>;

test('finds the environments that words name, and none in a choice', () => {
  expect(
    environmentsIn(['zone-redundant@dev,appService=on', 'single-zone', 'appService=on', 'multi-region-sticky@load']),
  ).toEqual(['dev', 'load']);
});

test('two environments of a variant share no name of a resource, no state and no folder', async () => {
  const written = await synth('both', ['zone-redundant@dev', 'zone-redundant@load', 'zone-redundant']);
  expect(written.map(({ label }) => label)).toEqual(['zone-redundant@dev', 'zone-redundant@load', 'zone-redundant']);
  const all = written.map(terraformOf);
  const states = all.map(({ terraform }) => JSON.stringify(terraform?.backend));
  expect(new Set(states).size).toBe(3);
  const unique = [
    'azurerm_resource_group',
    'azurerm_key_vault',
    'azurerm_storage_account',
    'azurerm_linux_web_app',
    'azurerm_managed_redis',
  ];
  for (const type of unique) {
    const names = all.map(({ resource }) => Object.values(resource?.[type] ?? {}).map(({ name }) => name));
    expect([type, new Set(names.flat()).size]).toEqual([type, names.flat().length]);
    expect(names.every((some) => some.length > 0)).toBe(true);
  }
  expect(new Set(written.map(({ file }) => path.dirname(file))).size).toBe(3);
});

test('an environment is what its file says, and a word or the option names it', async () => {
  const [byWord] = await synth('word', ['zone-redundant@dev,appService=on']);
  const [byOption] = await synth('option', ['zone-redundant,appService=on'], 'dev');
  expect(byWord?.label).toBe('zone-redundant@dev,appService=on');
  expect(byOption?.label).toBe(byWord?.label);
  expect(terraformOf(byWord as { file: string })).toEqual(terraformOf(byOption as { file: string }));
  const { resource } = terraformOf(byWord as { file: string });
  expect(Object.values(resource?.azurerm_application_gateway ?? {})[0]?.autoscale_configuration).toEqual({
    min_capacity: 1,
    max_capacity: 2,
  });
});

test('a word names another environment than the option, which is for the others', async () => {
  const written = await synth('mixed', ['single-zone', 'single-zone@load'], 'dev');
  expect(written.map(({ label }) => label)).toEqual(['single-zone@dev', 'single-zone@load']);
});

test('the environment of settings.ts may be named, too', async () => {
  const [named] = await synth('named', ['single-zone@prod']);
  const [unnamed] = await synth('unnamed', ['single-zone']);
  expect(named?.label).toBe('single-zone@prod');
  const [one, other] = [named, unnamed].map((of) => withoutMetadata(terraformOf(of as { file: string })));
  expect(one).toEqual(other);
});

test('a synth of every variant removes outdated folders of its own environment only', async () => {
  await synth('pruned', ['zone-redundant@dev', 'zone-redundant,appService=on', 'zone-redundant@load,appService=on']);
  await synth('pruned', [], 'load');
  const folders = fs.readdirSync(path.join(scratch, 'pruned', 'stacks'));
  expect(folders).toEqual(
    expect.arrayContaining(['zone-redundant@dev', 'zone-redundant,appService=on', 'zone-redundant@load']),
  );
  expect(folders).not.toContain('zone-redundant@load,appService=on');
});

test('git ignores the folders and states of every environment', () => {
  const ignored = fs.readFileSync(path.join(__dirname, '..', '..', '.gitignore'), 'utf8').split('\n');
  expect(ignored).toEqual(expect.arrayContaining(['cdktf.out/', '/state/', '*.tfstate']));
});

describe('refuses', () => {
  test('what cannot be the name of an environment, and does not list it', async () => {
    for (const name of ['too-long-a-name', 'types.d', 'Dev']) fs.writeFileSync(path.join(folder, `${name}.ts`), '');
    await expect(read('types.d')).rejects.toThrow('`environment` must be one of dev, load, prod, got: "types.d".');
  });

  test('an environment that is not there, with those that are', async () => {
    await expect(synth('unknown', ['zone-redundant@stage'])).rejects.toThrow(
      '`environment` must be one of dev, load, prod, got: "stage". settings.ts is prod, and each other environment is a file of settings/.',
    );
    await expect(synth('empty', ['zone-redundant@'])).rejects.toThrow(
      '`environment` must be one of dev, load, prod, got: "".',
    );
  });

  test('a file that says another name than its own', async () => {
    declare('qa', { environment: 'test' });
    await expect(read('qa')).rejects.toThrow(
      '`environment of settings/qa.ts` must be \'qa\', as its file is called, got: "test". Names and state follow from it.',
    );
  });

  test('two environments with one name', async () => {
    declare('prod', { environment: 'prod' });
    await expect(read('prod')).rejects.toThrow(
      '`settings/prod.ts` must be an environment that settings.ts is not itself, got: "prod". Two with one name would share names and state: give settings.ts another environment, or remove the file.',
    );
    fs.rmSync(path.join(folder, 'prod.ts'));
  });

  test('a file without settings, or with a mistake, and a mistake in one stops no other', async () => {
    fs.writeFileSync(path.join(folder, 'bare.ts'), 'export const other = 1;\n');
    await expect(read('bare')).rejects.toThrow('settings/bare.ts exports no `settings`.');
    fs.writeFileSync(path.join(folder, 'broken.ts'), "throw new Error('no luck');\n");
    await expect(read('broken')).rejects.toThrow('settings/broken.ts cannot be read: no luck. Correct it.');
    expect((await read('dev')).has('dev')).toBe(true);
  });

  test('a settings.ts that cannot be compiled, with what the compiler says', async () => {
    const compiler = new Error(
      '⨯ Unable to compile TypeScript:\nsettings.ts:7:3 - error TS2322: Type\n\n7   workload: 1',
    );
    await expect(exportedSettings(() => Promise.reject(compiler), 'settings.ts', 'it comes')).rejects.toThrow(
      'settings.ts cannot be read: ⨯ Unable to compile TypeScript: settings.ts:7:3 - error TS2322: Type. Correct it.',
    );
  });

  test('names of its own that two environments would share', async () => {
    declare('uat', { environment: 'uat', names: { keyVault: 'kv-{workload}' } });
    await expect(read('uat')).rejects.toThrow(
      '`names.keyVault of settings/uat.ts` must be a template with {environment} or {suffix}, got: "kv-{workload}".',
    );
  });

  test('a setting in it, with the file to change', async () => {
    declare('bad', { environment: 'bad', maximumInstances: 99 });
    await expect(synth('bad', ['single-zone@bad'])).rejects.toThrow(
      '`maximumInstances` must be a whole number from 2 to 30, got: 99. Change it in settings/bad.ts.',
    );
  });
});
