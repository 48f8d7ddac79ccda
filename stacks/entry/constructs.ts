/**
 * The constructs of entries, loaded when the first entry is declared. CDKTF takes longer to load than all else, and most commands
 * ask an entry for its name alone.
 */

// biome-ignore-start lint/style/noCommonJs: an import would load them at the start, and a promise is of no use to a constructor.
export const constructs = () => ({
  ...(require('./applicationGateway') as typeof import('./applicationGateway')),
  ...(require('./frontDoor') as typeof import('./frontDoor')),
  ...(require('./hostName') as typeof import('./hostName')),
});
// biome-ignore-end lint/style/noCommonJs: as above
