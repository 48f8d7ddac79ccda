import type { Firewall } from '../../architecture/entryLayers';
import { isUnknown, type Known } from '../../architecture/known';
import { layersInFront } from '../../architecture/layersInFront';
import { type Answer, cannotTell, compliant, finding, notApplicable, type Rule, whenKnown } from './rule';

export const wafPrevention: Rule = {
  id: 'waf-prevention',
  title: 'Let the web application firewall at the entry block attacks, not only log them',
  severity: 'error',
  pillar: 'security',
  productionOnly: true,
  why: 'In detection mode the firewall recognises attacks and lets them pass.',
  source: 'https://learn.microsoft.com/azure/well-architected/service-guides/azure-application-gateway',
  check: (deployment): readonly Answer[] => {
    const { entry, name } = deployment;
    const { frontDoors, gateways } = layersInFront(deployment);
    if (entry === 'app-service') return [notApplicable('the app is its own entry, which has no firewall')];
    const judge = ({ address, enabled, mode }: Firewall) =>
      whenKnown(address, [enabled, mode], (on, how) =>
        on && how === 'Prevention'
          ? compliant(address)
          : finding(
              address,
              on ? `The firewall is in ${how} mode and blocks nothing.` : 'The firewall is off.',
              on
                ? 'Detection is how to begin, not how to stay: add exclusions for rules that match your own clients, then set its mode to Prevention.'
                : 'Turn it on, with its mode set to Prevention.',
            ),
      );
    const none = (address: string) =>
      finding(
        address,
        'The entry has no firewall policy.',
        'Attach a policy with a managed rule set in Prevention mode.',
      );
    // Behind Front Door the gateway is not the entry: one firewall is enough, at the outermost layer.
    const [elsewhere] = deployment.elsewhere;
    const absent = (address: string, open: Known<unknown>) =>
      isUnknown(open)
        ? cannotTell(address, open)
        : elsewhere === undefined
          ? none(address)
          : cannotTell(address, { unknown: `${elsewhere} may declare its firewall policy` });
    if (frontDoors.length > 0)
      return frontDoors.flatMap(({ address, firewalls, open }) =>
        firewalls.length > 0 ? firewalls.map(judge) : [absent(address, open)],
      );
    if (isUnknown(entry) && gateways.length === 0) return [cannotTell(name, entry)];
    return gateways.length === 0
      ? [notApplicable('no layer at the entry has a firewall')]
      : gateways.map(({ address, firewall }) => (firewall ? judge(firewall) : absent(address, entry)));
  },
};
