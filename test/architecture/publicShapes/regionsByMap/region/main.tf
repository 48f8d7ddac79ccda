variable "name" {}
variable "location" {}
variable "workers" {
  type    = number
  default = null
}
resource "azurerm_resource_group" "region" {
  name     = "rg-${var.name}"
  location = var.location
}
resource "azurerm_service_plan" "plan" {
  name                   = "plan-${var.name}"
  location               = azurerm_resource_group.region.location
  resource_group_name    = azurerm_resource_group.region.name
  os_type                = "Linux"
  sku_name               = "P1v3"
  worker_count           = var.workers
  zone_balancing_enabled = var.workers == null ? false : true
}
resource "azurerm_linux_web_app" "shop" {
  name                          = "shop-${var.name}"
  location                      = azurerm_resource_group.region.location
  resource_group_name           = azurerm_resource_group.region.name
  service_plan_id               = azurerm_service_plan.plan.id
  client_affinity_enabled       = false
  https_only                    = true
  public_network_access_enabled = false
  app_settings                  = { SESSION_STORE = "cookie", SESSION_SECRET = "@Microsoft.KeyVault(SecretUri=https://kv-shop.vault.azure.net/secrets/session)" }
  site_config {
    health_check_path                 = "/up"
    health_check_eviction_time_in_min = 2
  }
}
output "host" { value = azurerm_linux_web_app.shop.default_hostname }
output "id" { value = azurerm_linux_web_app.shop.id }
output "location" { value = azurerm_linux_web_app.shop.location }
