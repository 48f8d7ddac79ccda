# Traffic Manager over two apps of a module that is called twice; the endpoints take ids from outputs.
provider "azurerm" {
  features {}
}
module "east" {
  source   = "./app"
  location = "eastus2"
}
module "west" {
  source   = "./app"
  location = "westus3"
  sku      = "S1"
}
resource "azurerm_resource_group" "names" {
  name     = "rg-names"
  location = "eastus2"
}
resource "azurerm_traffic_manager_profile" "names" {
  name                   = "tm-orders"
  resource_group_name    = azurerm_resource_group.names.name
  traffic_routing_method = "Priority"
  dns_config {
    relative_name = "orders"
    ttl           = 30
  }
  monitor_config {
    protocol                     = "HTTPS"
    port                         = 443
    path                         = "/ready"
    interval_in_seconds          = 10
    timeout_in_seconds           = 9
    tolerated_number_of_failures = 2
  }
}
resource "azurerm_traffic_manager_azure_endpoint" "app" {
  for_each           = { east = module.east.id, west = module.west.id }
  name               = each.key
  profile_id         = azurerm_traffic_manager_profile.names.id
  target_resource_id = each.value
  priority           = each.key == "east" ? 1 : 2
}
