import type { AutoscaleProfile } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/known';
import { compliant, eachPlan, finding, notApplicable, type Rule, whenKnown } from './rule';

export const autoscaleFlaps: Rule = {
  id: 'autoscale-flaps',
  title: 'Leave room between the thresholds that scale out and in',
  severity: 'warning',
  pillar: 'cost-optimization',
  why: 'Autoscale does not remove an instance if the load of the rest would add it again: too close a threshold never scales in.',
  source: 'https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-flapping',
  check: (deployment) =>
    eachPlan(deployment, ({ address, autoscale }) => {
      if (!autoscale?.profiles) return notApplicable(`${address} has no autoscale setting`);
      return whenKnown(autoscale.address, [autoscale.profiles], (profiles) => {
        const [close] = profiles.flatMap(tooClose);
        return close
          ? finding(
              autoscale.address,
              `It scales out above ${close.out} and in below ${close.back} of ${close.metric}: from ${close.from} instances the rest would be at ${close.after}.`,
              'Lower the threshold that scales in, so that one instance fewer stays well below the other.',
            )
          : compliant(autoscale.address);
      });
    }),
};

/** Rules that undo each other at the first step above the floor, where it is largest. Unknown thresholds are left out. */
function tooClose({ rules, minimum }: AutoscaleProfile) {
  if (isUnknown(rules) || isUnknown(minimum)) return [];
  const way = (direction: string) => rules.filter((rule) => rule.direction === direction);
  return way('Decrease').flatMap(({ metric, threshold: back, step }) => {
    if (isUnknown(metric) || isUnknown(back) || step === null || isUnknown(step)) return [];
    return way('Increase').flatMap(({ metric: other, threshold: out }) => {
      if (other !== metric || isUnknown(out)) return [];
      const from = minimum + step;
      const after = Math.round((back * from) / Math.max(1, minimum));
      return after > out || back >= out ? [{ metric, out, back, from, after }] : [];
    });
  });
}
