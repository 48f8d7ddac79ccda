# One module for both systems: a variable chooses which of two resources exists.
provider "azurerm" {
  features {}
}
variable "os_type" { default = "Windows" }
variable "slots" { default = true }
resource "azurerm_resource_group" "main" {
  name     = "rg-either"
  location = "North Europe"
}
resource "azurerm_service_plan" "main" {
  name                = "plan-either"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  os_type             = var.os_type
  sku_name            = "S1"
  worker_count        = 2
}
resource "azurerm_linux_web_app" "main" {
  count               = var.os_type == "Linux" ? 1 : 0
  name                = "app-either"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  service_plan_id     = azurerm_service_plan.main.id
  site_config {}
}
resource "azurerm_windows_web_app" "main" {
  count                   = var.os_type == "Windows" ? 1 : 0
  name                    = "app-either"
  location                = azurerm_resource_group.main.location
  resource_group_name     = azurerm_resource_group.main.name
  service_plan_id         = azurerm_service_plan.main.id
  client_affinity_enabled = true
  https_only              = true
  site_config {
    health_check_path                 = "/up"
    health_check_eviction_time_in_min = 3
  }
}
resource "azurerm_windows_web_app_slot" "next" {
  count          = var.slots && var.os_type == "Windows" ? 1 : 0
  name           = "next"
  app_service_id = azurerm_windows_web_app.main[0].id
  https_only     = true
  site_config {}
}
resource "azurerm_linux_web_app_slot" "next" {
  count          = var.slots && var.os_type == "Linux" ? 1 : 0
  name           = "next"
  app_service_id = one(azurerm_linux_web_app.main[*].id)
  site_config {}
}
