import type { FirewallFacts } from '../../architecture/deployment';
import { isUnknown, type Known } from '../../architecture/model';
import { type Answer, cannotTell, compliant, finding, notApplicable, type Rule, whenKnown } from './rule';

export const wafPrevention: Rule = {
  id: 'waf-prevention',
  title: 'Let a web application firewall block at the entry, rather than only write down',
  severity: 'error',
  why: 'In detection mode every attack that is recognised goes through.',
  source: 'https://learn.microsoft.com/azure/well-architected/service-guides/azure-application-gateway',
  check: ({ facts, entry, name }): readonly Answer[] => {
    if (entry === 'app-service') return [notApplicable('the app is its own entry, which has no firewall')];
    const judge = ({ address, enabled, mode }: FirewallFacts) =>
      whenKnown(address, [enabled, mode], (on, how) =>
        on && how === 'Prevention'
          ? compliant(address)
          : finding(
              address,
              on ? `The firewall is in ${how} mode and blocks nothing.` : 'The firewall is off.',
              'Set its mode to Prevention; move rules that are wrong about your clients to exclusions.',
            ),
      );
    const none = (address: string) =>
      finding(
        address,
        'No firewall policy stands at the entry.',
        'Attach a policy with a managed rule set in Prevention mode.',
      );
    const { frontDoor } = facts;
    // Behind Front Door the gateway is not the entry: one firewall is enough, at the outermost layer.
    const [elsewhere] = facts.elsewhere;
    const absent = (address: string, open: Known<unknown>) =>
      isUnknown(open)
        ? cannotTell(address, open)
        : elsewhere === undefined
          ? none(address)
          : cannotTell(address, { unknown: `${elsewhere} may declare its firewall policy` });
    if (frontDoor)
      return frontDoor.firewalls.length > 0
        ? frontDoor.firewalls.map(judge)
        : [absent(frontDoor.address, frontDoor.open)];
    if (isUnknown(entry) && facts.gateways.length === 0) return [cannotTell(name, entry)];
    return facts.gateways.length === 0
      ? [notApplicable('no layer at the entry has a firewall')]
      : facts.gateways.map(({ address, firewall }) => (firewall ? judge(firewall) : absent(address, entry)));
  },
};
