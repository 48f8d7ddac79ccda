/** The choices that the page offers as switches, and the word that says one of them otherwise. */

import type { FleetPlan } from '../../drill/plan/fleetPlan';
import { sessionStore, sessionStoreIds, usesRedis } from '../../sessions/stores';
import type { Switch } from '../messages';

const onOff = (on: boolean): string => (on ? 'on' : 'off');

/** @param hasRedis whether this machine can start one */
export function switchesOf(plan: FleetPlan, hasRedis: boolean): readonly Switch[] {
  const { regions, applicationGateway, frontDoor, store } = plan;
  const affinity = (choice: string, layer: string, on: boolean): Switch => ({
    ...{ choice, label: `Affinity of ${layer}`, value: onOff(on), values: ['on', 'off'], refused: {} },
  });
  return [
    affinity(
      'appService',
      'App Service',
      regions.every(({ appServiceAffinity }) => appServiceAffinity),
    ),
    ...(applicationGateway ? [affinity('applicationGateway', 'Application Gateway', applicationGateway.affinity)] : []),
    ...(frontDoor ? [affinity('frontDoor', 'Front Door', frontDoor.affinity)] : []),
    {
      ...{ choice: 'sessions', label: 'Sessions', value: store, values: [...sessionStoreIds()] },
      refused: Object.fromEntries(
        sessionStoreIds().flatMap((id) => {
          if (usesRedis(id) && !hasRedis) return [[id, 'there is no redis-server on this machine']];
          const needsAnother = usesRedis(id) && sessionStore(id).sharedBy === 'deployment' && regions.length < 2;
          return needsAnother ? [[id, 'there is one region, so nothing to replicate to']] : [];
        }),
      ),
    },
  ];
}

/** The word with one choice said otherwise, as a user would type it. */
export function withChoice(word: string, choice: string, value: string): string {
  const kept = word.split(',').filter((part, index) => index === 0 || !part.startsWith(`${choice}=`));
  return [...kept, `${choice}=${value}`].join(',');
}
