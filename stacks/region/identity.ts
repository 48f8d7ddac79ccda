import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Place } from '../monitoring/place';

/** Built-in roles, by what this project needs them for. @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
const roles = {
  writeSecrets: 'Key Vault Secrets Officer',
  writeCertificates: 'Key Vault Certificates Officer',
  readPackage: 'Storage Blob Data Reader',
  writePackage: 'Storage Blob Data Contributor',
  sendTelemetry: 'Monitoring Metrics Publisher',
} as const;

export type Granted = keyof typeof roles;

export interface RegionIdentityProps {
  readonly place: Place;
  /** What the identity is for, as a part of its name: `app`, `gateway`. */
  readonly role: string;
  /** What it is granted on the region's resource group. */
  readonly grants: readonly Granted[];
}

/**
 * An identity for one role in one region, with what it is granted on the region's resource group.
 *
 * User-assigned, so that it exists with its rights before the resource that uses it. Rights are on the group, so that they are
 * there and known before the resource that they are for; only secrets are named one by one.
 */
export class RegionIdentity extends Construct {
  readonly identity: UserAssignedIdentity;
  /** What must be there before the identity can do its work. */
  readonly assignments: ITerraformDependable[];

  private readonly role: string;

  constructor(scope: Construct, id: string, { place, role, grants }: RegionIdentityProps) {
    super(scope, id);
    this.role = role;
    this.identity = new UserAssignedIdentity(this, 'resource', {
      name: place.name('managedIdentity', role, place.location),
      location: place.location,
      resourceGroupName: place.resourceGroupName,
      tags: place.tags,
    });
    this.assignments = grants.map((what) => grant(this, place, what, this.identity.principalId, role));
  }

  /**
   * Grants the identity one secret to read, or the certificate behind a secret of that name, and no other: the app must
   * not read the gateway's private key, nor the gateway what signs sessions.
   *
   * @param vaultId resource id of the vault; the secret may be made later
   */
  mayRead(vaultId: string, secret: string): void {
    const id = `may_read_${secret.replaceAll('-', '_')}`;
    // A secret may be called as what else it reads: package.
    const taken = this.node.tryFindChild(id) !== undefined;
    this.assignments.push(
      new RoleAssignment(this, taken ? `${id}_secret` : id, {
        scope: `${vaultId}/secrets/${secret}`,
        roleDefinitionName: 'Key Vault Secrets User',
        principalId: this.identity.principalId,
        description: `${this.role}: read ${secret}.`,
      }),
    );
  }

  /** Lets the identity pull images from an Azure Container Registry. */
  mayPull(registryId: string): void {
    this.assignments.push(
      new RoleAssignment(this, 'may_pull_images', {
        scope: registryId,
        roleDefinitionName: 'AcrPull',
        principalId: this.identity.principalId,
        description: `${this.role}: pull images.`,
      }),
    );
  }
}

/** Grants a principal a role on the region's group. The construct's id says which, as in `may_read_secrets`. */
export function grant(scope: Construct, place: Place, what: Granted, principalId: string, who: string): RoleAssignment {
  return new RoleAssignment(scope, `may_${what.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`, {
    scope: place.resourceGroupId,
    roleDefinitionName: roles[what],
    principalId,
    description: `${who}: ${roles[what]} in this region.`,
  });
}
