# As people wrote it for azurerm 2 and 3: the older resources, arguments in quotes, restrictions as a list.
provider "azurerm" {
  features {}
}
resource "azurerm_resource_group" "rg" {
  name     = "rg-legacy"
  location = "West US 2"
}
resource "azurerm_app_service_plan" "plan" {
  name                = "plan-legacy"
  location            = "${azurerm_resource_group.rg.location}"
  resource_group_name = "${azurerm_resource_group.rg.name}"
  kind                = "Linux"
  reserved            = true
  sku {
    tier     = "Standard"
    size     = "S1"
    capacity = "2"
  }
}
resource "azurerm_app_service" "app" {
  name                    = "app-legacy"
  location                = "${azurerm_resource_group.rg.location}"
  resource_group_name     = "${azurerm_resource_group.rg.name}"
  app_service_plan_id     = "${azurerm_app_service_plan.plan.id}"
  client_affinity_enabled = false
  app_settings = {
    "WEBSITES_ENABLE_APP_SERVICE_STORAGE" = "false"
    "SESSION_DRIVER"                      = "file"
  }
  site_config {
    linux_fx_version = "DOCKER|registry.example.com/legacy:7"
    min_tls_version  = "1.0"
    ip_restriction = [{
      name                      = "office"
      priority                  = 100
      action                    = "Allow"
      ip_address                = "203.0.113.0/24"
      service_tag               = null
      virtual_network_subnet_id = null
      headers                   = []
    }]
  }
}
resource "azurerm_app_service_slot" "next" {
  name                = "next"
  app_service_name    = azurerm_app_service.app.name
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  app_service_plan_id = azurerm_app_service_plan.plan.id
  https_only          = true
}
