import { firstReason, isUnknown, type Known } from '../known';
import { booleanOf, innerBlocks } from '../terraform/arguments';
import { ofType, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { mentioned, refersTo, valuesInside } from '../terraform/references';

/**
 * Whether a gateway's virtual network is under a DDoS protection plan, as far as the document shows it. With such a network
 * elsewhere it counts as not.
 */
export function isUnderDdosPlan(gateway: TerraformResource, document: TerraformDocument): Known<boolean> {
  const networks = ofType(document, 'azurerm_virtual_network');
  const inside = mentioned(valuesInside(gateway.body.gateway_ip_configuration), document);
  const own = networks.filter(
    (network) =>
      inside.includes(network) ||
      inside.some((one) => one.type === 'azurerm_subnet' && refersTo(one, 'virtual_network_name', network, document)),
  );
  const answers = own.map((network): Known<boolean> => {
    const plans = innerBlocks(network, 'ddos_protection_plan');
    if (isUnknown(plans)) return plans;
    const [plan] = plans;
    // azurerm requires the argument.
    return plan ? booleanOf(plan, 'enable', document, false) : false;
  });
  if (answers.includes(true)) return true;
  return firstReason(answers.map((answer) => (isUnknown(answer) ? answer : null))) ?? false;
}
