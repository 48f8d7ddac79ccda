import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { KeyVault } from '@cdktf/provider-azurerm/lib/key-vault';
import { KeyVaultCertificate } from '@cdktf/provider-azurerm/lib/key-vault-certificate';
import { KeyVaultSecret } from '@cdktf/provider-azurerm/lib/key-vault-secret';
import { type ITerraformDependable, type Precondition, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { alert } from '../monitoring/alerts';
import { diagnose } from '../monitoring/diagnostics';
import type { WatchedPlace } from '../monitoring/place';
import { preconditionOnOrganization } from '../organization';
import { certificateName, type secretLetters, sessionSecretName } from '../secretNames';
import { isPrivate } from '../settings/access';
import { preconditionOnDeployer } from './deployer';
import type { Network } from './network/network';
import { PrivateAccess } from './network/privateAccess';

export interface SecretsProps {
  readonly place: WatchedPlace;
  readonly network: Network;
  /** The deployer's rights, without which nothing can be written into the vault. */
  readonly deployerRights: readonly ITerraformDependable[];
  /** The region whose secrets are the original; without it, this one's are. */
  readonly copyOf: Secrets | undefined;
}

/**
 * How long a deleted vault and its secrets can be brought back, and that nobody can purge them before; the name is held as long.
 * The same for a trial, because neither can be taken back: docs/decisions/vault-retention.md.
 */
const retention = { softDeleteRetentionDays: 90, purgeProtectionEnabled: true };

/**
 * The region's Key Vault with the secrets that sign sessions.
 *
 * The secrets' values exist in vaults only. They are made while Terraform applies, passed on as write-only arguments
 * (Terraform 1.11), and copied between regions through ephemeral resources, so neither state nor plan holds them.
 */
export class Secrets extends Construct {
  readonly vault: KeyVault;
  readonly access: PrivateAccess;
  private readonly sessionSecrets: Record<(typeof secretLetters)[number], KeyVaultSecret>;
  private readonly rights: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { place, network, deployerRights, copyOf }: SecretsProps) {
    super(scope, id);
    const { name, location, resourceGroupName, settings, tags } = place;
    this.rights = deployerRights;
    this.vault = new KeyVault(this, 'resource', {
      name: name('keyVault', location),
      location,
      resourceGroupName,
      tenantId: new DataAzurermClientConfig(this, 'tenant').tenantId,
      skuName: 'standard',
      ...retention,
      // Reachable for the deployer's addresses alone, or for none; Application Gateway reads its certificate as a trusted service.
      publicNetworkAccessEnabled: !isPrivate(settings),
      networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [...settings.deployerAddresses] },
      lifecycle: {
        precondition: [...preconditionOnOrganization(this, settings), ...preconditionOnDeployer(this, settings)],
      },
      dependsOn: [...deployerRights],
      tags,
    });
    // Renamed in azurerm 4.42 and required by name from version 5; the binding knows the old name only.
    this.vault.addOverride('rbac_authorization_enabled', true);
    this.access = new PrivateAccess(this, 'access', { place, network, service: 'keyVault', resourceId: this.vault.id });
    diagnose(this, 'logs', 'Microsoft.KeyVault/vaults', this.vault.id, place.workspaceId);
    alert(this, 'Microsoft.KeyVault/vaults', this.vault.id, place);

    const secret = (letter: (typeof secretLetters)[number]) =>
      new KeyVaultSecret(this, `session_secret_${letter}`, {
        name: sessionSecretName(letter),
        keyVaultId: this.vault.id,
        contentType: 'signs sessions',
        // uuid() is new at every apply; a write-only argument is sent only when its version rises.
        valueWo: copyOf ? copyOf.ephemeralValue(letter) : '${sha512("${uuid()}${uuid()}")}',
        valueWoVersion: settings.sessionSecret.versions[letter],
        dependsOn: [...deployerRights, this.access.endpoint],
        tags,
      });
    this.sessionSecrets = { a: secret('a'), b: secret('b') };
  }

  /** App settings that name the secrets without their versions: App Service takes up a new one within a day. */
  appSettings(signs: 'a' | 'b'): Record<string, string> {
    const reference = (letter: 'a' | 'b') =>
      `@Microsoft.KeyVault(SecretUri=${this.sessionSecrets[letter].versionlessId})`;
    return { SESSION_SECRET: reference(signs), SESSION_SECRET_PREVIOUS: reference(signs === 'a' ? 'b' : 'a') };
  }

  /** App settings that read secrets of this vault, given the name of each secret by that of its setting. */
  references(secrets: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(secrets).map(([setting, secret]) => [
        setting,
        `@Microsoft.KeyVault(SecretUri=${this.vault.vaultUri}secrets/${secret})`,
      ]),
    );
  }

  /** A certificate that Key Vault signs itself, for a trial. Browsers warn; everything else is as with a real one. */
  selfSignedCertificate(host: string, precondition: readonly Precondition[] = []): KeyVaultCertificate {
    return new KeyVaultCertificate(this, 'certificate', {
      name: certificateName,
      keyVaultId: this.vault.id,
      certificatePolicy: {
        issuerParameters: { name: 'Self' },
        keyProperties: { exportable: true, keyType: 'RSA', keySize: 2048, reuseKey: false },
        secretProperties: { contentType: 'application/x-pkcs12' },
        lifetimeAction: [{ action: { actionType: 'AutoRenew' }, trigger: { daysBeforeExpiry: 30 } }],
        x509CertificateProperties: {
          // A common name takes 64 characters, a host up to 253: clients look at the alternative names.
          subject: 'CN=shop-gateway',
          subjectAlternativeNames: { dnsNames: [host] },
          keyUsage: ['digitalSignature', 'keyEncipherment'],
          // Server authentication.
          extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
          validityInMonths: 12,
        },
      },
      ...(precondition.length > 0 && { lifecycle: { precondition: [...precondition] } }),
      dependsOn: [...this.rights, this.access.endpoint],
      tags: this.vault.tagsInput ?? {},
    });
  }

  /** The value of a secret as an expression that lives for one run of Terraform and is written nowhere. */
  private ephemeralValue(letter: (typeof secretLetters)[number]): string {
    const source = this.sessionSecrets[letter];
    const address = `azurerm_key_vault_secret.${source.friendlyUniqueId}`;
    // CDKTF has no class for ephemeral resources. By the reference, the secret is read after it is written. Terraform reads in a
    // plan what it knows the place of: uuid() is unknown until the apply, so a plan never opens a vault, and a runner with
    // read rights and no way to it can make one.
    // https://developer.hashicorp.com/terraform/language/block/ephemeral
    TerraformStack.of(this).addOverride(`ephemeral.${address}`, {
      name: sessionSecretName(letter),
      key_vault_id: `\${join("", [trimsuffix(${address}.resource_versionless_id, "/secrets/${sessionSecretName(letter)}"), substr(uuid(), 0, 0)])}`,
    });
    return `\${ephemeral.${address}.value}`;
  }
}
