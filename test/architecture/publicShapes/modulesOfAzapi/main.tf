# As the verified modules are called: a plan's module and a site's module, each one azapi resource and its parts inside.
terraform {
  required_providers {
    azapi = { source = "Azure/azapi" }
  }
}
provider "azurerm" {
  features {}
}
resource "azurerm_resource_group" "this" {
  name     = "rg-verified"
  location = "australiaeast"
}
module "serverfarm" {
  source    = "./serverfarm"
  name      = "plan-verified"
  parent_id = azurerm_resource_group.this.id
  location  = azurerm_resource_group.this.location
  os_type   = "Linux"
}
module "site" {
  source                   = "./site"
  name                     = "app-verified"
  parent_id                = azurerm_resource_group.this.id
  location                 = azurerm_resource_group.this.location
  kind                     = "webapp"
  os_type                  = "Linux"
  service_plan_resource_id = module.serverfarm.resource_id
  https_only               = true
  site_config = {
    health_check_path = "/up"
    application_stack = { node = { node_version = "22-lts" } }
  }
  app_settings = { SESSION_STORE = "memory" }
  deployment_slots = {
    staging = { name = "staging" }
  }
}
