/** What the drill assumes because no Terraform states it. Both the emulation and the prediction use it. */

/**
 * Milliseconds that an edge of Front Door measures to a region that is not its own; to its own it measures 0. A figure of
 * the order between European regions.
 */
export const otherRegionLatencyMs = 40;
