# One Front Door for a web app and a container app: each path has a group of its own.
provider "azurerm" {
  features {}
}
resource "azurerm_resource_group" "rg" {
  name     = "rg-mixed"
  location = "eastus"
}
resource "azurerm_service_plan" "plan" {
  name                = "plan-mixed"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  os_type             = "Linux"
  sku_name            = "P1v3"
  worker_count        = 2
}
resource "azurerm_linux_web_app" "web" {
  name                = "web-mixed"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  service_plan_id     = azurerm_service_plan.plan.id
  https_only          = true
  app_settings        = { SESSION_STORE = "cookie" }
  site_config {
    health_check_path = "/up"
  }
}
resource "azurerm_container_app_environment" "apps" {
  name                = "cae-mixed"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
}
resource "azurerm_container_app" "api" {
  name                         = "api-mixed"
  resource_group_name          = azurerm_resource_group.rg.name
  container_app_environment_id = azurerm_container_app_environment.apps.id
  revision_mode                = "Single"
  ingress {
    external_enabled = true
    target_port      = 8080
  }
}
resource "azurerm_cdn_frontdoor_profile" "door" {
  name                = "afd-mixed"
  resource_group_name = azurerm_resource_group.rg.name
  sku_name            = "Standard_AzureFrontDoor"
}
resource "azurerm_cdn_frontdoor_endpoint" "all" {
  name                     = "mixed"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.door.id
}
locals {
  backends = {
    web = { host = azurerm_linux_web_app.web.default_hostname, paths = ["/*"] }
    api = { host = azurerm_container_app.api.ingress[0].fqdn, paths = ["/api/*"] }
  }
}
resource "azurerm_cdn_frontdoor_origin_group" "each" {
  for_each                 = local.backends
  name                     = each.key
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.door.id
  session_affinity_enabled = false
  load_balancing {}
}
resource "azurerm_cdn_frontdoor_origin" "each" {
  for_each                       = local.backends
  name                           = each.key
  cdn_frontdoor_origin_group_id  = azurerm_cdn_frontdoor_origin_group.each[each.key].id
  certificate_name_check_enabled = true
  host_name                      = each.value.host
}
resource "azurerm_cdn_frontdoor_route" "each" {
  for_each                      = local.backends
  name                          = each.key
  cdn_frontdoor_endpoint_id     = azurerm_cdn_frontdoor_endpoint.all.id
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.each[each.key].id
  cdn_frontdoor_origin_ids      = [azurerm_cdn_frontdoor_origin.each[each.key].id]
  patterns_to_match             = each.value.paths
  supported_protocols           = ["Https"]
  https_redirect_enabled        = false
}
