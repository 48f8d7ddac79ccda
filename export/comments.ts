/** Why an argument is as it is, where a reader of plain Terraform would wonder. */

interface Comment {
  /** Type of the resource, or a pattern of it. */
  readonly type: RegExp;
  /** Path of the argument or block, without indices. */
  readonly path: string;
  /** Only where the value is this one. */
  readonly value?: unknown;
  readonly reason: string;
}

/** @see docs/decisions */
export const comments: readonly Comment[] = [
  {
    type: /^azurerm_linux_web_app(_slot)?$/,
    path: 'client_affinity_enabled',
    value: false,
    reason: "Said, because Azure's own default is true: any instance can serve any session.",
  },
  {
    type: /^azurerm_linux_web_app(_slot)?$/,
    path: 'client_affinity_enabled',
    value: true,
    reason: 'Sessions are in process, so a client must come back to its instance. They are lost with it.',
  },
  {
    type: /^azurerm_linux_web_app(_slot)?$/,
    path: 'depends_on',
    reason:
      'An app that starts before its identity may read the secrets, or before their private name exists, keeps an unresolved reference for up to a day.',
  },
  {
    type: /^azurerm_linux_web_app(_slot)?$/,
    path: 'webdeploy_publish_basic_authentication_enabled',
    value: false,
    reason: 'With this and the one for FTP off, the publishing credential in the state opens nothing.',
  },
  {
    type: /^azurerm_linux_web_app$/,
    path: 'sticky_settings',
    reason: 'What differs between app and slot stays where it is at a swap.',
  },
  {
    type: /^azurerm_service_plan$/,
    path: 'lifecycle.ignore_changes',
    reason: 'Autoscale changes it, and an apply must not undo that.',
  },
  {
    type: /^azurerm_key_vault_secret$/,
    path: 'value_wo',
    reason: 'Write-only: in no state and no plan. Sent to the vault only when its version is raised.',
  },
  {
    type: /^azurerm_key_vault$/,
    path: 'purge_protection_enabled',
    value: true,
    reason: 'Nobody can delete the secrets for good before the retention is over, and the name stays taken as long.',
  },
  {
    type: /^azurerm_key_vault$/,
    path: 'depends_on',
    reason:
      'A right takes minutes to take effect. Given before the vault, it is in force when the secrets are written.',
  },
  {
    type: /^azurerm_managed_redis$/,
    path: 'default_database.clustering_policy',
    value: 'EnterpriseCluster',
    reason:
      'One address for all of it. Another policy needs a client that follows Redis Cluster, and recreates the database.',
  },
  {
    type: /^azurerm_managed_redis$/,
    path: 'default_database.access_keys_authentication_enabled',
    value: false,
    reason: 'Identities only. A key would be in the state.',
  },
  {
    type: /^azurerm_managed_redis$/,
    path: 'default_database.eviction_policy',
    value: 'VolatileLRU',
    reason: 'Every session has an expiry, so under pressure the longest unused one goes, and no write fails.',
  },
  {
    type: /^azurerm_application_gateway$/,
    path: 'backend_http_settings.sni_name',
    reason:
      "The user's host goes to the app unchanged, so that affinity cookies and redirects work; its certificate is of its own name.",
  },
  {
    type: /^azurerm_storage_account$/,
    path: 'shared_access_key_enabled',
    value: false,
    reason: 'Identities only. The keys in the state open nothing.',
  },
  {
    type: /^azurerm_(managed_redis_access_policy_assignment|managed_redis_geo_replication|monitor_diagnostic_setting)$/,
    path: 'lifecycle.replace_triggered_by',
    reason: 'Azure deletes it together with that resource, which Terraform would not notice.',
  },
];

/** Comments of the provider's own block. */
export const providerComments: Readonly<Record<string, string>> = {
  resource_group:
    'Azure puts an action group and a rule into the groups by itself. Otherwise a destroy would stop at them.',
  storage: 'The account is closed to networks that are not listed, so the provider must not ask its data plane.',
  storage_use_azuread: 'The accounts have no keys.',
};

export function commentOn(type: string, path: string, value: unknown): string | undefined {
  return comments.find(
    (comment) => comment.type.test(type) && comment.path === path && (!('value' in comment) || comment.value === value),
  )?.reason;
}
