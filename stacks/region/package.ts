import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { StorageBlob } from '@cdktf/provider-azurerm/lib/storage-blob';
import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import type { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { arrivalOf, slotPackageOf } from '../app';
import { diagnose } from '../monitoring/diagnostics';
import type { WatchedPlace } from '../monitoring/place';
import { isPrivate } from '../settings/access';
import { preconditionOnDeployer } from './deployer';
import type { Network } from './network/network';
import { PrivateAccess } from './network/privateAccess';
import { slotZipFile, zipFile } from './packageFiles';

export interface PackageProps {
  readonly place: WatchedPlace;
  readonly network: Network;
  readonly hash: string;
  /** Of the package that the slot runs, where the settings name one. Left out: none. */
  readonly slotHash?: string | undefined;
  /** Zone redundant where the region has zones, otherwise copies in one place. */
  readonly zoneRedundant: boolean;
  readonly deployerRights: readonly ITerraformDependable[];
}

/**
 * Storage for the app's packages that is zone redundant, and has no keys and no public blobs.
 *
 * With `package: 'onedeploy'` it is empty until `npm run ship`, and Terraform declares nothing that a shipment changes: neither a
 * blob nor an app setting. With `'blob'` Terraform uploads the zip, and the app runs from it by URL and identity, which is
 * documented without excluding Linux and was not tried there.
 *
 * @see https://learn.microsoft.com/azure/app-service/deploy-zip#deploy-to-network-secured-apps
 * @see https://learn.microsoft.com/azure/app-service/deploy-run-package
 */
export class Package extends Construct {
  readonly access: PrivateAccess;
  /** Resource id of the storage account. */
  readonly accountId: string;
  /** Name of the container that keeps the packages. */
  readonly containerName: string;
  /** The zip, where Terraform uploads it: with the setting `package: 'blob'`. */
  private readonly blob: StorageBlob | undefined;

  /** The slot's, where it is another one. */
  private readonly slotBlob: StorageBlob | undefined;

  private readonly hash: string;
  private readonly slotHash: string;

  constructor(
    scope: Construct,
    id: string,
    { place, network, hash, slotHash = '', zoneRedundant, deployerRights }: PackageProps,
  ) {
    super(scope, id);
    this.hash = hash;
    this.slotHash = slotHash;
    const { name, location, resourceGroupName, settings, workspaceId, tags } = place;
    const account = new StorageAccount(this, 'resource', {
      name: name('storageAccount', location),
      location,
      resourceGroupName,
      accountKind: 'StorageV2',
      accountTier: 'Standard',
      accountReplicationType: zoneRedundant ? 'ZRS' : 'LRS',
      minTlsVersion: 'TLS1_2',
      httpsTrafficOnlyEnabled: true,
      sharedAccessKeyEnabled: false,
      defaultToOauthAuthentication: true,
      allowNestedItemsToBePublic: false,
      localUserEnabled: false,
      crossTenantReplicationEnabled: false,
      // Reachable for the deployer's addresses alone, or for none: Terraform uploads from there.
      publicNetworkAccessEnabled: !isPrivate(settings),
      networkRules: { defaultAction: 'Deny', bypass: ['None'], ipRules: [...settings.deployerAddresses] },
      lifecycle: { precondition: preconditionOnDeployer(this, settings) },
      tags,
    });
    this.access = new PrivateAccess(this, 'access', { place, network, service: 'blobs', resourceId: account.id });
    diagnose(
      this,
      'logs',
      'Microsoft.Storage/storageAccounts/blobServices',
      `${account.id}/blobServices/default`,
      workspaceId,
    );
    const container = new StorageContainer(this, 'container', {
      name: 'packages',
      // By id, which uses the management plane: by name it would want the account's key.
      storageAccountId: account.id,
      containerAccessType: 'private',
    });
    this.accountId = account.id;
    this.containerName = container.name;
    if (arrivalOf(settings) !== 'blob') return;
    const upload = (part: string, name: string, file: string) =>
      new StorageBlob(this, part, {
        name,
        storageAccountName: account.name,
        storageContainerName: container.name,
        type: 'Block',
        contentType: 'application/zip',
        source: `\${path.module}/${file}`,
        lifecycle: { createBeforeDestroy: true },
        dependsOn: [...deployerRights, this.access.endpoint],
      });
    // A new package is a new blob, so instances that start during a deployment find the one that their settings name. The
    // slot's has a name of its own, so that a package may move from one to the other in one apply.
    this.blob = upload('zip', `shop-${hash}.zip`, zipFile);
    if (slotPackageOf(settings) !== undefined)
      this.slotBlob = upload('staging_zip', `staging-${slotHash}.zip`, slotZipFile);
  }

  /** App settings that run the app from the zip, where Terraform uploads it. */
  appSettings(): Record<string, string> {
    return this.blob ? { WEBSITE_RUN_FROM_PACKAGE: this.blob.url, PACKAGE_HASH: this.hash } : {};
  }

  /** The slot's, where it runs another zip. */
  slotSettings(): Record<string, string> | undefined {
    return this.slotBlob && { WEBSITE_RUN_FROM_PACKAGE: this.slotBlob.url, PACKAGE_HASH: this.slotHash };
  }

  /** The app setting that says which identity reads the zip. */
  identitySettings(identity: UserAssignedIdentity): Record<string, string> {
    return this.blob ? { WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID: identity.id } : {};
  }
}
