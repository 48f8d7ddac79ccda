/** The one list of faults. A new one is a file here and its line in `all`, with the import that it needs. */

import { deploy } from './deploy';
import { dnsStale } from './dnsStale';
import type { Fault } from './fault';
import { herd } from './herd';
import { hotInstance } from './hotInstance';
import { instanceCrash } from './instanceCrash';
import { instanceErrors } from './instanceErrors';
import { instanceRestart } from './instanceRestart';
import { instanceSlow } from './instanceSlow';
import { none } from './none';
import { packetLoss } from './packetLoss';
import { redisFailover } from './redisFailover';
import { redisOutage } from './redisOutage';
import { regionLoss } from './regionLoss';
import { scaleIn } from './scaleIn';
import { scaleOut } from './scaleOut';
import { secretAway } from './secretAway';
import { zoneLoss } from './zoneLoss';
import { zonePartial } from './zonePartial';

/** In the order in which reports and the help show them. */
const all = [
  none,
  instanceCrash,
  instanceRestart,
  deploy,
  scaleOut,
  scaleIn,
  zoneLoss,
  regionLoss,
  redisFailover,
  redisOutage,
  instanceSlow,
  instanceErrors,
  packetLoss,
  zonePartial,
  secretAway,
  dnsStale,
  herd,
  hotInstance,
] as const;

/** Id of a fault. */
export type FaultName = (typeof all)[number]['id'];

export const faults = Object.fromEntries(all.map((fault) => [fault.id, fault])) as Readonly<
  Record<FaultName, Fault<FaultName>>
>;

export const faultNames: readonly FaultName[] = all.map(({ id }) => id);

/** Those of a drill that names none: the control, and losing an instance, a zone, a region. */
export const headlineFaults: readonly FaultName[] = faultNames.filter((name) => faults[name].inDefaultDrill);

export const isFaultName = (text: string): text is FaultName => Object.hasOwn(faults, text);
