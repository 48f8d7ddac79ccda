import type { SessionStore } from '../sessions/stores';

/** Cookie affinity at one layer; `absent` exactly where the entry has no such layer. */
export type AffinityState = 'on' | 'off' | 'absent';

/**
 * A variant is data: the choices that decide where state lives and what is lost with an instance, a zone or a region.
 */
export interface Variant {
  /** What the client's connection reaches first: an id of `entry/entries.ts`. */
  readonly entry: string;
  /** How many of the regions in the settings are used, the first ones. The entry says whether one or several. */
  readonly regions: number;
  /** With an entry that routes to several regions: whether all take traffic, or those after the first stand by. Otherwise `active-active`. */
  readonly routing: 'active-active' | 'active-passive';
  /** App Service instances in each region, 1 to 30 (the most that a Premium plan has by default). */
  readonly instances: number;
  /** Whether the plan spreads its instances over availability zones. */
  readonly zoneRedundant: boolean;
  /** Cookie affinity: App Service's own layer, which is always there, and each layer that an entry brings. */
  readonly affinity: { readonly appService: 'on' | 'off'; readonly [layer: string]: AffinityState };
  /** Where sessions live: a line of `sessions/stores.ts`. */
  readonly sessions: SessionStore;
}
