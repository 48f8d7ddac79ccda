import type { Firewall } from '../entryLayers';
import { booleanOf, textOf } from '../terraform/arguments';
import type { TerraformDocument, TerraformResource } from '../terraform/document';
import { firewallDefaults } from './defaults';

/** A policy of a web application firewall. */
export const readFirewall = (
  policy: TerraformResource,
  enabled: string,
  mode: string,
  document: TerraformDocument,
): Firewall => ({
  address: policy.address,
  enabled: booleanOf(policy, enabled, document, firewallDefaults.enabled),
  mode: textOf(policy, mode, document, firewallDefaults.mode),
});
