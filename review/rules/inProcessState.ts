import type { ServicePlan } from '../../architecture/deployment';
import { isUnknown, type Known } from '../../architecture/known';
import { leastInstances, parallelRegions } from '../regions';
import { isKeptIn } from '../sessions';
import { type Answer, eachService, type Rule } from './rule';

export const inProcessState: Rule = {
  id: 'in-process-state',
  title: 'Keep sessions outside the process when several instances serve the app',
  severity: 'error',
  pillar: 'reliability',
  why: 'The memory of an instance is lost to clients as soon as it leaves rotation.',
  source: 'https://learn.microsoft.com/azure/well-architected/service-guides/app-service-web-apps',
  check: (whole) =>
    eachService(whole, (deployment) =>
      deployment.regions.map(({ app }): Answer => {
        const { sessions, affinity, plan } = app;
        const resource = app.address;
        const regions = parallelRegions(deployment);
        const inRegions = !isUnknown(regions) && regions > 1;
        const count = severalInstances(plan);
        if (isUnknown(sessions))
          return count === null && regions === 1
            ? { kind: 'not applicable', reason: `${resource} runs on one instance` }
            : { kind: 'cannot tell', resource, reason: sessions.unknown };
        if (!isKeptIn(sessions, 'process')) return { kind: 'compliant', resource };
        // Two regions of one instance each are several instances, too.
        if (!inRegions && isUnknown(count)) return { kind: 'cannot tell', resource, reason: count.unknown };
        if (count === null && isUnknown(regions)) return { kind: 'cannot tell', resource, reason: regions.unknown };
        if (count === null && !inRegions) return { kind: 'not applicable', reason: `${resource} runs on one instance` };
        const consequence =
          affinity === 'off'
            ? 'affinity is off, so consecutive requests of one user reach instances that do not have the session, without any failure'
            : affinity === 'on'
              ? 'affinity keeps each user on one of them, and when that instance stops, its sessions are lost'
              : 'each has only its own';
        const own = count === null ? 'one instance' : `${isUnknown(count) ? 'several' : count} instances`;
        return {
          kind: 'finding',
          resource,
          message: `Sessions live in the memory of ${own}${inRegions ? ` in each of ${regions} regions` : ''}: ${consequence}.`,
          fix: `${
            inRegions
              ? 'Keep sessions in a Redis that the regions replicate to each other (sessions=redis-geo)'
              : 'Keep sessions in Redis (sessions=redis)'
          }${affinity === 'off' ? '' : ' and turn affinity off (appService=off)'}.`,
        };
      }),
    ),
};

/** How many instances there are, in words; null: always one. Autoscale that goes down to one also goes up again. */
function severalInstances(plan: ServicePlan): Known<string | null> {
  const least = leastInstances(plan);
  if (isUnknown(least)) return least;
  if (least > 1) return `${least}`;
  const most = plan.autoscale?.maximum ?? least;
  return isUnknown(most) ? most : most > 1 ? `up to ${most}` : null;
}
