/** Every fault by name. A new one is a file here and a line below. */

import { deploy } from './deploy';
import type { Fault } from './fault';
import { instanceCrash } from './instanceCrash';
import { instanceRestart } from './instanceRestart';
import { none } from './none';
import { redisFailover } from './redisFailover';
import { redisOutage } from './redisOutage';
import { regionLoss } from './regionLoss';
import { scaleIn } from './scaleIn';
import { scaleOut } from './scaleOut';
import { zoneLoss } from './zoneLoss';

const all = {
  none,
  'instance-crash': instanceCrash,
  'instance-restart': instanceRestart,
  deploy,
  'scale-out': scaleOut,
  'scale-in': scaleIn,
  'zone-loss': zoneLoss,
  'region-loss': regionLoss,
  'redis-failover': redisFailover,
  'redis-outage': redisOutage,
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof all;

export const faults: Readonly<Record<FaultName, Fault>> = all;

/** In the order in which reports show them. */
export const faultNames = Object.keys(all) as readonly FaultName[];

/** The four of a drill that names none: the control, and losing an instance, a zone, a region. */
export const headlineFaults: readonly FaultName[] = ['none', 'instance-crash', 'zone-loss', 'region-loss'];

export const isFaultName = (text: string): text is FaultName => Object.hasOwn(all, text);
