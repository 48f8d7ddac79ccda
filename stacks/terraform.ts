import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { AzurermBackend, LocalBackend, type TerraformStack } from 'cdktf';
import { usesRedis } from '../sessions/stores';
import { entryKind } from './entry/entries';
import type { Settings } from './settings';
import type { Variant } from './variant';

/** The provider, the versions and where state goes. */
export function declareTerraform(stack: TerraformStack, base: string, variant: Variant, settings: Settings): void {
  new AzurermProvider(stack, 'azurerm', {
    // With shared keys off, creating a storage account would otherwise wait for a data plane that refuses.
    // And Application Insights would make an alert rule that Terraform does not know, at which destroy stops.
    features: [{ storage: [{ dataPlaneAvailable: false }], applicationInsights: [{ disableGeneratedRule: true }] }],
    storageUseAzuread: true,
    // The provider's own list registers some sixty namespaces; a deployer needs rights for those used here only.
    resourceProviderRegistrations: 'none',
    ...(settings.registerResourceProviders && { resourceProvidersToRegister: resourceProviders(variant, settings) }),
  });
  // The binding asks for the azurerm that it was generated from; newer 4.x accept what older ones declare.
  stack.addOverride('terraform.required_providers.azurerm', { source: 'hashicorp/azurerm', version: '~> 4.79' });
  stack.addOverride('terraform.required_version', '>= 1.11.0');
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

function resourceProviders({ sessions, entry }: Variant, settings: Settings): string[] {
  const needed = [
    ...(usesRedis(sessions) ? ['Microsoft.Cache'] : []),
    ...entryKind(entry).resourceProviders,
    'Microsoft.Insights',
    'Microsoft.KeyVault',
    'Microsoft.ManagedIdentity',
    'Microsoft.Network',
    'Microsoft.OperationalInsights',
    ...(settings.package === 'blob' ? ['Microsoft.Storage'] : []),
    'Microsoft.Web',
  ];
  return [...new Set(needed)].sort();
}
