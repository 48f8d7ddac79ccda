import type { AutoscaleProfile } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/known';
import {
  type Answer,
  cannotTell,
  compliant,
  eachPlan,
  finding,
  listed,
  notApplicable,
  type Rule,
  whenKnown,
} from './rule';

export const autoscalePaired: Rule = {
  id: 'autoscale-paired',
  title: 'Pair scale-out with scale-in on the same metric',
  severity: 'warning',
  pillar: 'cost-optimization',
  why: 'Capacity that only grows costs money until somebody notices, and rules on different metrics flap.',
  source: 'https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-best-practices',
  check: (deployment) =>
    eachPlan(deployment, ({ address, autoscale }) => {
      if (!autoscale?.profiles) return notApplicable(`${address} has no autoscale setting`);
      const resource = autoscale.address;
      return whenKnown(resource, [autoscale.profiles], (profiles) => {
        const answers = profiles.filter(mayScale).map((profile) => judge(resource, profile, profiles.length > 1));
        return (
          answers.find(({ kind }) => kind === 'finding') ??
          answers.find(({ kind }) => kind === 'cannot tell') ??
          compliant(resource)
        );
      });
    }),
};

/** A profile with as many instances at least as at most follows no load on purpose. */
const mayScale = ({ minimum, maximum, rules }: AutoscaleProfile) =>
  isUnknown(minimum) || minimum !== maximum || (!isUnknown(rules) && rules.length > 0);

function judge(resource: string, { name, rules: own }: AutoscaleProfile, isOneOf: boolean): Answer {
  const It = isOneOf ? `While the profile ${name || 'without a name'} holds, it` : 'It';
  return whenKnown(resource, [own], (rules) => {
    const open = rules.flatMap(({ direction, metric }) => [direction, metric]).find(isUnknown);
    if (open) return cannotTell(resource, open);
    const metrics = (way: string) =>
      new Set(rules.filter(({ direction }) => direction === way).map(({ metric }) => String(metric)));
    const [out, back] = [metrics('Increase'), metrics('Decrease')];
    const unpaired = [...out].filter((metric) => !back.has(metric));
    const onlyIn = [...back].filter((metric) => !out.has(metric));
    if (unpaired.length > 0)
      return finding(
        resource,
        `${It} scales out on ${listed(unpaired)} and never in on that metric: instances added in a peak stay.`,
        'Add a rule with direction Decrease on the same metric, its threshold well below the other.',
      );
    if (onlyIn.length > 0 || out.size === 0)
      return finding(
        resource,
        `${It} ${onlyIn.length > 0 ? `scales in on ${listed(onlyIn)} and never out on that metric` : 'has no rule'}: the instance count does not follow the load.`,
        'Add a rule with direction Increase on the same metric.',
      );
    return compliant(resource);
  });
}
