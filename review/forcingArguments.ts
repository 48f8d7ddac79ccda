/**
 * Arguments of which azurerm's pages say "Changing this forces a new resource to be created", by type without `azurerm_`. The
 * name, place and group of any resource are not repeated here. Read at v4.79.0.
 *
 * @see https://github.com/hashicorp/terraform-provider-azurerm/tree/v4.79.0/website/docs/r
 */
export const forcingArguments: Readonly<Record<string, readonly string[]>> = {
  app_service_custom_hostname_binding: ['app_service_name', 'hostname'],
  key_vault_certificate: [
    'certificate_policy.x509_certificate_properties.subject_alternative_names.dns_names',
    'key_vault_id',
  ],
  key_vault_secret: ['key_vault_id'],
  linux_web_app_slot: ['app_service_id'],
  managed_redis_access_policy_assignment: ['managed_redis_id', 'object_id'],
  managed_redis_geo_replication: ['managed_redis_id'],
  monitor_autoscale_setting: ['target_resource_id'],
  monitor_diagnostic_setting: ['target_resource_id'],
  private_endpoint: ['private_service_connection.private_connection_resource_id', 'subnet_id'],
  role_assignment: ['principal_id', 'scope'],
  storage_container: ['storage_account_id'],
};

/** Whether a change of this argument makes a new resource. Positions of repeated blocks in its path do not matter. */
export const forcesNew = (type: string, attribute: string): boolean =>
  (forcingArguments[type.replace(/^azurerm_/, '')] ?? []).includes(attribute.replaceAll(/\.\d+(?=\.|$)/g, ''));
