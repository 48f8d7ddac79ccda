import { isUnknown } from '../../architecture/known';
import { layersInFront } from '../../architecture/layersInFront';
import { isKeptIn } from '../sessions';
import {
  type Answer,
  cannotTell,
  compliant,
  eachService,
  finding,
  listed,
  notApplicable,
  type Rule,
  whenKnown,
} from './rule';

export const needlessAffinity: Rule = {
  id: 'needless-affinity',
  title: 'Turn affinity off where sessions live outside the process',
  severity: 'warning',
  pillar: 'performance-efficiency',
  why: 'Affinity keeps clients on old instances after scaling out, and has no use when every instance can read the session.',
  source: 'https://learn.microsoft.com/azure/well-architected/service-guides/app-service-web-apps',
  check: (whole) =>
    eachService(whole, (deployment): readonly Answer[] => {
      const { name, regions, sessions, affinity } = deployment;
      const { appService, applicationGateway, frontDoor } = affinity;
      const { gateways, frontDoors } = layersInFront(deployment);
      const resource = regions[0]?.app.address ?? name;
      if (isKeptIn(sessions, 'process')) return [notApplicable('sessions live in the process, which needs affinity')];
      return [
        whenKnown(resource, [appService, applicationGateway, frontDoor], (app, gateway, door) => {
          const on = [
            app === 'on' ? 'App Service' : '',
            gateway === 'on' ? 'Application Gateway' : '',
            door === 'on' ? 'Front Door' : '',
          ].filter(Boolean);
          // Off everywhere is right wherever sessions live outside the process, even if it is unknown where.
          if (on.length === 0) return compliant(resource);
          if (isUnknown(sessions)) return cannotTell(resource, sessions);
          const at =
            on[0] === 'App Service'
              ? resource
              : on[0] === 'Application Gateway'
                ? gateways[0]?.address
                : frontDoors[0]?.groups[0]?.address;
          return finding(
            at ?? resource,
            `Affinity of ${listed(on)} is on although any instance can serve any session: load spreads unevenly, and new instances get new clients only.`,
            'Turn it off at each layer (appService=off, applicationGateway=off, frontDoor=off).',
          );
        }),
      ];
    }),
};
