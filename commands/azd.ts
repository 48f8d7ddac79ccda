import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { refuse } from '../inputError';
import { variants } from '../main';
import { printable } from '../report/printable';
import { settings } from '../settings';
import { exitCodes, exitWith } from './exit';
import { refuseVariant } from './refuseVariant';

/** What the hooks of `azure.yaml` run: the Terraform is written before `azd provision`, and the app is deployed after it. */

/** With a folder for each variant; `azure.yaml` names one. It is written again each time, so that a changed setting arrives. */
export const azdFolder = 'cdktf.out/azd';

/** @param env as azd sets it for a hook */
export async function preprovision(variant: string, env: NodeJS.ProcessEnv = process.env): Promise<number> {
  checkVariant(variant);
  const { AZURE_LOCATION: asked } = env;
  const [first] = settings.regions;
  if (asked && first && asked !== first.location)
    process.stderr.write(
      `warning: azd was given the location ${printable(asked)}, which it uses for nothing here: the regions are those of settings.ts, ${first.location} first.\n`,
    );
  fs.rmSync(path.join(azdFolder, variant), { recursive: true, force: true });
  return (await import('./work/export')).exportWords([variant], { out: azdFolder, azd: true });
}

/** @throws InputError for what names no variant: a folder of that name is removed */
function checkVariant(variant: string): void {
  const [name = ''] = variant.split(/[,@]/);
  if (!Object.hasOwn(variants, name) || /[\\/]/.test(variant)) throw refuseVariant(variant, 'azure.yaml names it.');
}

/** @param env with the outputs of Terraform, as azd sets it for a hook */
export async function postprovision(variant: string, env: NodeJS.ProcessEnv = process.env): Promise<number> {
  checkVariant(variant);
  const outputs = outputsIn(env);
  if (outputs === null) {
    process.stderr.write('Nothing is left to deploy: Terraform brought the code, or you do (settings.ts: package).\n');
    return exitCodes.done;
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-azd-'));
  const file = path.join(folder, 'outputs.json');
  try {
    fs.writeFileSync(file, outputs);
    return await (await import('./work/ship')).shipWords([variant], { out: 'cdktf.out', outputs: file, wait: '600' });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** As `terraform output -json` prints them, as far as shipping reads them; null: the code does not arrive by shipping. */
export function outputsIn({ ship }: NodeJS.ProcessEnv): string | null {
  if (!ship) return null;
  try {
    return JSON.stringify({ ship: { value: JSON.parse(ship) } });
  } catch {
    throw refuse('ship', 'the output of that name as JSON', ship, 'Run azd provision again.');
  }
}

const hooks: Readonly<Record<string, (variant: string) => Promise<number>>> = { preprovision, postprovision };

if (require.main === module)
  void exitWith(async () => {
    const [name = '', variant = ''] = process.argv.slice(2);
    const hook = Object.hasOwn(hooks, name) ? hooks[name] : undefined;
    if (!hook) throw refuse('hook', Object.keys(hooks).join(' or '), name, 'azure.yaml runs this.');
    return hook(variant);
  });
