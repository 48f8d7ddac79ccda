import { isUnknown } from '../../architecture/model';
import type { Answer, Rule } from './rule';

export const inProcessState: Rule = {
  id: 'in-process-state',
  title: 'Keep sessions outside the process when several instances serve the app',
  severity: 'error',
  why: 'What an instance holds in memory is out of reach as soon as it leaves the rotation.',
  source: 'https://learn.microsoft.com/azure/well-architected/service-guides/app-service-web-apps',
  check: ({ regions }) =>
    regions.map(({ app }): Answer => {
      const { sessions, affinity, plan } = app;
      const resource = app.address;
      if (isUnknown(sessions)) return { kind: 'cannot tell', resource, reason: sessions.unknown };
      if (sessions !== 'in-process') return { kind: 'compliant', resource };
      // Two regions of one instance each are several instances, too.
      const several = regions.length > 1 || (isUnknown(plan.instances) ? plan.instances : plan.instances > 1);
      if (isUnknown(several)) return { kind: 'cannot tell', resource, reason: several.unknown };
      if (!several) return { kind: 'not applicable', reason: `${resource} runs on one instance` };
      const count = isUnknown(plan.instances) ? 'several' : `${plan.instances}`;
      const consequence =
        affinity === 'off'
          ? 'affinity is off, so consecutive requests of one user reach instances that do not know the session, without any failure'
          : affinity === 'on'
            ? 'affinity pins each user to one of them, and when that instance goes, so do the sessions it held'
            : 'each knows only its own';
      return {
        kind: 'finding',
        resource,
        message: `Sessions live in the memory of ${count} instances: ${consequence}.`,
        fix: 'Keep sessions in Redis (sessions=redis) and turn affinity off (appService=off).',
      };
    }),
};
