import { layersInFront } from '../../architecture/layersInFront';
import { type Answer, compliant, finding, notApplicable, type Rule, whenKnown } from './rule';

export const cachedAffinity: Rule = {
  id: 'cached-affinity',
  title: 'Do not cache what belongs to a session',
  severity: 'warning',
  pillar: 'reliability',
  why: 'Front Door sets no affinity cookie on an answer that it may cache, and gives what it cached to every client.',
  source: 'https://learn.microsoft.com/azure/frontdoor/routing-methods',
  check: (deployment) => {
    const answers = layersInFront(deployment).frontDoors.flatMap(({ groups, routes }) =>
      routes
        .filter(({ caches }) => caches)
        .map((route): Answer => {
          const own = groups.filter(({ address }) => route.groups.includes(address)).map(({ affinity }) => affinity);
          return whenKnown(route.address, [route.patterns, ...own], (patterns) =>
            own.includes('on') && patterns.some((pattern) => pattern === '/*')
              ? finding(
                  route.address,
                  'The route caches every path of an origin group with session affinity: cacheable answers set no affinity cookie, and one client may get the answer of another.',
                  'Cache static paths in a route of their own, and leave `cache` out of the one for `/*`.',
                )
              : compliant(route.address),
          );
        }),
    );
    return answers.length > 0 ? answers : [notApplicable('no route of a Front Door caches')];
  },
};
