import { compliant, eachPlan, finding, notApplicable, type Rule, whenKnown } from './rule';

export const autoscaleFloor: Rule = {
  id: 'autoscale-floor',
  title: 'Keep two instances at the floor of autoscale, and room above it',
  severity: 'error',
  pillar: 'reliability',
  productionOnly: true,
  why: 'The minimum is what runs at night, the default what autoscale raises the count to when it cannot read metrics: one instance is one failure.',
  source: 'https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-best-practices',
  check: (deployment) =>
    eachPlan(deployment, ({ address, autoscale }) => {
      if (!autoscale) return notApplicable(`${address} has no autoscale setting`);
      const resource = autoscale.address;
      return whenKnown(
        resource,
        [autoscale.minimum, autoscale.default, autoscale.maximum],
        (minimum, usual, maximum) => {
          if (minimum < 2 || usual < 2)
            return finding(
              resource,
              minimum < 2
                ? `Autoscale goes down to ${minimum}: one instance is not redundant.`
                : `Autoscale keeps ${minimum} instances and has ${usual} as default: without metrics it does not raise the count.`,
              'Set `capacity.minimum` and `capacity.default` to at least two, in a zone-redundant plan to three.',
            );
          if (maximum <= minimum)
            return finding(
              resource,
              `Autoscale has no room: minimum ${minimum}, maximum ${maximum}.`,
              'Set `capacity.maximum` above what must remain after the loss of a zone.',
            );
          return compliant(resource);
        },
      );
    }),
};
