import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Place } from '../monitoring/place';

/** Built-in roles, by what this project needs them for. @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
const roles = {
  readSecrets: 'Key Vault Secrets User',
  writeSecrets: 'Key Vault Secrets Officer',
  writeCertificates: 'Key Vault Certificates Officer',
  readPackage: 'Storage Blob Data Reader',
  writePackage: 'Storage Blob Data Contributor',
  sendTelemetry: 'Monitoring Metrics Publisher',
} as const;

export type Allowed = keyof typeof roles;

/**
 * An identity for one role in one region, with what it is allowed on the region's resource group.
 *
 * User-assigned, so that it exists with its rights before the resource that uses it. Rights are on the group, because a
 * right on the resource could only be given after it was made, and the first read would then race its propagation.
 */
export class RegionIdentity extends Construct {
  readonly identity: UserAssignedIdentity;
  /** What must be there before the identity can do its work. */
  readonly assignments: readonly ITerraformDependable[];

  /** @param role what the identity is for, as a part of its name: `app`, `gateway` */
  constructor(scope: Construct, id: string, place: Place, role: string, allowed: readonly Allowed[]) {
    super(scope, id);
    this.identity = new UserAssignedIdentity(this, 'resource', {
      name: place.name('managedIdentity', role, place.location),
      location: place.location,
      resourceGroupName: place.resourceGroupName,
      tags: place.tags,
    });
    this.assignments = allowed.map((what) => allow(this, place, what, this.identity.principalId, role));
  }
}

/** Allows a principal something on the region's group. The construct's id says what, as in `may_read_secrets`. */
export function allow(scope: Construct, place: Place, what: Allowed, principalId: string, who: string): RoleAssignment {
  return new RoleAssignment(scope, `may_${what.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`, {
    scope: place.resourceGroupId,
    roleDefinitionName: roles[what],
    principalId,
    description: `${who}: ${roles[what]} in this region.`,
  });
}
