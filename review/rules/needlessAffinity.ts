import { isUnknown } from '../../architecture/model';
import { type Answer, cannotTell, compliant, finding, listed, notApplicable, type Rule, whenKnown } from './rule';

export const needlessAffinity: Rule = {
  id: 'needless-affinity',
  title: 'Turn affinity off where sessions live outside the process',
  severity: 'warning',
  why: 'Affinity holds clients on old instances when scaling out, and buys nothing when every instance knows the session.',
  source: 'https://learn.microsoft.com/azure/well-architected/service-guides/app-service-web-apps',
  check: ({ name, facts, sessions, affinity: { appService, applicationGateway, frontDoor } }): readonly Answer[] => {
    const resource = facts.apps[0]?.address ?? name;
    if (sessions === 'in-process') return [notApplicable('sessions live in the process, which needs affinity')];
    return [
      whenKnown(resource, [appService, applicationGateway, frontDoor], (app, gateway, door) => {
        const on = [
          app === 'on' ? 'App Service' : '',
          gateway === 'on' ? 'Application Gateway' : '',
          door === 'on' ? 'Front Door' : '',
        ].filter(Boolean);
        // Off everywhere is right wherever sessions live outside the process, also where it is not known where.
        if (on.length === 0) return compliant(resource);
        if (isUnknown(sessions)) return cannotTell(resource, sessions);
        const at =
          on[0] === 'App Service'
            ? resource
            : on[0] === 'Application Gateway'
              ? facts.gateways[0]?.address
              : facts.frontDoor?.groups[0]?.address;
        return finding(
          at ?? resource,
          `Affinity of ${listed(on)} is on although any instance can serve any session: load spreads unevenly, and new instances get new clients only.`,
          'Turn it off at each layer (appService=off, applicationGateway=off, frontDoor=off).',
        );
      }),
    ];
  },
};
