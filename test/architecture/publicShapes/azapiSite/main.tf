# App Service by azapi alone: plan, app, its settings as a part, and a slot.
terraform {
  required_providers {
    azapi = { source = "Azure/azapi" }
  }
}
provider "azurerm" {
  features {}
}
resource "azurerm_resource_group" "rg" {
  name     = "rg-azapi"
  location = "japaneast"
}
resource "azapi_resource" "plan" {
  type      = "Microsoft.Web/serverfarms@2024-04-01"
  name      = "plan-azapi"
  parent_id = azurerm_resource_group.rg.id
  location  = azurerm_resource_group.rg.location
  body = {
    kind       = "linux"
    sku        = { name = "P1v3", capacity = 3 }
    properties = { reserved = true, zoneRedundant = true }
  }
}
resource "azapi_resource" "app" {
  type      = "Microsoft.Web/sites@2024-04-01"
  name      = "app-azapi"
  parent_id = azurerm_resource_group.rg.id
  location  = azurerm_resource_group.rg.location
  body = {
    kind = "app,linux"
    properties = {
      serverFarmId          = azapi_resource.plan.id
      httpsOnly             = true
      clientAffinityEnabled = false
      siteConfig = {
        linuxFxVersion  = "NODE|22-lts"
        healthCheckPath = "/up"
        minTlsVersion   = "1.2"
      }
    }
  }
}
resource "azapi_update_resource" "settings" {
  type      = "Microsoft.Web/sites/config@2024-04-01"
  name      = "appsettings"
  parent_id = azapi_resource.app.id
  body = {
    properties = { SESSION_STORE = "memory" }
  }
}
