import type { Precondition } from 'cdktf';
import type { Construct } from 'constructs';
import type { Settings } from './settings';
import { stackLocal } from './stackLocal';

/**
 * Stops a plan without an organization: names that are unique across Azure would follow from workload, environment and variant
 * alone, and whoever keeps those of `settings.ts` would ask for the same vault.
 */
export const preconditionOnOrganization = (
  scope: Construct,
  { organization = '' }: Pick<Settings, 'organization'>,
): Precondition[] => [
  {
    condition: `\${!contains(["", "example"], ${stackLocal(scope, 'organization', organization)})}`,
    errorMessage:
      "organization is missing: put a word of your own into settings.ts, as in organization: 'contoso', and synthesize again. It keeps your names apart from everybody's that are unique across Azure. A deployment that was made before this setting keeps its names with organization: 'none'.",
  },
];
