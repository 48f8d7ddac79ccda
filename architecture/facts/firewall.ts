import { booleanOf, textOf } from '../arguments';
import type { FirewallFacts } from '../deployment';
import type { TerraformDocument, TerraformResource } from '../terraform';

/** A policy of a web application firewall. */
export const firewall = (
  policy: TerraformResource,
  enabled: string,
  mode: string,
  document: TerraformDocument,
): FirewallFacts => ({
  address: policy.address,
  enabled: booleanOf(policy, enabled, document, true),
  // azurerm's default.
  mode: textOf(policy, mode, document, 'Prevention'),
});
