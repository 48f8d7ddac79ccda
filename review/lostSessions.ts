import type { Deployment } from '../architecture/deployment';
import { isUnknown } from '../architecture/known';
import { sessionStore, usesRedis } from '../sessions/stores';
import { losesSessions } from './replacement';
import type { ResourceChange } from './resourceChange';

/**
 * Why every session of a running deployment is lost when it becomes the other: sessions do not move from one store to another,
 * nor out of a cache that is created again, and a process that restarts forgets those that it keeps. Empty: none of these is
 * known to happen.
 */
export function lostSessions(from: Deployment, to: Deployment, changed: readonly ResourceChange[]): string[] {
  const types = new Map(from.resources.map(({ address, type }) => [address, type]));
  const paths = ({ attributes }: ResourceChange) => attributes.map(({ attribute }) => attribute);
  if (!isUnknown(from.sessions) && !isUnknown(to.sessions) && from.sessions !== to.sessions) {
    const [before, after] = [from.sessions, to.sessions].map((store) => sessionStore(store).label);
    return [`sessions do not move from one store to another (${before} → ${after})`];
  }
  const reasons: string[] = [];
  if (!isUnknown(from.sessions) && usesRedis(from.sessions))
    for (const change of changed)
      if (losesSessions(types.get(change.address) ?? '', paths(change)))
        reasons.push(`${change.address} is created again, empty`);
  if (!isUnknown(from.sessions) && sessionStore(from.sessions).keptIn === 'process')
    for (const change of changed)
      if (
        /^azurerm_(linux|windows)_web_app$/.test(types.get(change.address) ?? '') &&
        paths(change).some((path) => /^app_settings(\.|$)/.test(path))
      )
        reasons.push(
          `${change.address} restarts, because its app settings change, and keeps sessions in its processes`,
        );
  return reasons;
}
