import type { Deployment } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/known';
import { isGeoReplicated, sessionStore } from '../../sessions/stores';
import { isKeptIn } from '../sessions';
import { remembersNothing, type StateEntry, unsettled } from './entry';
import { cookieLayer } from './frontLayers';

const sources = {
  arr: 'https://learn.microsoft.com/azure/app-service/configure-common',
  process: 'https://learn.microsoft.com/azure/well-architected/service-guides/app-service-web-apps',
  redis: 'https://learn.microsoft.com/azure/reliability/reliability-managed-redis',
  geo: 'https://learn.microsoft.com/azure/redis/how-to-active-geo-replication',
  cookie: 'https://12factor.net/processes',
};

/** A checkout that is sent again is refused. With the sealed cookie no server knows of the first. */
const orderedOnce = 'for a day, which carts were ordered, so that each is ordered once';

/** App Service and what is behind it: where a session is kept in the end. */
export function keepers({ affinity, sessions, regions }: Deployment): StateEntry[] {
  const isPartitioned = regions.some(({ app }) => app.affinityPartitioned === true);
  const arr = cookieLayer('App Service front end (ARR)', affinity.appService, {
    keeps: `a cookie (ARRAffinity) that names an instance${isPartitioned ? ', another one for each site that embeds the app' : ''}`,
    where: "the client's browser; the front end keeps no table",
    lostWith: 'the instance it names: the next request gets another one and a new cookie, without any error',
    source: sources.arr,
  });
  if (isUnknown(sessions)) return [arr, unsettled('the app', sessions, sources.process)];
  if (isKeptIn(sessions, 'process'))
    return [
      arr,
      {
        component: 'the app',
        keeps: `sessions and carts; ${orderedOnce}`,
        where: 'the memory of one process each',
        howLong: 'until the session expires or the process ends',
        lostWith: 'that instance: its crash, restart, redeployment, scale-in, or the loss of its zone or region',
        kind: 'stateful',
        source: sources.process,
      },
    ];
  if (isKeptIn(sessions, 'client'))
    return [
      arr,
      {
        component: 'the app',
        keeps:
          'a sealed cookie that holds the whole session, at most 4 KB; the last of two parallel changes wins, and a cart sent twice is ordered twice with one order id, which whatever keeps the orders must refuse',
        where: "the client's browser; instances share only the secret",
        howLong: 'until the cookie expires; it cannot be revoked at the server',
        lostWith: "the client's browser, or the secret that seals it: neither instance, zone nor region",
        kind: 'stateless with a cookie',
        source: sources.cookie,
      },
    ];
  if (isKeptIn(sessions, 'nowhere')) return [arr, remembersNothing('the app', sources.process)];
  if (isKeptIn(sessions, 'service'))
    return [
      arr,
      remembersNothing('the app', sources.process),
      {
        component: `sessions (${sessionStore(sessions).label})`,
        keeps: 'sessions and carts',
        where: 'outside every process, in a place that the Terraform does not name',
        howLong: 'until the session expires',
        lostWith: 'that place; what it survives is not read',
        kind: 'stateful',
        source: sources.process,
      },
    ];
  const cache = regions.map(({ redis }) => redis).find((redis) => redis !== null);
  const replicated = cache?.highAvailability ?? false;
  const where = `the memory of ${regions.length > 1 ? 'a Redis per region' : 'Redis'}${
    replicated === true ? ', primary and replica' : replicated === false ? ', on one node' : ''
  }`;
  const onFailover =
    replicated === false
      ? 'its only node: all of it'
      : `a failover between its nodes${isUnknown(replicated) ? `, if it has two (${replicated.unknown})` : ''}: the last seconds of writes`;
  const geo = isGeoReplicated(sessions);
  return [
    arr,
    remembersNothing('the app', sources.process),
    {
      component: geo ? 'Redis, geo-replicated' : cache?.kind === 'managed' ? 'Managed Redis' : 'Redis',
      keeps: `sessions and carts; ${orderedOnce}`,
      where: geo ? `${where}, each a copy of the other` : where,
      howLong: "until the session's time to live is over",
      lostWith: geo
        ? `${onFailover}; the loss of a region: writes that had not reached the other one`
        : `${onFailover}; the loss of its region: all of it`,
      kind: 'stateful',
      source: geo ? sources.geo : sources.redis,
    },
  ];
}
