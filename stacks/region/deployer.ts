import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { type ITerraformDependable, TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { packagesArrive } from '../app';
import type { Place } from '../monitoring/place';
import type { Settings } from '../settings';
import { type Granted, grant } from './identity';

export interface DeployerProps {
  readonly place: Place;
}

/** What the person or pipeline that runs Terraform needs in a region, beyond managing resources. */
export class Deployer extends Construct {
  readonly rights: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { place }: DeployerProps) {
    super(scope, id);
    const { objectId } = new DataAzurermClientConfig(this, 'current');
    const needs: readonly Granted[] = [
      'writeSecrets',
      'writeCertificates',
      ...(packagesArrive(place.settings) ? (['writePackage'] as const) : []),
    ];
    this.rights = needs.map((what) => grant(this, place, what, objectId, 'deployer'));
  }
}

/** What the precondition judges, as local values once for a stack: it has to refer to something declared. */
export function declareDeployer(
  scope: Construct,
  { deployerAddresses, agentsSubnet }: Settings,
  regions: number,
): void {
  new TerraformLocal(scope, 'deployer_addresses', [...deployerAddresses]);
  // An agent resolves the private names of its own region only.
  new TerraformLocal(scope, 'agents_suffice', agentsSubnet && regions === 1);
}

/**
 * Vault and storage deny everyone else, so without an address the apply would stop half-way with a 403. A build agent in
 * the network needs none, and with private access nobody has one.
 */
export const preconditionOnDeployer = (settings: Settings) => (isPrivate(settings) ? [] : addressNeeded);

/** Whether vault, storage and deployment site are reached from inside the network alone. */
export const isPrivate = ({ access = 'addresses' }: Settings): boolean => access === 'private';

const addressNeeded = [
  {
    condition: '${length(local.deployer_addresses) > 0 || local.agents_suffice}',
    errorMessage:
      'deployerAddresses is empty: put the public address from which you run Terraform into settings.ts, and synthesize again. Every later plan must run from an allowed address, too. With agentsSubnet and one region it may be emptied after the first apply, which makes that subnet.',
  },
];
