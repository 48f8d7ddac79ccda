# The classic Front Door, whose backends are hosts of two apps.
provider "azurerm" {
  features {}
}
locals {
  places = { weu = "westeurope", neu = "northeurope" }
}
resource "azurerm_resource_group" "rg" {
  name     = "rg-classic"
  location = "westeurope"
}
resource "azurerm_service_plan" "plan" {
  for_each            = local.places
  name                = "plan-${each.key}"
  location            = each.value
  resource_group_name = azurerm_resource_group.rg.name
  os_type             = "Windows"
  sku_name            = "S1"
  worker_count        = 2
}
resource "azurerm_windows_web_app" "app" {
  for_each            = azurerm_service_plan.plan
  name                = "app-${each.key}"
  location            = each.value.location
  resource_group_name = azurerm_resource_group.rg.name
  service_plan_id     = each.value.id
  site_config {}
}
resource "azurerm_frontdoor" "door" {
  name                = "fd-classic"
  resource_group_name = azurerm_resource_group.rg.name
  backend_pool {
    name                = "apps"
    load_balancing_name = "balance"
    health_probe_name   = "probe"
    dynamic "backend" {
      for_each = azurerm_windows_web_app.app
      content {
        address     = backend.value.default_hostname
        host_header = backend.value.default_hostname
        http_port   = 80
        https_port  = 443
      }
    }
  }
}
