/** `npm run drill -- --export azure-load-testing`: writes a load test whose shoppers are those of the drill. Nothing is started. */

import path from 'node:path';
import type { Deployment } from '../architecture/deployment';
import { isFaultName } from '../drill/faults';
import { configurationFile, exportedFiles } from '../drill/scale/exported';
import { beyondEngines, planScale, usualAtScale } from '../drill/scale/plan';
import { reachOf } from '../drill/scale/publicAddress';
import { checkFolder, writeFolder } from '../drill/scale/writeFolder';
import { InputError, refuse } from '../inputError';
import { userAssignedIdentityId } from '../stacks/settings/resourceId';
import { drilledDeployments, type Stated } from './drillDeployments';
import { addressOf, secondsOf } from './drillUrl';
import { exportTargets } from './drillWords';
import { exitCodes } from './exit';
import { print } from './program';
import { refuseVariant } from './refuseVariant';

export interface ExportOptions {
  readonly export?: string;
  readonly out?: string;
  readonly seed: number;
  readonly shoppers?: number;
  readonly url?: string;
  readonly watch?: string;
  readonly ledgerSecret?: string;
  readonly secretIdentity?: string;
}

/** Each variant has a folder of its own in it. */
const usualFolder = 'cdktf.out/load-test';

const usualWatch = '10m';

/** As placeholders of `settings.ts` have them: nobody may load these. */
const placeholder = /(^|\.)example(\.(com|net|org))?$/;

/** @throws InputError before anything is written */
export async function exportLoadTests(
  words: readonly string[],
  stated: Stated,
  options: ExportOptions,
): Promise<number> {
  const { out = usualFolder, seed, shoppers = usualAtScale, url, watch = usualWatch } = options;
  if (!exportTargets.includes(options.export ?? ''))
    throw refuse('--export', exportTargets.join(' or '), options.export, 'It runs Locust, as any other machine can.');
  const faults = words.filter(isFaultName);
  if (faults.length > 0)
    throw new InputError(
      `--export breaks nothing, so it takes no fault, got: ${faults.join(', ')}. Name it with --collect, when you know what broke.`,
    );
  if (words.length === 0)
    throw refuseVariant(undefined, 'As in npm run drill -- --export azure-load-testing zone-redundant.');
  const watchSeconds = secondsOf(watch);
  const beyond = beyondEngines({ shoppers, watchSeconds });
  if (beyond !== null) throw new InputError(`--export: ${beyond}. Give fewer --shoppers, or a shorter --watch.`);
  const secrets = secretsOf(options);
  const { deployments } = await drilledDeployments(words, stated);
  if (url !== undefined && deployments.length > 1)
    throw refuse(
      '--url',
      'left out with several variants',
      url,
      'One address leads to one of them: export them one by one.',
    );
  const tests = deployments.map((deployment) => {
    const plan = planScale(deployment, { seed, shoppers, watchSeconds, address: addressFor(deployment, url) });
    return { plan, folder: path.join(out, folderName(deployment.name)), files: exportedFiles(plan, secrets) };
  });
  for (const { folder, files } of tests) checkFolder(folder, files.keys());
  for (const { folder, files } of tests) writeFolder(folder, files);
  for (const { plan, folder } of tests)
    await print(
      `${plan.variant}  ${path.join(folder, configurationFile)}  ${plan.shoppers} shoppers on ${plan.engines} ${plan.engines === 1 ? 'engine' : 'engines'} at ${plan.address}\n`,
    );
  return exitCodes.done;
}

/** @throws InputError where nobody outside its network reaches it, or its address is unknown */
function addressFor(deployment: Deployment, url: string | undefined): string {
  const { refusal, hosts } = reachOf(deployment);
  if (refusal !== null)
    throw new InputError(
      `${deployment.name} has no public address: ${refusal}. The engines of Azure Load Testing are outside its network: choose an entry that is public.`,
    );
  if (url !== undefined) return addressOf('--url', url).origin;
  const known = hosts.filter((host) => !placeholder.test(host));
  if (known.length === 1) return `https://${known[0]}`;
  const why =
    known.length > 1
      ? `the Terraform has several (${known.join(', ')})`
      : hosts.length > 0
        ? `${hosts.join(', ')} is a placeholder`
        : 'the Terraform leaves it to Azure, and `terraform output url` shows it after an apply';
  throw new InputError(
    `The address of ${deployment.name} is unknown: ${why}. Give it, as in --url https://shop.contoso.com.`,
  );
}

/** One that every file system takes. */
const folderName = (name: string): string => path.basename(name).replace(/[^A-Za-z0-9._@=-]+/g, '-');

/** @throws InputError for a secret's value in place of its name */
function secretsOf({ ledgerSecret, secretIdentity }: ExportOptions) {
  // What was given may be the secret itself, so the message does not show it.
  if (
    ledgerSecret !== undefined &&
    !/^https:\/\/[a-z0-9-]+\.vault\.azure\.net\/secrets\/[A-Za-z0-9-]+(\/[0-9a-f]{32})?$/.test(ledgerSecret)
  )
    throw new InputError(
      '`--ledger-secret` must be the identifier of a secret in Key Vault, https://<vault>.vault.azure.net/secrets/<name>. Put the URL of the container into a vault, and give its name.',
    );
  if (secretIdentity !== undefined && ledgerSecret === undefined)
    throw new InputError('--secret-identity reads the secret of --ledger-secret. Give both, or neither.');
  return { ledgerSecret, secretIdentity: secretIdentity === undefined ? undefined : identityOf(secretIdentity) };
}

/**
 * @returns the id in the case that Azure documents
 * @throws InputError for another id
 */
function identityOf(given: string): string {
  const { success, data, error } = userAssignedIdentityId('load-test').safeParse(given);
  if (success) return data;
  throw refuse(
    '--secret-identity',
    error.issues[0]?.message ?? '',
    given,
    'Leave it out where the load testing resource has an identity of its own.',
  );
}
