import type { Settings } from './stacks/settings';

/**
 * What a team changes. Everything is checked at synth; `stacks/settings.ts` says what each setting may be.
 *
 * No secret belongs here, and no subscription: `terraform` and `cdktf deploy` read ARM_SUBSCRIPTION_ID.
 */
export const settings: Settings = {
  workload: 'shop',
  environment: 'prod',
  regions: [
    { location: 'swedencentral', addressSpace: '10.0.0.0/16' },
    { location: 'germanywestcentral', addressSpace: '10.1.0.0/16' },
  ],
  // A placeholder: Terraform refuses to plan with it. Put your own host here, or 'none' for a trial.
  domain: { host: 'shop.example.com' },
  planSku: 'P0v3',
  redisSku: 'Balanced_B3',
  registerResourceProviders: true,
  tags: { workload: 'shop', environment: 'prod', 'managed-by': 'steadystate' },
};
