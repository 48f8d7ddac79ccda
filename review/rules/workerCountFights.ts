import { compliant, eachPlan, finding, notApplicable, type Rule, whenKnown } from './rule';

export const workerCountFights: Rule = {
  id: 'worker-count-fights-autoscale',
  title: 'Let Terraform ignore later changes of `worker_count` where autoscale decides',
  severity: 'error',
  pillar: 'operational-excellence',
  why: 'Every apply would reset the count, also under load.',
  source: 'https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-best-practices',
  check: (deployment) =>
    eachPlan(deployment, ({ address, autoscale, statesInstances, ignoresInstances, instancesArgument }) => {
      if (!autoscale?.rules) return notApplicable(`${address} has no autoscale setting`);
      if (statesInstances === false) return compliant(address);
      return whenKnown(address, [ignoresInstances], (ignores) =>
        ignores
          ? compliant(address)
          : finding(
              address,
              `\`${instancesArgument}\` is set while ${autoscale.address} scales the plan: the next apply resets the count, whatever the load.`,
              `Add \`lifecycle { ignore_changes = [${instancesArgument}] }\` to the plan.`,
            ),
      );
    }),
};
