import type { Settings } from './settings';

/** What the size of a deployment decides. One switch, but each thing that it changes stands here by its own name. */
export interface Size {
  /** Application Gateway instances, which autoscale between these. */
  readonly gateway: { readonly minimum: number; readonly maximum: number };
  /** Days that Log Analytics keeps logs. */
  readonly logRetentionDays: number;
  /** Days that a deleted vault and its secrets can be brought back, 7 to 90; its name is held as long. */
  readonly vaultSoftDeleteDays: number;
  /** Whether nobody can empty the vault before that time is over. Once on, it stays on. */
  readonly vaultPurgeProtection: boolean;
  /** What this size gives up, in a sentence each; it is also an output of the stack. */
  readonly givesUp: readonly string[];
}

const sizes: Record<Settings['size'], Size> = {
  production: {
    // Microsoft's baseline asks for three: a new instance takes six to seven minutes.
    gateway: { minimum: 3, maximum: 10 },
    logRetentionDays: 90,
    vaultSoftDeleteDays: 90,
    vaultPurgeProtection: true,
    givesUp: [],
  },
  trial: {
    gateway: { minimum: 1, maximum: 2 },
    logRetentionDays: 30,
    vaultSoftDeleteDays: 7,
    vaultPurgeProtection: false,
    givesUp: [
      'The gateway has one reserved instance instead of three and grows to two instead of ten: it carries less, and less after a loss.',
      'Logs are kept for 30 days instead of 90.',
      'The vault can be emptied by whoever may purge it, and a deleted one is gone after 7 days instead of 90.',
    ],
  },
};

export const sizeOf = ({ size }: Settings): Size => sizes[size];
