# Apps and their settings from files beside the configuration, all on one plan, behind one gateway by path.
provider "azurerm" {
  features {}
}
locals {
  apps = { for name in fileset(path.module, "apps/*.yaml") : trimsuffix(basename(name), ".yaml") => yamldecode(file("${path.module}/${name}")) }
}
resource "azurerm_resource_group" "rg" {
  name     = "rg-many"
  location = "germanywestcentral"
}
resource "azurerm_service_plan" "plan" {
  name                = "plan-many"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  os_type             = "Linux"
  sku_name            = "P1v3"
  worker_count        = 2
}
resource "azurerm_linux_web_app" "app" {
  for_each                = local.apps
  name                    = "many-${each.key}"
  location                = azurerm_resource_group.rg.location
  resource_group_name     = azurerm_resource_group.rg.name
  service_plan_id         = azurerm_service_plan.plan.id
  https_only              = true
  client_affinity_enabled = each.value.affinity
  app_settings            = each.value.settings
  site_config {
    health_check_path = each.value.health
  }
}
