# A web app and a function app on one plan; Front Door leads to both, by two groups. The web app is by its name alone.
provider "azurerm" {
  features {}
}
resource "azurerm_resource_group" "rg" {
  name     = "rg-functions"
  location = "southeastasia"
}
resource "azurerm_storage_account" "functions" {
  name                     = "stfunctions"
  location                 = azurerm_resource_group.rg.location
  resource_group_name      = azurerm_resource_group.rg.name
  account_tier             = "Standard"
  account_replication_type = "LRS"
}
resource "azurerm_service_plan" "plan" {
  name                = "plan-functions"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  os_type             = "Linux"
  sku_name            = "P1v2"
  worker_count        = 2
}
resource "azurerm_linux_function_app" "jobs" {
  name                       = "jobs-functions"
  location                   = azurerm_resource_group.rg.location
  resource_group_name        = azurerm_resource_group.rg.name
  service_plan_id            = azurerm_service_plan.plan.id
  storage_account_name       = azurerm_storage_account.functions.name
  storage_account_access_key = azurerm_storage_account.functions.primary_access_key
  site_config {}
}
resource "azurerm_linux_web_app" "web" {
  name                = "web-functions"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  service_plan_id     = azurerm_service_plan.plan.id
  https_only          = true
  app_settings        = { SESSION_STORE = "cookie" }
  site_config {
    health_check_path = "/up"
  }
}
resource "azurerm_cdn_frontdoor_profile" "door" {
  name                = "afd-functions"
  resource_group_name = azurerm_resource_group.rg.name
  sku_name            = "Standard_AzureFrontDoor"
}
resource "azurerm_cdn_frontdoor_endpoint" "all" {
  name                     = "functions"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.door.id
}
resource "azurerm_cdn_frontdoor_origin_group" "web" {
  name                     = "web"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.door.id
  load_balancing {}
}
resource "azurerm_cdn_frontdoor_origin_group" "jobs" {
  name                     = "jobs"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.door.id
  load_balancing {}
}
resource "azurerm_cdn_frontdoor_origin" "web" {
  name                           = "web"
  cdn_frontdoor_origin_group_id  = azurerm_cdn_frontdoor_origin_group.web.id
  certificate_name_check_enabled = true
  host_name                      = "${azurerm_linux_web_app.web.name}.azurewebsites.net"
  origin_host_header             = "${azurerm_linux_web_app.web.name}.azurewebsites.net"
}
resource "azurerm_cdn_frontdoor_origin" "jobs" {
  name                           = "jobs"
  cdn_frontdoor_origin_group_id  = azurerm_cdn_frontdoor_origin_group.jobs.id
  certificate_name_check_enabled = true
  host_name                      = azurerm_linux_function_app.jobs.default_hostname
  origin_host_header             = azurerm_linux_function_app.jobs.default_hostname
}
resource "azurerm_cdn_frontdoor_route" "web" {
  name                          = "web"
  cdn_frontdoor_endpoint_id     = azurerm_cdn_frontdoor_endpoint.all.id
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.web.id
  cdn_frontdoor_origin_ids      = [azurerm_cdn_frontdoor_origin.web.id]
  patterns_to_match             = ["/*"]
  supported_protocols           = ["Http", "Https"]
}
