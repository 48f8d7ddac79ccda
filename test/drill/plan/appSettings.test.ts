import { appSettingsOf } from '../../../drill/plan/appSettings';
import { architecture } from '../../support/drill/architectures';

const read = (appSettings: Readonly<Record<string, unknown>>) => {
  const deployment = architecture();
  const [region] = deployment.regions;
  if (!region) throw new Error('the sample has a region');
  const resources = deployment.resources.map((each) => ({ ...each, attributes: { app_settings: appSettings } }));
  return appSettingsOf({ ...deployment, resources }, region.app);
};

test('literals reach the app, wrong ones too', () => {
  const settings = {
    TRUSTED_PROXY_HOPS: '0',
    SESSION_STORE: 'memory',
    SHUTDOWN_GRACE_SECONDS: 25,
    NODE_ENV: 'production',
  };
  expect(read(settings)).toEqual({ stated: { ...settings, SHUTDOWN_GRACE_SECONDS: '25' }, own: [] });
});

test.each([
  ['a reference', 'TRUSTED_PROXY_HOPS', '${var.hops}'],
  ['a template', 'ANY', '%{ if var.on }1%{ endif }'],
  ['a secret of Key Vault', 'ANY', '@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/a)'],
  ['a credential', 'SESSION_SECRET', 'literal'],
  ['the address of another Redis', 'REDIS_URL', 'rediss://cache.example:10000'],
  ['where telemetry goes', 'APPLICATIONINSIGHTS_CONNECTION_STRING', 'InstrumentationKey=1'],
  ['what the machine decides', 'PORT', '80'],
  ['what the platform sets for each instance', 'WEBSITE_INSTANCE_ID', 'a1'],
  ['what makes Node.js load a file', 'NODE_OPTIONS', '--require ./evil.cjs'],
  ['where programs are', 'PATH', '/tmp'],
  ['a proxy', 'https_proxy', 'http://proxy.example'],
  ['what no environment can hold', 'A=B', '1'],
  ['a value that no environment can hold', 'ANY', 'a\0b'],
])('%s does not reach the app, and is named', (_what, name, value) => {
  expect(read({ [name]: value })).toEqual({ stated: {}, own: [name] });
});

test('no settings, or all of them unknown: the app gets its defaults', () => {
  expect(read({})).toEqual({ stated: {}, own: [] });
});
