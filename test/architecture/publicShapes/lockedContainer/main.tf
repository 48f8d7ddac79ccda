# A container behind Front Door Standard, locked to the profile. The plan says nothing of its instances.
provider "azurerm" {
  features {}
}
variable "prefix" { default = "gadget" }
resource "azurerm_resource_group" "rg" {
  name     = "rg-${var.prefix}"
  location = "westeurope"
}
resource "azurerm_service_plan" "plan" {
  name                = "plan-${var.prefix}"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  os_type             = "Linux"
  sku_name            = "B1"
}
resource "azurerm_linux_web_app" "app" {
  name                = "app-${var.prefix}"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  service_plan_id     = azurerm_service_plan.plan.id
  https_only          = true
  site_config {
    application_stack {
      docker_image_name   = "tools/gadget:3"
      docker_registry_url = "https://index.docker.io"
    }
    ip_restriction_default_action = "Deny"
    ip_restriction {
      name        = "our Front Door"
      priority    = 200
      service_tag = "AzureFrontDoor.Backend"
      headers {
        x_azure_fdid      = [azurerm_cdn_frontdoor_profile.door.resource_guid]
        x_fd_health_probe = []
        x_forwarded_for   = []
        x_forwarded_host  = []
      }
    }
  }
}
resource "azurerm_cdn_frontdoor_profile" "door" {
  name                = "afd-${var.prefix}"
  resource_group_name = azurerm_resource_group.rg.name
  sku_name            = "Standard_AzureFrontDoor"
}
resource "azurerm_cdn_frontdoor_endpoint" "web" {
  name                     = "web-${var.prefix}"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.door.id
}
resource "azurerm_cdn_frontdoor_origin_group" "app" {
  name                     = "app"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.door.id
  load_balancing {}
}
resource "azurerm_cdn_frontdoor_origin" "app" {
  name                           = "app"
  cdn_frontdoor_origin_group_id  = azurerm_cdn_frontdoor_origin_group.app.id
  certificate_name_check_enabled = true
  host_name                      = azurerm_linux_web_app.app.default_hostname
  origin_host_header             = azurerm_linux_web_app.app.default_hostname
}
resource "azurerm_cdn_frontdoor_route" "all" {
  name                          = "all"
  cdn_frontdoor_endpoint_id     = azurerm_cdn_frontdoor_endpoint.web.id
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.app.id
  cdn_frontdoor_origin_ids      = [azurerm_cdn_frontdoor_origin.app.id]
  patterns_to_match             = ["/*"]
  supported_protocols           = ["Http", "Https"]
}
