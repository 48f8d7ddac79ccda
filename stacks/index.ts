/**
 * The constructs, for a CDKTF program of your own. Each takes props of its own and stands in any `TerraformStack`; none needs
 * `settings.ts` or `VariantStack`. docs/library.md builds a stack from them.
 */

export { InputError } from '../inputError';
export type { SessionStore } from '../sessions/stores';
export { ApplicationGatewayEntry, type ApplicationGatewayEntryProps } from './entry/applicationGateway';
export { DnsRecords, type DnsRecordsProps } from './entry/dnsRecords';
export { FrontDoorEntry, type FrontDoorEntryProps } from './entry/frontDoor';
export { gatewaySubnet } from './entry/gatewaySubnet';
export { AvailabilityTest, type AvailabilityTestProps } from './monitoring/availabilityTest';
export { Monitoring, type MonitoringProps } from './monitoring/monitoring';
export {
  type Place,
  type PlaceOptions,
  type PlaceSettings,
  placeSettings,
  type WatchedPlace,
} from './monitoring/place';
export { type NameParts, type Namer, namer } from './naming';
export { declareProvider, type ProviderOptions } from './provider';
export { Group, type GroupProps } from './region/group';
export { RegionIdentity, type RegionIdentityProps } from './region/identity';
export type { Ingress } from './region/ingress';
export { type EntrySubnet, Network, type NetworkProps } from './region/network/network';
export { PrivateAccess, type PrivateAccessProps } from './region/network/privateAccess';
export { Region, type RegionProps } from './region/region';
export { RegionApp, type RegionAppProps } from './region/regionApp';
export { Secrets, type SecretsProps } from './region/secrets';
export { GeoReplication, type GeoReplicationProps, Sessions, type SessionsProps } from './region/sessions';
