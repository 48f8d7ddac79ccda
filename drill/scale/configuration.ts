/** `config.yaml`: the load test as Azure Load Testing reads it. */

import { stringify } from 'yaml';
import { type ScalePlan, spawnRateOf, totalSeconds } from './plan';

/** Names of what the engines read, beside each other without folders, as the service lays them out. */
export const engineFiles = {
  script: 'locustfile.py',
  module: 'shopper.py',
  cookies: 'cookies.py',
  plan: 'drill.json',
} as const;

/** The secret that the script reads from the environment: see `locustfile.py`. */
const uploadSecret = 'LEDGER_CONTAINER_URL';

export interface ConfigurationOptions {
  /** Secret in Key Vault that holds the URL of a blob container with a shared access signature; undefined: logs are enough. */
  readonly ledgerSecret?: string | undefined;
  /** Resource id of the user-assigned identity that reads it; undefined: the load testing resource's own. */
  readonly secretIdentity?: string | undefined;
}

/**
 * Keys and their meaning: the service's reference of the file, read November 2026. What starts with `LOCUST_` are Locust's own
 * names of its options.
 * @see https://learn.microsoft.com/azure/load-testing/reference-test-config-yaml
 * @see https://docs.locust.io/en/stable/configuration.html
 */
export function configurationOf(plan: ScalePlan, { ledgerSecret, secretIdentity }: ConfigurationOptions = {}): string {
  const { shoppers, engines, address, variant, seed } = plan;
  const configuration = {
    version: 'v0.1',
    testId: testIdOf(plan),
    displayName: shortened(`Steadystate drill, ${variant}`, 50),
    description: shortened(`${shoppers} shoppers, seed ${seed}: what is acknowledged must be found again.`, 100),
    testType: 'Locust',
    testPlan: engineFiles.script,
    engineInstances: engines,
    configurationFiles: [engineFiles.module, engineFiles.cookies, engineFiles.plan],
    env: [
      { name: 'LOCUST_HOST', value: address },
      { name: 'LOCUST_USERS', value: String(shoppers) },
      { name: 'LOCUST_SPAWN_RATE', value: String(spawnRateOf(plan)) },
      { name: 'LOCUST_RUN_TIME', value: `${totalSeconds(plan)}s` },
    ],
    ...(ledgerSecret !== undefined && { secrets: [{ name: uploadSecret, value: ledgerSecret }] }),
    ...(secretIdentity !== undefined && { keyVaultReferenceIdentity: secretIdentity }),
    failureCriteria: [
      'ledger-cart-kept: percentage(error) > 0',
      'ledger-adds-kept: percentage(error) > 0',
      // A run in which not everybody was asked proves nothing.
      `ledger-cart-kept: count(requests) < ${shoppers}`,
    ],
    // Requests fail while something is broken, and a test that stops then is never audited.
    autoStop: 'disable',
  };
  return stringify(configuration, { lineWidth: 0 });
}

/** 2 to 50 of a-z, 0-9, `_` and `-`. The same for every export of a variant, so that its runs can be compared. */
function testIdOf({ variant }: Pick<ScalePlan, 'variant'>): string {
  const words = `drill-${variant}`.toLowerCase().replace(/[^a-z0-9_-]+/g, '-');
  return words.slice(0, 50).replace(/-+$/, '');
}

const shortened = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
