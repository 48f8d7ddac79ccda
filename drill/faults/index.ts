/** Every fault by name. A new one is a file here and a line below. */

import type { Fault } from './fault';
import { instanceCrash } from './instanceCrash';
import { none } from './none';

export const faults = { none, 'instance-crash': instanceCrash } as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;

/** In the order in which reports show them. */
export const faultNames = Object.keys(faults) as readonly FaultName[];

export const isFaultName = (text: string): text is FaultName => Object.hasOwn(faults, text);
