import type { Deployment } from '../../architecture/deployment';

/** Billed by use: requests, gigabytes, operations. How much that will be is not in the Terraform. */
const byUse: Readonly<Record<string, string>> = {
  azurerm_cdn_frontdoor_profile: 'requests by the ten thousand, data by the gigabyte',
  azurerm_private_endpoint: 'data through private endpoints by the gigabyte',
  azurerm_log_analytics_workspace: 'logs by the gigabyte',
  azurerm_application_insights: 'telemetry by the gigabyte, in its workspace',
  azurerm_application_insights_standard_web_test: 'tests by the run',
  azurerm_storage_account: 'storage by the gigabyte',
  azurerm_key_vault: 'operations by the ten thousand',
  azurerm_monitor_metric_alert: 'alerts by the time series',
  azurerm_monitor_scheduled_query_rules_alert_v2: 'alerts by how often the query runs',
  azurerm_dns_zone: 'queries by the million',
  azurerm_traffic_manager_profile: 'queries by the million, health checks by the endpoint',
  azurerm_cdn_frontdoor_firewall_policy: 'included in Premium; in Standard by policy and rule',
};

/** Costs by existing, yet no meter of it is known here. */
const costly = new RegExp(
  `^azurerm_(${[
    'nat_gateway|firewall|bastion_host|lb|virtual_network_gateway|vpn_gateway|express_route_circuit|private_dns_resolver',
    'frontdoor|cdn_profile|api_management|public_ip_prefix|web_pubsub|signalr_service|app_configuration|static_web_app',
    'mssql_database|mssql_elasticpool|mssql_managed_instance|postgresql_\\w*server|mysql_\\w*server|cosmosdb_account|mongo_cluster',
    'redis_cache|redis_enterprise_cluster|search_service|servicebus_namespace|eventhub_namespace|container_registry',
    'kubernetes_cluster|container_group|container_app_environment|(linux|windows|orchestrated)_virtual_machine\\w*|managed_disk',
    'app_service_environment_v3|app_service_certificate_order|storage_sync|netapp_volume|recovery_services_vault',
  ].join('|')})$`,
);

/** What else costs, by address: billed by use, or by existing without a meter that is known here. */
export function alsoBilled({
  resources,
}: Pick<Deployment, 'resources'>): { resource: string; kind: 'by use' | 'no meter'; reason: string }[] {
  return resources.flatMap(({ address: resource, type }) => {
    const used = Object.hasOwn(byUse, type) ? byUse[type] : undefined;
    if (used !== undefined) return { resource, kind: 'by use', reason: used };
    return costly.test(type) ? { resource, kind: 'no meter', reason: 'no meter of it is known here' } : [];
  });
}
