/** Where anybody can reach a deployment, from its Terraform. */

import type { Deployment } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/known';

export interface Reach {
  /** Why nobody outside the network reaches it; null: anybody does, or nothing says that nobody does. */
  readonly refusal: string | null;
  /** Host names that users type, where the Terraform states them; they may be placeholders. */
  readonly hosts: readonly string[];
}

/** A host name, not an expression that is known after an apply. */
const isHostName = (text: unknown): text is string =>
  typeof text === 'string' && /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i.test(text);

/** What a gateway's listeners answer to. */
const hostsIn = (listeners: unknown): readonly unknown[] =>
  (Array.isArray(listeners) ? listeners : []).flatMap((listener: Readonly<Record<string, unknown>>) => [
    listener.host_name,
    ...(Array.isArray(listener.host_names) ? listener.host_names : []),
  ]);

export function reachOf(deployment: Deployment): Reach {
  const { entry, regions, gateways, resources } = deployment;
  const none = { hosts: [] };
  if (isUnknown(entry)) return { ...none, refusal: `its entry is unknown: ${entry.unknown}` };
  if (regions.length === 0) return { ...none, refusal: 'it declares no App Service app' };
  if (entry === 'front-door') {
    const hosts = resources
      .filter(({ type }) => type === 'azurerm_cdn_frontdoor_custom_domain')
      .map(({ attributes }) => attributes.host_name);
    return { refusal: null, hosts: [...new Set(hosts.filter(isHostName))] };
  }
  if (entry === 'application-gateway') {
    const open = gateways.filter(({ publicIps }) => publicIps.length > 0);
    if (gateways.length > 0 && open.length === 0)
      return {
        ...none,
        refusal: `${gateways.map(({ address }) => address).join(' and ')} has no public address in front`,
      };
    const hosts = resources
      .filter(({ address }) => open.some((gateway) => gateway.address === address))
      .flatMap(({ attributes }) => hostsIn(attributes.http_listener));
    const probed = open.flatMap(({ probes }) => (isUnknown(probes) ? [] : probes.map(({ host }) => host)));
    const bound = regions.flatMap(({ app }) => app.boundHosts);
    // A listener without a name answers to any; then the name by which the app is asked says what users type.
    const named = hosts.some(isHostName) ? hosts : [...bound, ...probed];
    return { refusal: null, hosts: [...new Set(named.filter(isHostName))] };
  }
  const closed = regions.filter(({ app }) => app.publicAccess === false);
  if (closed.length === regions.length)
    return { ...none, refusal: `${closed.map(({ app }) => app.address).join(' and ')} has no public network access` };
  return { refusal: null, hosts: [...new Set(regions.flatMap(({ app }) => app.boundHosts).filter(isHostName))] };
}
