/** What the drill assumes because no Terraform states it. Both the emulation and the prediction use it. */

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
