# Two regions by count, each with a Managed Redis of one group; Traffic Manager by latency.
provider "azurerm" {
  features {}
}
variable "locations" { default = ["westeurope", "northeurope"] }
resource "azurerm_resource_group" "rg" {
  count    = length(var.locations)
  name     = "rg-${count.index}"
  location = var.locations[count.index]
}
resource "azurerm_managed_redis" "sessions" {
  count               = length(var.locations)
  name                = "redis-${count.index}"
  location            = azurerm_resource_group.rg[count.index].location
  resource_group_name = azurerm_resource_group.rg[count.index].name
  sku_name            = "Balanced_B3"
  default_database {
    geo_replication_group_name = "sessions"
    eviction_policy            = "NoEviction"
    clustering_policy          = "EnterpriseCluster"
  }
}
resource "azurerm_managed_redis_geo_replication" "sessions" {
  managed_redis_id         = azurerm_managed_redis.sessions[0].id
  linked_managed_redis_ids = slice(azurerm_managed_redis.sessions[*].id, 1, length(var.locations))
}
resource "azurerm_service_plan" "plan" {
  count               = length(var.locations)
  name                = "plan-${count.index}"
  location            = azurerm_resource_group.rg[count.index].location
  resource_group_name = azurerm_resource_group.rg[count.index].name
  os_type             = "Linux"
  sku_name            = "P1v3"
  worker_count        = 2
}
resource "azurerm_linux_web_app" "shop" {
  count               = length(var.locations)
  name                = "shop-${count.index}"
  location            = azurerm_resource_group.rg[count.index].location
  resource_group_name = azurerm_resource_group.rg[count.index].name
  service_plan_id     = azurerm_service_plan.plan[count.index].id
  https_only          = true
  app_settings = {
    SESSION_STORE = "redis"
    REDIS_URL     = "rediss://${azurerm_managed_redis.sessions[count.index].hostname}:10000"
  }
  site_config {
    health_check_path = "/up"
  }
}
resource "azurerm_traffic_manager_profile" "shop" {
  name                   = "tm-shop"
  resource_group_name    = azurerm_resource_group.rg[0].name
  traffic_routing_method = "Performance"
  dns_config {
    relative_name = "shop"
    ttl           = 60
  }
  monitor_config {
    protocol = "HTTPS"
    port     = 443
    path     = "/up"
  }
}
resource "azurerm_traffic_manager_azure_endpoint" "shop" {
  count              = length(azurerm_linux_web_app.shop)
  name               = "shop-${count.index}"
  profile_id         = azurerm_traffic_manager_profile.shop.id
  target_resource_id = azurerm_linux_web_app.shop[count.index].id
}
