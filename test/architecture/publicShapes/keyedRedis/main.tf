# A Windows app with the key of its cache in a connection string and a database password in a setting.
provider "azurerm" {
  features {}
}
variable "sql_password" {
  type      = string
  sensitive = true
  default   = "set-in-the-pipeline"
}
resource "azurerm_resource_group" "rg" {
  name     = "rg-keyed"
  location = "centralus"
}
resource "azurerm_service_plan" "plan" {
  name                   = "plan-keyed"
  location               = azurerm_resource_group.rg.location
  resource_group_name    = azurerm_resource_group.rg.name
  os_type                = "Windows"
  sku_name               = "P1v2"
  worker_count           = 3
  zone_balancing_enabled = true
}
resource "azurerm_redis_cache" "sessions" {
  name                 = "redis-keyed"
  location             = azurerm_resource_group.rg.location
  resource_group_name  = azurerm_resource_group.rg.name
  family               = "P"
  sku_name             = "Premium"
  capacity             = 1
  zones                = ["1", "2", "3"]
  non_ssl_port_enabled = false
}
resource "azurerm_windows_web_app" "app" {
  name                = "app-keyed"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  service_plan_id     = azurerm_service_plan.plan.id
  https_only          = true
  app_settings = {
    SESSION_STORE = "redis"
    SQL_PASSWORD  = var.sql_password
  }
  connection_string {
    name  = "Sessions"
    type  = "RedisCache"
    value = azurerm_redis_cache.sessions.primary_connection_string
  }
  site_config {
    health_check_path = "/up"
  }
}
