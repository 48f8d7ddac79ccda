import { compliant, eachPlan, finding, notApplicable, type Rule, whenKnown } from './rule';

export const workerCountFights: Rule = {
  id: 'worker-count-fights-autoscale',
  title: 'Let Terraform ignore later changes of `worker_count` where autoscale decides',
  severity: 'error',
  why: 'Every apply would set the count back, under load as well.',
  source: 'https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-best-practices',
  check: (deployment) =>
    eachPlan(deployment, ({ address, autoscale }) => {
      const plan = deployment.facts.plans.find((one) => one.address === address);
      if (!autoscale || !plan?.scaling) return notApplicable(`${address} has no autoscale setting`);
      if (plan.statesInstances === false) return compliant(address);
      return whenKnown(address, [plan.ignoresInstances], (ignores) =>
        ignores
          ? compliant(address)
          : finding(
              address,
              `\`${plan.instancesArgument}\` is set while ${autoscale.address} scales the plan: the next apply scales it back, whatever the load.`,
              `Add \`lifecycle { ignore_changes = [${plan.instancesArgument}] }\` to the plan.`,
            ),
      );
    }),
};
