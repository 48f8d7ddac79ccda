import { isUnknown } from '../../architecture/known';
import { layersInFront } from '../../architecture/layersInFront';
import { compliant, eachOr, eachService, finding, notApplicable, type Rule } from './rule';

export const apexAndWww: Rule = {
  id: 'apex-and-www',
  title: 'Send clients of the apex and of www to one of the two where affinity is on',
  severity: 'warning',
  pillar: 'reliability',
  why: 'The affinity cookie of the apex also goes to www: a browser then sends two, and the stale one may win.',
  source: 'https://techcommunity.microsoft.com/t5/apps-on-azure-blog/arr-affinity-cookie/ba-p/2777712',
  check: (whole) =>
    eachService(whole, (deployment) => {
      const { frontDoors, gateways } = layersInFront(deployment);
      const hosts = [
        ...frontDoors.flatMap(({ routes }) => routes.flatMap((route) => route.hosts)),
        ...gateways
          .flatMap(({ listeners }) => (isUnknown(listeners) ? [] : listeners))
          .filter(({ redirects }) => redirects !== true)
          .flatMap((listener) => (isUnknown(listener.hosts) ? [] : listener.hosts)),
      ].filter((host) => typeof host === 'string');
      return eachOr(
        deployment.regions.map(({ app }) => app),
        'there is no app',
        ({ address, affinity, boundHosts }) => {
          if (affinity !== 'on') return notApplicable(`${address} has no affinity that is known to be on`);
          const all = [...hosts, ...boundHosts];
          const apex = all.find((host) => all.includes(`www.${host}`));
          return apex === undefined
            ? compliant(address)
            : finding(
                address,
                `Clients reach it at ${apex} and at www.${apex}, and affinity is on: browsers keep two affinity cookies.`,
                'Redirect one of the two names to the other at the entry, or turn affinity off.',
              );
        },
      );
    }),
};
