/** How App Service's front end spreads requests that no affinity cookie binds. */

import type { Deployment, WebApp } from '../../architecture/deployment';
import { argumentsOf, blocksOf, literalText } from './written';

/**
 * What is emulated of `site_config.load_balancing_mode`. Microsoft documents the names and not how each of them chooses;
 * what a name says is assumed.
 */
export type LoadBalancing = 'least-requests' | 'round-robin' | 'request-hash';

/**
 * By the names that azurerm takes.
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/linux_web_app
 */
const emulated: Readonly<Record<string, LoadBalancing>> = {
  LeastRequests: 'least-requests',
  LeastRequestsWithTieBreaker: 'least-requests',
  WeightedRoundRobin: 'round-robin',
  PerSiteRoundRobin: 'round-robin',
  RequestHash: 'request-hash',
};

/** Where the Terraform leaves it out, or names a mode that is not emulated: the provider's default, `LeastRequests`. */
export function loadBalancingOf(deployment: Deployment, { address }: WebApp): LoadBalancing {
  const [config = {}] = blocksOf(argumentsOf(deployment, address), 'site_config');
  return emulated[literalText(config.load_balancing_mode) ?? ''] ?? 'least-requests';
}
