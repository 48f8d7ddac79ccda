import { isUnknown } from '../../architecture/known';
import { cannotTell, compliant, eachOr, finding, notApplicable, type Rule, whenKnown } from './rule';

export const perSiteScaling: Rule = {
  id: 'per-site-scaling',
  title: 'Say on how many instances each app runs where the plan leaves it to the apps',
  severity: 'warning',
  pillar: 'reliability',
  productionOnly: true,
  why: 'With per-app scaling the number of instances of the plan says nothing of the app, which may run on one of them.',
  source: 'https://learn.microsoft.com/azure/app-service/manage-scale-per-app',
  check: ({ regions }) =>
    eachOr(
      regions.map(({ app }) => app),
      'there is no app',
      ({ address, plan, ownInstances }) => {
        if (plan.notRead && isUnknown(plan.perSiteScaling)) return cannotTell(address, plan.notRead);
        return whenKnown(address, [plan.perSiteScaling], (apart) => {
          if (!apart)
            return notApplicable(`${plan.address || 'the plan'} runs each of its apps on all of its instances`);
          return whenKnown(address, [ownInstances], (count) => {
            if (count !== null && count > 1) return compliant(address);
            return finding(
              address,
              count === null
                ? `${plan.address || 'The plan'} scales each app by itself, and the app does not say on how many instances it runs: it may be one.`
                : `${plan.address || 'The plan'} scales each app by itself, and this one runs on one instance.`,
              'Set `site_config.worker_count` to two or more, or leave `per_site_scaling_enabled` out.',
            );
          });
        });
      },
    ),
};
