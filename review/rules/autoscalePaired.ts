import { isUnknown } from '../../architecture/known';
import { cannotTell, compliant, eachPlan, finding, listed, notApplicable, type Rule, whenKnown } from './rule';

export const autoscalePaired: Rule = {
  id: 'autoscale-paired',
  title: 'Pair scale-out with scale-in on the same metric',
  severity: 'warning',
  pillar: 'cost-optimization',
  why: 'Capacity that only grows costs money until somebody notices, and rules on different metrics flap.',
  source: 'https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-best-practices',
  check: (deployment) =>
    eachPlan(deployment, ({ address, autoscale }) => {
      if (!autoscale?.rules) return notApplicable(`${address} has no autoscale setting`);
      const resource = autoscale.address;
      return whenKnown(resource, [autoscale.rules], (rules) => {
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
            `It scales out on ${listed(unpaired)} and never in on that metric: instances added in a peak stay.`,
            'Add a rule with direction Decrease on the same metric, its threshold well below the other.',
          );
        if (onlyIn.length > 0 || out.size === 0)
          return finding(
            resource,
            `It ${onlyIn.length > 0 ? `scales in on ${listed(onlyIn)} and never out on that metric` : 'has no rule'}: the instance count does not follow the load.`,
            'Add a rule with direction Increase on the same metric.',
          );
        return compliant(resource);
      });
    }),
};
