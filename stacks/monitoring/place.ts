import type { Namer } from '../naming';
import type { Settings } from '../settings';

/** What the constructs of a region share. */
export interface Place {
  readonly name: Namer;
  readonly location: string;
  readonly resourceGroupName: string;
  readonly resourceGroupId: string;
  readonly settings: Settings;
  readonly tags: Record<string, string>;
}

/** A place whose resources send their logs to a Log Analytics workspace and their alerts to an action group. */
export interface WatchedPlace extends Place {
  readonly workspaceId: string;
  readonly actionGroupId: string;
}
