import type { Firewall } from '../entryLayers';
import { isUnknown } from '../known';
import { booleanOf, innerBlocks, requiredText, textOf, unknown } from '../terraform/arguments';
import type { TerraformDocument, TerraformResource } from '../terraform/document';
import { named, unresolved } from '../terraform/references';
import { firewallDefaults } from './defaults';
import { readFirewall } from './firewall';

/** The firewall of an Application Gateway: a policy, or the older block inside the gateway. */
export function gatewayFirewall(gateway: TerraformResource, document: TerraformDocument): Firewall | null {
  const argument = 'firewall_policy_id';
  const listeners = innerBlocks(gateway, 'http_listener');
  const apart = isUnknown(listeners)
    ? undefined
    : listeners.find(({ body }) => typeof body[argument] === 'string' && body[argument] !== '');
  if (apart) {
    const why = unknown(apart, argument, 'is a policy of that listener alone, which is not read');
    return { address: gateway.address, enabled: why, mode: why };
  }
  const policy = named(gateway, argument, document, ['azurerm_web_application_firewall_policy']);
  if (policy && !isUnknown(policy))
    return readFirewall(policy, 'policy_settings.enabled', 'policy_settings.mode', document);
  const own = innerBlocks(gateway, 'waf_configuration');
  if (!isUnknown(own) && own[0])
    return {
      address: own[0].address,
      enabled: booleanOf(own[0], 'enabled', document, firewallDefaults.enabled),
      mode: requiredText(own[0], 'firewall_mode', document),
    };
  if (textOf(gateway, argument, document, null) === null && !isUnknown(own)) return null;
  const why = isUnknown(own) ? own : (policy ?? unresolved(gateway, argument, 'firewall policy', document));
  return { address: gateway.address, enabled: why, mode: why };
}
