# Two regions from one map, each in a module, behind Front Door Premium with Private Link; the second one waits.
provider "azurerm" {
  features {}
}
variable "regions" {
  type = map(object({
    location = string
    priority = optional(number, 1)
    workers  = optional(number)
  }))
  default = {
    first  = { location = "swedencentral", workers = 3 }
    second = { location = "norwayeast", priority = 2 }
  }
}
resource "azurerm_resource_group" "global" {
  name     = "rg-global"
  location = "swedencentral"
}
module "region" {
  for_each = var.regions
  source   = "./region"
  name     = each.key
  location = each.value.location
  workers  = each.value.workers
}
resource "azurerm_cdn_frontdoor_profile" "door" {
  name                = "afd-shop"
  resource_group_name = azurerm_resource_group.global.name
  sku_name            = "Premium_AzureFrontDoor"
}
resource "azurerm_cdn_frontdoor_endpoint" "shop" {
  name                     = "shop"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.door.id
}
resource "azurerm_cdn_frontdoor_origin_group" "shop" {
  name                     = "shop"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.door.id
  session_affinity_enabled = false
  load_balancing {
    sample_size                 = 4
    successful_samples_required = 2
  }
  health_probe {
    protocol            = "Https"
    path                = "/up"
    interval_in_seconds = 30
  }
}
resource "azurerm_cdn_frontdoor_origin" "region" {
  for_each                       = module.region
  name                           = each.key
  cdn_frontdoor_origin_group_id  = azurerm_cdn_frontdoor_origin_group.shop.id
  certificate_name_check_enabled = true
  host_name                      = each.value.host
  origin_host_header             = each.value.host
  priority                       = var.regions[each.key].priority
  private_link {
    location               = each.value.location
    private_link_target_id = each.value.id
    target_type            = "sites"
    request_message        = "from the shop's Front Door"
  }
}
resource "azurerm_cdn_frontdoor_route" "shop" {
  name                          = "shop"
  cdn_frontdoor_endpoint_id     = azurerm_cdn_frontdoor_endpoint.shop.id
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.shop.id
  cdn_frontdoor_origin_ids      = [for one in azurerm_cdn_frontdoor_origin.region : one.id]
  patterns_to_match             = ["/*"]
  supported_protocols           = ["Http", "Https"]
  forwarding_protocol           = "HttpsOnly"
}
