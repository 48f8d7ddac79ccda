/** What the drill assumes because no Terraform states it. */

/**
 * Milliseconds that an edge of Front Door measures to a region that is not its own; to its own it measures 0. A figure of
 * the order between European regions.
 */
export const otherRegionLatencyMs = 40;

/**
 * Real milliseconds until a shopper gives up waiting. Front Door's own limit is 30 s or more, which would outlast the whole
 * drill.
 */
export const patienceMs = 15_000;

/** Adds of one shopper in a minute, where losses in the replication lag are given as a rate. Not a figure of anybody's traffic. */
export const addsAMinute = 1;
