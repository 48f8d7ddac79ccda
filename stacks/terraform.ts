import { AzurermBackend, LocalBackend, type TerraformStack } from 'cdktf';
import { usesRedis } from '../sessions/stores';
import { packagesArrive } from './app';
import { azurermVersion } from './azurermMajor';
import { entryKind } from './entry/entries';
import { declareProvider } from './provider';
import type { Settings } from './settings';
import type { Variant } from './variant';

/** The provider, the versions and where state goes. */
export function declareTerraform(stack: TerraformStack, base: string, variant: Variant, settings: Settings): void {
  declareProvider(stack, {
    resourceProviders: settings.registerResourceProviders ? resourceProviders(variant, settings) : undefined,
    version: azurermVersion(settings),
  });
  // Another workload or environment is another deployment, which must not replace this one.
  const name = `${settings.workload}-${settings.environment}-${base}.tfstate`;
  if (settings.state === 'local') {
    // Relative to the folder that Terraform runs in, so that it survives a new synth and names no machine.
    new LocalBackend(stack, { path: `../../../state/${name}` });
  } else {
    const { resourceGroupName, storageAccountName, containerName } = settings.state;
    new AzurermBackend(stack, {
      resourceGroupName,
      storageAccountName,
      containerName,
      key: name,
      useAzureadAuth: true,
    });
  }
}

/**
 * What a variant needs, in the exact case of azurerm's own list: it compares names by case, and only logs a warning for
 * one that Azure does not list so. Two are registered in every subscription: Microsoft.Authorization, Microsoft.Consumption.
 *
 * @see https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.79.0/internal/resourceproviders/required.go
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/azure-services-resource-providers
 */
function resourceProviders({ sessions, entry }: Variant, settings: Settings): string[] {
  const needed = [
    // Fired alerts live here, and so does the rule that Azure adds to Application Insights.
    'Microsoft.AlertsManagement',
    ...(usesRedis(sessions) ? ['Microsoft.Cache'] : []),
    ...entryKind(entry).resourceProviders,
    ...(settings.chaos ? ['Microsoft.Chaos'] : []),
    'Microsoft.KeyVault',
    'Microsoft.ManagedIdentity',
    'Microsoft.Network',
    'Microsoft.OperationalInsights',
    ...(packagesArrive(settings) ? ['Microsoft.Storage'] : []),
    'Microsoft.Web',
    'microsoft.insights',
  ];
  return [...new Set(needed)].sort();
}
