import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import type { TerraformStack } from 'cdktf';

export interface ProviderOptions {
  /** To register, as azurerm writes them. Left out: none. */
  readonly resourceProviders?: readonly string[] | undefined;
  /** As in `required_providers`. Left out: `~> 4.79`, of which the documentation was read. */
  readonly version?: string;
}

/** The azurerm provider and the versions that the constructs need: everything with Entra, and nothing from a data plane that is closed. */
export function declareProvider(
  stack: TerraformStack,
  { resourceProviders, version = '~> 4.79' }: ProviderOptions = {},
): AzurermProvider {
  const provider = new AzurermProvider(stack, 'azurerm', {
    // With shared keys off, creating a storage account would otherwise wait for a data plane that refuses.
    // Azure adds an alert rule and an action group to Application Insights, which Terraform does not know: destroy would
    // stop at a group that still holds them. Why not disable_generated_rule: docs/decisions/generated-alert-rule.md.
    features: [
      { storage: [{ dataPlaneAvailable: false }], resourceGroup: [{ preventDeletionIfContainsResources: false }] },
    ],
    storageUseAzuread: true,
    // The provider's own list registers some sixty namespaces; a deployer needs rights for those used here only.
    resourceProviderRegistrations: 'none',
    ...(resourceProviders && { resourceProvidersToRegister: [...resourceProviders] }),
  });
  // The binding asks for the azurerm that it was generated from; newer 4.x accept what older ones declare, and azurermMajor.ts
  // knows what 5 calls otherwise.
  stack.addOverride('terraform.required_providers.azurerm', { source: 'hashicorp/azurerm', version });
  stack.addOverride('terraform.required_version', '>= 1.11.0');
  return provider;
}
