import type { Settings } from './stacks/settings';

/**
 * What a team changes. Everything is checked at synth; `stacks/settings/schema.ts` says what each setting may be.
 *
 * No secret belongs here, and no subscription: `terraform` and `cdktf deploy` read ARM_SUBSCRIPTION_ID.
 */
export const settings: Settings = {
  workload: 'shop',
  environment: 'prod',
  generation: 1,
  size: 'production',
  regions: [
    { location: 'swedencentral', addressSpace: '10.0.0.0/16' },
    { location: 'northeurope', addressSpace: '10.1.0.0/16' },
  ],
  // Host, address and list below are placeholders: Terraform refuses to plan until they are yours.
  domain: { host: 'shop.example.com', dnsReady: false },
  alertEmail: 'oncall@example.com',
  deployerAddresses: [],
  certificate: 'self-signed',
  planSku: 'P0v3',
  maximumInstances: 9,
  survivingRegionCarriesPercent: 100,
  privateOrigins: false,
  stagingSlot: true,
  redisSku: 'Balanced_B3',
  package: 'onedeploy',
  sessionSecret: { signs: 'a', versions: { a: 1, b: 1 } },
  agentsSubnet: false,
  runbooks: 'https://wiki.example.com/steadystate/runbooks',
  registerResourceProviders: true,
  state: 'local',
  tags: { workload: 'shop', environment: 'prod', 'managed-by': 'steadystate' },
};
