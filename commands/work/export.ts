import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { withAzdFiles } from '../../export/azd';
import { checkFolder, withStateSeenFrom, writeFolder } from '../../export/folder';
import { exportTerraform } from '../../export/terraform';
import { variants } from '../../main';
import { checkRequest } from '../../synthesis/request';
import { synthesizeWithApp } from '../../synthesis/synthesizeWithApp';
import { type EnvironmentOption, settingsFor } from '../environments';
import { exitCodes } from '../exit';
import { print } from '../program';
import { refuseVariant } from '../refuseVariant';

const stacks = 'cdktf.out/stacks';

export interface ExportOptions extends EnvironmentOption {
  readonly out: string;
  /** Whether what the Azure Developer CLI reads is written as well. Default: - it is not. */
  readonly azd?: boolean;
}

/**
 * Writes the variants that the words of a command ask for as plain Terraform, each into a folder of its own.
 *
 * @returns exit code
 * @throws InputError before anything is written
 */
export async function exportWords(
  words: readonly string[],
  { out, environment, azd = false }: ExportOptions,
): Promise<number> {
  if (words.length === 0) throw refuseVariant(undefined, 'As in npm run export zone-redundant.');
  const read = await settingsFor(words, environment);
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-export-'));
  try {
    const request = { variants, ...read, environment, words, outdir };
    const asked = checkRequest(request).asked.map((one) => ({ ...one, folder: path.join(out, one.label) }));
    for (const { folder } of asked) checkFolder(folder);
    const written = await synthesizeWithApp(request);
    for (const { label, folder, settings: own } of asked) {
      const { file = '' } = written.find((one) => one.label === label) ?? {};
      const document = withStateSeenFrom(JSON.parse(fs.readFileSync(file, 'utf8')), path.join(stacks, label), folder);
      const beside = fs.readdirSync(path.dirname(file)).map((name) => path.join(path.dirname(file), name));
      const { domain, ...values } = own;
      const host = domain === 'none' ? null : domain.host;
      const plain = exportTerraform(document, { ...values, host }, label);
      const exported = azd ? withAzdFiles(plain) : plain;
      const text = [...exported.files.values()].join();
      writeFolder(
        folder,
        exported,
        beside.filter((one) => one !== file && text.includes(path.basename(one))),
      );
      await print(`${label}  ${path.normalize(folder)}\n`);
    }
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
  return exitCodes.done;
}
