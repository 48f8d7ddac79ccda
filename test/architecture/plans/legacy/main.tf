# The resources of azurerm before 3, and Traffic Manager over two of them.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "4.79.0" }
  }
}
provider "azurerm" {
  features {}
  subscription_id = "0000"
}
variable "locations" { default = ["westeurope", "northeurope"] }
resource "azurerm_resource_group" "rg" {
  count    = length(var.locations)
  name     = "rg-${count.index}"
  location = var.locations[count.index]
}
resource "azurerm_app_service_plan" "plan" {
  count               = length(var.locations)
  name                = "plan-${count.index}"
  resource_group_name = azurerm_resource_group.rg[count.index].name
  location            = azurerm_resource_group.rg[count.index].location
  kind                = "Linux"
  reserved            = true
  sku {
    tier     = "Standard"
    size     = "S1"
    capacity = 2
  }
}
resource "azurerm_app_service" "app" {
  count               = length(var.locations)
  name                = "shop-${count.index}"
  resource_group_name = azurerm_resource_group.rg[count.index].name
  location            = azurerm_resource_group.rg[count.index].location
  app_service_plan_id = azurerm_app_service_plan.plan[count.index].id
  https_only          = true
  app_settings        = { SESSION_STORE = "memory" }
  site_config {
    health_check_path = "/"
    ip_restriction    = [{ name = "office", ip_address = "203.0.113.0/24", action = "Allow", priority = 100, service_tag = null, virtual_network_subnet_id = null, headers = [] }]
  }
}
resource "azurerm_app_service_slot" "staging" {
  name                = "staging"
  app_service_name    = azurerm_app_service.app[0].name
  resource_group_name = azurerm_resource_group.rg[0].name
  location            = azurerm_resource_group.rg[0].location
  app_service_plan_id = azurerm_app_service_plan.plan[0].id
}
resource "azurerm_traffic_manager_profile" "tm" {
  name                   = "shop"
  resource_group_name    = azurerm_resource_group.rg[0].name
  traffic_routing_method = "Priority"
  dns_config {
    relative_name = "shop"
    ttl           = 30
  }
  monitor_config {
    protocol                     = "HTTPS"
    port                         = 443
    path                         = "/"
    interval_in_seconds          = 10
    tolerated_number_of_failures = 3
  }
}
resource "azurerm_traffic_manager_azure_endpoint" "app" {
  for_each           = { for index, app in azurerm_app_service.app : index => app }
  name               = "app-${each.key}"
  profile_id         = azurerm_traffic_manager_profile.tm.id
  target_resource_id = each.value.id
  priority           = each.key + 1
}
