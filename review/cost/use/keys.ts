/**
 * What a usage file may say, by resource type. Names are those of Infracost's usage files where it has one, so that one file
 * serves both. @see https://www.infracost.io/docs/features/usage_based_resources/
 */
export const usageKeys = {
  azurerm_cdn_frontdoor_profile: [
    'monthly_requests',
    'monthly_outbound_data_transfer_gb',
    'monthly_inbound_data_transfer_gb',
  ],
  azurerm_application_gateway: ['capacity_units', 'monthly_outbound_data_transfer_gb'],
  azurerm_linux_web_app: ['monthly_outbound_data_transfer_gb'],
  azurerm_windows_web_app: ['monthly_outbound_data_transfer_gb'],
  azurerm_app_service: ['monthly_outbound_data_transfer_gb'],
  azurerm_private_endpoint: ['monthly_inbound_data_processed_gb', 'monthly_outbound_data_processed_gb'],
  azurerm_dns_zone: ['monthly_queries'],
  azurerm_log_analytics_workspace: ['monthly_log_data_ingestion_gb'],
} as const satisfies Record<string, readonly string[]>;

export type UsageKey = (typeof usageKeys)[keyof typeof usageKeys][number];

/** The keys of a type; undefined: nothing of it is priced by use here. */
export const keysOf = (type: string): readonly string[] | undefined =>
  Object.hasOwn(usageKeys, type) ? usageKeys[type as keyof typeof usageKeys] : undefined;
