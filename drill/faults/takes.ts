/** What a fault takes away, in the terms that the prediction uses. */
export interface Takes {
  /** Whose processes end: of one instance, of every instance in a zone or in the region, or of all regions. */
  readonly processes: 'none' | 'instance' | 'zone' | 'region' | 'all';
  /**
   * What happens to the region's Redis, where there is one: its `primary` dies with what only it held, or there is no
   * `access` to it for a while and it keeps its data.
   */
  readonly redis: 'none' | 'primary' | 'access';
  /**
   * Whether the whole region goes dark, with its front ends and its Redis. Where another region takes over, it comes back
   * with its data after the audit; alone, it is deployed again, empty.
   */
  readonly region: boolean;
}

export const takesNothing: Takes = { processes: 'none', redis: 'none', region: false };
