/** One request of a run, as the judge sees it. */

export interface Logged {
  /** Id of the shopper who sent it; null: another client did. */
  readonly shopper: number | null;
  /** Whether a client without cookies asked the stateless API. */
  readonly isApi: boolean;
  readonly path: string;
  /** `performance.now()`. */
  readonly sentAt: number;
  /** Milliseconds until the answer was complete, or until there was none. */
  readonly tookMs: number;
  /** null: no answer. */
  readonly status: number | null;
  /** Key of the process that answered; null: a layer before it did, or nobody. */
  readonly process: string | null;
}
