/** The places for instances in a fleet, and the process in each: one at a time. */

import { createHash } from 'node:crypto';
import { isUnknown } from '../../architecture/known';
import type { FleetPlan, InstancePlan, RegionPlan } from '../plan/fleetPlan';
import type { Instance, InstanceSettings } from './instance';

export interface Slot {
  readonly region: RegionPlan;
  readonly plan: InstancePlan;
  /** The process that the platform counts here, even if it has ended; null: not started yet. */
  instance: Instance | null;
  /** How many instances (ids) this place has had. */
  generation: number;
  /** How many processes this place has had. */
  processes: number;
}

export const emptySlot = (region: RegionPlan, plan: InstancePlan): Slot => ({
  ...{ region, plan, instance: null, generation: 0, processes: 0 },
});

export interface SettingsOptions {
  readonly plan: FleetPlan;
  readonly appFile: string;
  readonly appCommand?: string | undefined;
  readonly codeCache: string | null;
  readonly seed: number;
  readonly redisUrl: string | null;
  readonly isSecretAway: boolean;
  readonly packageHash: string;
}

/** The next process of this place. @param sameInstance a restart: the id stays */
export function nextSettings(slot: Slot, sameInstance: boolean, options: SettingsOptions): InstanceSettings {
  const { plan, seed } = options;
  const { region } = slot;
  if (!sameInstance) slot.generation++;
  const place = `${plan.variant}/${region.name}/${slot.plan.ordinal}/${slot.generation}`;
  return {
    appFile: options.appFile,
    appCommand: options.appCommand,
    healthPath: healthPathOf(region),
    codeCache: options.codeCache,
    id: sha256(`${seed}/${place}`),
    key: `${place}/${slot.processes++}`,
    region: region.name,
    location: region.location,
    siteName: region.siteName,
    hostname: region.defaultHost,
    zone: slot.plan.zone,
    store: plan.store,
    redisUrl: options.redisUrl,
    isSecretAway: options.isSecretAway,
    // The same where the Terraform has the same. It protects nothing outside this machine.
    sessionSecret: sha256(`session secret ${seed} ${region.secret}`),
    appSettings: region.appSettings,
    packageHash: options.packageHash,
  };
}

/** Of the Terraform; where it has none, the one that the contract names first. */
const healthPathOf = ({ healthCheck }: RegionPlan): string =>
  healthCheck === null || isUnknown(healthCheck) ? '/healthz' : healthCheck.path;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
