/** The seven variants as the drill's tests know them, whatever `main.ts` has by now. */

import type { Deployment } from '../../../architecture/deployment';
import { architecture, type Choices } from './architectures';

const twoRegions = ['swedencentral', 'germanywestcentral'] as const;
const gateway: Choices = { entry: 'application-gateway', instances: 3, zoneBalanced: true };
const frontDoor: Choices = { entry: 'front-door', instances: 3, zoneBalanced: true, regions: twoRegions };

export const sevenVariants: readonly Deployment[] = [
  architecture({ name: 'single-zone', instances: 2 }),
  architecture({ ...gateway, name: 'zone-redundant-sticky', applicationGateway: 'on', appService: 'on' }),
  architecture({ ...gateway, name: 'zone-redundant', appService: 'off', sessions: 'redis' }),
  architecture({ ...gateway, name: 'zone-redundant-cookie', appService: 'off', sessions: 'cookie' }),
  architecture({ ...frontDoor, name: 'multi-region-sticky', appService: 'on', frontDoor: 'on', latencyWindowMs: 1000 }),
  architecture({
    ...{ ...frontDoor, name: 'multi-region-active-passive', appService: 'off', sessions: 'redis' },
    priorities: [1, 2],
  }),
  architecture({ ...frontDoor, name: 'multi-region-active-active', appService: 'off', sessions: 'redis-geo' }),
];

export function variant(name: string): Deployment {
  const found = sevenVariants.find((each) => each.name === name);
  if (!found) throw new Error(`no variant ${name}`);
  return found;
}
