import { inProcessState } from './inProcessState';
import type { Rule } from './rule';
import { zoneRedundantFloor } from './zoneRedundantFloor';

/** Every rule of the review, in the order in which a report lists them. */
export const rules: readonly Rule[] = [inProcessState, zoneRedundantFloor];
