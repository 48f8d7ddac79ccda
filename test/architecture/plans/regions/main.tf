# A module per region, one Front Door over what they put out, its origins by for_each over the modules.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "4.79.0" }
  }
}
provider "azurerm" {
  features {}
  subscription_id = "0000"
}
locals { regions = { weu = { location = "West Europe", priority = 1 }, neu = { location = "North Europe", priority = 2 } } }
module "region" {
  for_each = local.regions
  source   = "./region"
  name     = "shop-${each.key}"
  location = each.value.location
}
resource "azurerm_resource_group" "global" {
  name     = "global"
  location = "westeurope"
}
resource "azurerm_cdn_frontdoor_profile" "door" {
  name                = "door"
  resource_group_name = azurerm_resource_group.global.name
  sku_name            = "Premium_AzureFrontDoor"
}
resource "azurerm_cdn_frontdoor_endpoint" "door" {
  name                     = "door"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.door.id
}
resource "azurerm_cdn_frontdoor_origin_group" "shop" {
  name                     = "shop"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.door.id
  session_affinity_enabled = false
  load_balancing {}
  health_probe {
    protocol            = "Https"
    path                = "/healthz"
    interval_in_seconds = 30
  }
}
resource "azurerm_cdn_frontdoor_origin" "shop" {
  for_each                       = module.region
  name                           = each.key
  cdn_frontdoor_origin_group_id  = azurerm_cdn_frontdoor_origin_group.shop.id
  host_name                      = each.value.default_hostname
  origin_host_header             = each.value.default_hostname
  priority                       = local.regions[each.key].priority
  certificate_name_check_enabled = true
}
resource "azurerm_cdn_frontdoor_route" "shop" {
  name                          = "shop"
  cdn_frontdoor_endpoint_id     = azurerm_cdn_frontdoor_endpoint.door.id
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.shop.id
  cdn_frontdoor_origin_ids      = [for origin in azurerm_cdn_frontdoor_origin.shop : origin.id]
  patterns_to_match             = ["/*"]
  supported_protocols           = ["Http", "Https"]
}
resource "azurerm_monitor_action_group" "team" {
  name                = "team"
  resource_group_name = azurerm_resource_group.global.name
  short_name          = "team"
}
resource "azurerm_monitor_metric_alert" "errors" {
  for_each            = module.region
  name                = "errors-${each.key}"
  resource_group_name = azurerm_resource_group.global.name
  scopes              = [each.value.app_id]
  criteria {
    metric_namespace = "Microsoft.Web/sites"
    metric_name      = "Http5xx"
    aggregation      = "Total"
    operator         = "GreaterThan"
    threshold        = 10
  }
  action { action_group_id = azurerm_monitor_action_group.team.id }
}
