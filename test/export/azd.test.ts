import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { azdFolder, outputsIn, postprovision, preprovision } from '../../commands/azd';
import { withAzdFiles } from '../../export/azd';
import { exportTerraform } from '../../export/terraform';
import { variants } from '../../main';
import { root } from '../support/commands/command';

// azd itself runs nowhere here: these are the files that it reads, by its source of August 2026.

const values = {
  host: null,
  alertEmail: 'oncall@example.com',
  runbooks: 'https://wiki.example.com/runbooks',
  deployerAddresses: ['203.0.113.7', '198.51.100.0/24'],
  planSku: 'P0v3',
  redisSku: 'Balanced_B3',
  maximumInstances: 3,
  tags: { owner: 'team ${a} of $5' },
};

const exported = (backend: object) =>
  withAzdFiles(
    exportTerraform(
      {
        terraform: { backend },
        resource: { azurerm_monitor_action_group: { people: { email: values.alertEmail } } },
      },
      values,
      'single-zone',
    ),
  );

/** As drone/envsubst does it for what these files hold: a default after `=`, and `$${` for `${`. */
const substituted = (text: string, env: Readonly<Record<string, string>>): unknown =>
  JSON.parse(
    text.replaceAll(/\$\$\{|\$\{(\w+)(?:=([^}]*))?\}/g, (found, name: string | undefined, usual = '') =>
      name === undefined ? found.slice(1) : (env[name] ?? usual),
    ),
  );

test('variables take their values from the environment of azd, or are what the settings say', () => {
  const text = exported({ local: { path: 'terraform.tfstate' } }).files.get('main.tfvars.json') ?? '';
  expect(substituted(text, { AZURE_ENV_NAME: 'dev' })).toEqual({
    alert_email: values.alertEmail,
    deployer_addresses: values.deployerAddresses,
    tags: { ...values.tags, 'azd-env-name': 'dev' },
  });
  const set = { AZURE_ENV_NAME: 'dev', ALERT_EMAIL: 'me@contoso.com', DEPLOYER_ADDRESSES: '["192.0.2.1"]' };
  expect(substituted(text, set)).toMatchObject({ alert_email: set.ALERT_EMAIL, deployer_addresses: ['192.0.2.1'] });
});

test('each value is that of a variable which the Terraform declares', () => {
  const { files } = exported({ local: { path: 'terraform.tfstate' } });
  const given = Object.keys(substituted(files.get('main.tfvars.json') ?? '', {}) as object);
  const declared = [...(files.get('variables.tf') ?? '').matchAll(/^variable "(\w+)"/gm)].map(([, name]) => name);
  expect(given.filter((name) => !declared.includes(name))).toEqual([]);
});

test('a remote backend has the file without which azd does not initialize it, and a local one has none', () => {
  expect(exported({ azurerm: { key: 'shop' } }).files.get('provider.conf.json')).toBe('{}\n');
  expect(exported({ local: { path: 'terraform.tfstate' } }).files.has('provider.conf.json')).toBe(false);
});

test('azure.yaml names one variant throughout, and a folder that its hook writes', () => {
  const project = parse(fs.readFileSync(path.join(root, 'azure.yaml'), 'utf8'));
  const variant = path.posix.basename(project.infra.path);
  expect(Object.keys(variants)).toContain(variant);
  expect(project).toMatchObject({
    name: 'steadystate',
    infra: { provider: 'terraform', path: `${azdFolder}/${variant}` },
  });
  for (const hook of [preprovision, postprovision])
    for (const shell of ['posix', 'windows'])
      expect(project.hooks[hook.name][shell].run).toBe(
        `node -r ./commands/typescript.cjs commands/azd.ts ${hook.name} ${variant}`,
      );
});

test('a hook refuses what names no variant, and removes nothing for it', async () => {
  for (const word of ['', '..', 'nope', 'single-zone/../..'])
    for (const hook of [preprovision, postprovision])
      await expect(hook(word, {})).rejects.toThrow('`variant` must be one of single-zone');
});

test('what azd hands over of the output ship is what shipping reads, and without it nothing is shipped', async () => {
  expect(JSON.parse(outputsIn({ ship: '{"regions":[]}' }) ?? '')).toEqual({ ship: { value: { regions: [] } } });
  expect(() => outputsIn({ ship: 'x' })).toThrow('Run azd provision again');
  const say = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await postprovision('single-zone', {})).toBe(0);
  expect(say.mock.calls.join('')).toContain('Nothing is left to deploy');
  say.mockRestore();
});
