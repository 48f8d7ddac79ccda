/**
 * App Service's health check of one region: pings every instance once a minute, takes an instance out of rotation after
 * a number of failures in a row, at most a share of all instances, and none if all fail. An instance that is out is
 * still pinged, and returns when it answers.
 * @see https://learn.microsoft.com/azure/app-service/monitor-instances-health-check
 *
 * Pings begin with the fault, after a part of a minute that the seed draws. Before that every instance is healthy. A
 * ping with no answer in a minute counts as failed in Azure; here only a refusal, a cut connection or a status other
 * than 200 to 299 does. Otherwise a busy machine would evict healthy instances. Left out: the replacement after one
 * hour of ill health, and pings that meet a process which is being restarted. A ping asks for the app's default domain, see `pingHeaders`.
 */

import { healthCheckDefaults } from '../../architecture/azure/defaults';
import type { PlatformClock } from './clock';

export interface HealthCheckSettings {
  readonly path: string;
  /** 2 to 10; a ping a minute makes it a number of failures too. */
  readonly evictionMinutes: number;
  /** 1 to 100. */
  readonly maxUnhealthyPercent: number;
}

/** `kept`: unhealthy for as long, but no more instances may be evicted, or every instance was unhealthy. */
export type Fate = 'evicted' | 'kept' | 'unchecked';

type Decided = Exclude<Fate, 'unchecked'>;

export interface HealthCheck<T extends { readonly key: string }> {
  /** @param firstPing Azure seconds after the fault, 0 to 60 */
  begin(firstPing: number): void;
  /** Those of the listed instances that take traffic. */
  inRotation(): readonly T[];
  /** What becomes of an instance that has stopped answering; `unchecked` at once where health check is off. */
  fate(instance: T): Promise<Fate>;
}

const { pingSeconds } = healthCheckDefaults;

/** Whether the answer to a ping is healthy: a status from 200 to 299. A redirect is not followed, so it is a failure. */
export const isHealthyAnswer = (answer: number | string): boolean =>
  typeof answer === 'number' && answer >= 200 && answer <= 299;

const labels = {
  evicted: 'health check takes the instance out',
  kept: 'health check may take no more out',
} as const;

export function createHealthCheck<T extends { readonly key: string }>(options: {
  readonly settings: HealthCheckSettings | null;
  readonly clock: PlatformClock;
  /** Instances that the platform counts as the app's, dead ones too. */
  readonly listed: () => readonly T[];
  readonly ping: (instance: T, path: string) => Promise<boolean>;
}): HealthCheck<T> {
  const { settings, clock, listed, ping } = options;
  const failures = new Map<string, number>();
  const evicted = new Set<string>();
  const decided = new Map<string, { readonly fate: Decided; readonly second: number }>();
  const asking = new Map<string, (fate: Fate) => void>();

  const note = (fate: Decided, second: number): void =>
    clock.note(labels[fate], second, ...(fate === 'evicted' ? (['eviction'] as const) : []));

  function decide({ key }: T, fate: Decided, second: number): void {
    decided.set(key, { fate, second });
    const answer = asking.get(key);
    if (!answer) return;
    note(fate, second);
    asking.delete(key);
    answer(fate);
  }

  async function pingAll({ path, evictionMinutes, maxUnhealthyPercent }: HealthCheckSettings, second: number) {
    const instances = listed();
    const answers = await Promise.all(instances.map((instance) => ping(instance, path)));
    instances.forEach(({ key }, index) => {
      failures.set(key, answers[index] ? 0 : (failures.get(key) ?? 0) + 1);
      if (answers[index]) evicted.delete(key);
    });
    const unhealthy = instances.filter(({ key }) => (failures.get(key) ?? 0) >= evictionMinutes);
    const mayGo = Math.floor((instances.length * maxUnhealthyPercent) / 100);
    if (unhealthy.length === instances.length) evicted.clear();
    for (const instance of unhealthy) {
      if (evicted.has(instance.key)) continue;
      const gone = instances.filter(({ key }) => evicted.has(key)).length;
      if (unhealthy.length === instances.length || gone >= mayGo) decide(instance, 'kept', second);
      else {
        evicted.add(instance.key);
        decide(instance, 'evicted', second);
      }
    }
  }

  return {
    begin: (firstPing) => {
      if (settings) clock.every(firstPing, pingSeconds, (second) => pingAll(settings, second));
    },
    inRotation: () => listed().filter(({ key }) => !evicted.has(key)),
    fate: (instance) => {
      if (!settings) return Promise.resolve('unchecked');
      const known = decided.get(instance.key);
      if (known) note(known.fate, known.second);
      return known ? Promise.resolve(known.fate) : new Promise((resolve) => asking.set(instance.key, resolve));
    },
  };
}
