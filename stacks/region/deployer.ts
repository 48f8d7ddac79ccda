import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import type { Precondition } from 'cdktf';
import { Construct } from 'constructs';
import { packagesArrive } from '../app';
import type { Place, PlaceSettings } from '../monitoring/place';
import { isPrivate } from '../settings/access';
import { stackLocal } from '../stackLocal';
import { type Granted, grant } from './identity';

export interface DeployerProps {
  readonly place: Place;
}

/** What the person or pipeline that runs Terraform needs in a region, beyond managing resources. */
export class Deployer extends Construct {
  readonly rights: readonly RoleAssignment[];

  constructor(scope: Construct, id: string, { place }: DeployerProps) {
    super(scope, id);
    const named = place.settings.deployerObjectId;
    const objectId = named ?? new DataAzurermClientConfig(this, 'current').objectId;
    const needs: readonly Granted[] = [
      'writeSecrets',
      'writeCertificates',
      ...(packagesArrive(place.settings) ? (['writePackage'] as const) : []),
    ];
    this.rights = needs.map((what) => grant(this, place, what, objectId, 'deployer'));
    // Whoever plans next is somebody else, as on a pull request, and must not take the rights away from who applied.
    if (named === undefined) for (const right of this.rights) right.lifecycle = { ignoreChanges: ['principal_id'] };
  }
}

/**
 * Vault and storage deny everyone else, so without an address the apply would stop half-way with a 403. A build agent in
 * the network needs none, and with private access nobody has one.
 */
export function preconditionOnDeployer(scope: Construct, settings: PlaceSettings): Precondition[] {
  if (isPrivate(settings)) return [];
  const addresses = stackLocal(scope, 'deployer_addresses', [...settings.deployerAddresses]);
  const agents = stackLocal(scope, 'agents_suffice', settings.agentsSuffice ?? false);
  return [
    {
      condition: `\${length(${addresses}) > 0 || ${agents}}`,
      errorMessage:
        'deployerAddresses is empty: put the public address from which you run Terraform into settings.ts, and synthesize again. Every later plan must run from an allowed address, too. With agentsSubnet and one region it may be emptied after the first apply, which makes that subnet.',
    },
  ];
}
