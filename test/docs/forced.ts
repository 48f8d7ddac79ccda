import type { Deployment, Resource } from '../../architecture/deployment';
import { type Difference, difference } from '../../review/diff';

const docs = 'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.79.0/website/docs/r';

/** Arguments of which the provider's pages say "Changing this forces a new resource", and `review` does not know it. */
const forcing: readonly { readonly type: string; readonly attribute: RegExp; readonly source: string }[] = [
  {
    type: 'app_service_custom_hostname_binding',
    attribute: /^hostname$/,
    source: `${docs}/app_service_custom_hostname_binding.html.markdown`,
  },
  {
    type: 'key_vault_certificate',
    attribute: /subject_alternative_names/,
    source: `${docs}/key_vault_certificate.html.markdown`,
  },
  { type: 'private_endpoint', attribute: /^subnet_id$/, source: `${docs}/private_endpoint.html.markdown` },
  { type: 'role_assignment', attribute: /^(scope|principal_id)$/, source: `${docs}/role_assignment.html.markdown` },
];

/** Arguments that lead to another resource and force a new one: who refers to something replaced by them is replaced, too. */
const following: Readonly<Record<string, readonly string[]>> = {
  linux_web_app_slot: ['app_service_id'],
  key_vault_secret: ['key_vault_id'],
  key_vault_certificate: ['key_vault_id'],
  private_endpoint: ['private_service_connection', 'subnet_id'],
  monitor_diagnostic_setting: ['target_resource_id'],
  monitor_autoscale_setting: ['target_resource_id'],
  role_assignment: ['scope', 'principal_id'],
  managed_redis_access_policy_assignment: ['managed_redis_id', 'object_id'],
  managed_redis_geo_replication: ['managed_redis_id'],
  storage_container: ['storage_account_id'],
  app_service_custom_hostname_binding: ['app_service_name'],
};

const kind = (address: string) => address.split('.')[0]?.replace('azurerm_', '') ?? '';

export interface Plan {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly inPlace: readonly string[];
  readonly replaced: readonly string[];
  readonly sessionsLost: boolean;
}

/** What Terraform would do, as far as documents tell: what forces a new resource, and whoever refers to one. */
export function planned(from: Deployment, to: Deployment): Plan {
  const found: Difference = difference(from, to);
  const changed = found.changed.filter(
    ({ attributes }) => !attributes.every(({ attribute }) => /^(lifecycle|depends_on)/.test(attribute)),
  );
  const forced = changed.filter(
    ({ address, attributes, replacement }) =>
      replacement.verdict === 'replaced' ||
      forcing.some(
        ({ type, attribute }) => type === kind(address) && attributes.some((one) => attribute.test(one.attribute)),
      ),
  );
  // A cache whose database alone is created again keeps its id, and what leads to it stays.
  const keepsId = ({ attributes }: (typeof changed)[number]) =>
    attributes.some(({ attribute }) => /^default_database/.test(attribute)) &&
    attributes.every(({ attribute }) => /^(default_database|lifecycle|depends_on)/.test(attribute));
  const kept = new Set(forced.filter(keepsId).map(({ address }) => address));
  const replaced = new Set([
    ...forced.map(({ address }) => address),
    ...found.changed.filter(({ replacement }) => replacement.verdict === 'replaced').map(({ address }) => address),
  ]);
  const before = new Set(from.resources.map(({ address }) => address));
  for (let size = -1; size !== replaced.size; ) {
    size = replaced.size;
    for (const resource of to.resources)
      if (before.has(resource.address) && refersTo(resource, replaced, kept)) replaced.add(resource.address);
  }
  return {
    added: found.added,
    removed: found.removed,
    inPlace: changed.flatMap(({ address }) => (replaced.has(address) ? [] : [address])),
    replaced: [...replaced],
    sessionsLost: found.sessionsLost.length > 0,
  };
}

const refersTo = (
  { address, attributes }: Resource,
  replaced: ReadonlySet<string>,
  kept: ReadonlySet<string>,
): boolean =>
  (following[kind(address)] ?? []).some((name) => {
    const text = JSON.stringify(attributes[name] ?? '');
    return [...text.matchAll(/azurerm_\w+\.[\w-]+/g)].some(([named]) => replaced.has(named) && !kept.has(named));
  });

/** As the table has it: `8 added, 1 in place`, with what is replaced or removed by type. */
export function inWords({ added, removed, inPlace, replaced, sessionsLost }: Plan): string {
  const types = (addresses: readonly string[]) => [...new Set(addresses.map(kind))].toSorted();
  const some = (addresses: readonly string[]) => {
    const names = types(addresses);
    return names.length > 4 ? `${names.length} types` : names.map((name) => `\`${name}\``).join(', ');
  };
  const parts = [
    ...(added.length > 0 ? [`${added.length} added`] : []),
    ...(inPlace.length > 0 ? [`${inPlace.length} in place`] : []),
    ...(replaced.length > 0 ? [`**${replaced.length} replaced** (${some(replaced)})`] : []),
    ...(removed.length > 0 ? [`${removed.length} removed (${some(removed)})`] : []),
    ...(sessionsLost ? ['**every session lost**'] : []),
  ];
  return parts.join(', ') || 'nothing';
}
