import { TerraformLocal } from 'cdktf';
import type { Construct } from 'constructs';
import type { Settings } from './settings';

/** Declares the organization as a local value, once for a stack: a precondition has to refer to something declared. */
export function declareOrganization(scope: Construct, { organization = '' }: Settings): void {
  new TerraformLocal(scope, 'organization', organization);
}

/**
 * Stops a plan without an organization: names that are unique across Azure would follow from workload, environment and variant
 * alone, and whoever keeps those of `settings.ts` would ask for the same vault.
 */
export const preconditionOnOrganization = [
  {
    condition: '${!contains(["", "example"], local.organization)}',
    errorMessage:
      "organization is missing: put a word of your own into settings.ts, as in organization: 'contoso', and synthesize again. It keeps your names apart from everybody's that are unique across Azure. A deployment that was made before this setting keeps its names with organization: 'none'.",
  },
];
