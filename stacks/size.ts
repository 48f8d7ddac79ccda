import type { Settings } from './settings';

/**
 * What the size of a deployment decides. One switch, but each thing that it changes stands here by its own name. A
 * running deployment may change its size, so nothing belongs here that Azure does not let anyone change: see
 * docs/decisions/vault-retention.md.
 */
export interface Size {
  /** Application Gateway instances, which autoscale between these. */
  readonly gateway: { readonly minimum: number; readonly maximum: number };
  /** Days that Log Analytics keeps logs. */
  readonly logRetentionDays: number;
  /** What this size gives up, in a sentence each; it is also an output of the stack. */
  readonly givesUp: readonly string[];
}

const sizes: Record<Settings['size'], Size> = {
  production: {
    // Microsoft's baseline asks for three: a new instance takes six to seven minutes.
    gateway: { minimum: 3, maximum: 10 },
    logRetentionDays: 90,
    givesUp: [],
  },
  trial: {
    gateway: { minimum: 1, maximum: 2 },
    logRetentionDays: 30,
    givesUp: [
      'The gateway has one reserved instance instead of three and grows to two instead of ten: it carries less, and less after a loss.',
      'Logs are kept for 30 days instead of 90.',
    ],
  },
};

export const sizeOf = ({ size }: Pick<Settings, 'size'>): Size => sizes[size];
