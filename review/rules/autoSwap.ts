import { compliant, eachOr, finding, notApplicable, type Rule, whenKnown } from './rule';

export const autoSwap: Rule = {
  id: 'auto-swap',
  title: 'Swap slots in the pipeline where App Service does not do it by itself',
  severity: 'error',
  pillar: 'operational-excellence',
  why: 'Auto swap does not work for apps on Linux or in containers: deployments stay in the slot and nothing fails.',
  source: 'https://learn.microsoft.com/azure/app-service/deploy-staging-slots',
  check: ({ regions }) =>
    eachOr(
      regions.flatMap(({ app }) => app.slots.map((slot) => ({ slot, app }))),
      'there is no deployment slot',
      ({ slot: { address, autoSwap: into }, app }) =>
        whenKnown(address, [into], (other) => {
          if (other === null) return notApplicable(`${address} does not swap by itself`);
          return whenKnown(address, [app.plan.os], (os) =>
            /windows/i.test(os) && app.stack.container !== true
              ? compliant(address)
              : finding(
                  address,
                  `\`auto_swap_slot_name\` is set, and App Service does not swap ${/windows/i.test(os) ? 'containers' : 'apps on Linux'} by itself.`,
                  'Leave `auto_swap_slot_name` out, and swap as a step of the deployment after a check.',
                ),
          );
        }),
    ),
};
