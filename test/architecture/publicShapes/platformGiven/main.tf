# The platform's team owns the plan, the network and the vault: the app's team only looks them up.
provider "azurerm" {
  features {}
}
data "azurerm_resource_group" "platform" {
  name = "rg-platform"
}
data "azurerm_service_plan" "platform" {
  name                = "plan-platform"
  resource_group_name = data.azurerm_resource_group.platform.name
}
data "azurerm_subnet" "apps" {
  name                 = "snet-apps"
  virtual_network_name = "vnet-platform"
  resource_group_name  = data.azurerm_resource_group.platform.name
}
resource "azurerm_linux_web_app" "team" {
  name                      = "app-team"
  location                  = "northeurope"
  resource_group_name       = data.azurerm_resource_group.platform.name
  service_plan_id           = data.azurerm_service_plan.platform.id
  virtual_network_subnet_id = data.azurerm_subnet.apps.id
  https_only                = true
  client_affinity_enabled   = false
  app_settings = {
    SESSION_STORE  = "cookie"
    SESSION_SECRET = "@Microsoft.KeyVault(VaultName=kv-platform;SecretName=session)"
  }
  site_config {
    health_check_path                 = "/up"
    health_check_eviction_time_in_min = 2
  }
}
