import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { InputError } from '../../inputError';
import { variants } from '../../main';
import { synthesize } from '../../synthesis/synthesize';
import { synthesizeWithApp } from '../../synthesis/synthesizeWithApp';
import { settings } from '../support/settings';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-deployable-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const own = { ...settings, certificate: { keyVaultSecretId: 'https://corp.vault.azure.net/secrets/shop' } };
const ask = (outdir: string, ...words: string[]) => ({
  variants,
  settings: own,
  words,
  outdir: path.join(scratch, outdir),
});

test('a certificate in a vault of your own that nobody may read is refused for deployment behind a gateway, and nothing is written', async () => {
  const refused = synthesizeWithApp(ask('gateway', 'single-zone', 'zone-redundant'));
  await expect(refused).rejects.toThrow(InputError);
  await expect(refused).rejects.toThrow(
    '`certificate` must be with keyVaultId or identityId behind a gateway (zone-redundant), got: {"keyVaultSecretId":"https://corp.vault.azure.net/secrets/shop"}. Nothing lets the gateway read it: add the id of the vault, in which its new identity is then granted the secret, or that of an identity which may read it already, to settings.ts.',
  );
  expect(fs.existsSync(path.join(scratch, 'gateway'))).toBe(false);
});

test('it does not matter to variants without a gateway', async () => {
  const words = ['single-zone', 'multi-region-sticky'];
  expect((await synthesizeWithApp(ask('others', ...words))).map(({ label }) => label)).toEqual(words);
});

test('it can still be reviewed, compared and drilled', () =>
  expect(synthesize(ask('read', 'zone-redundant'))).toHaveLength(1));
