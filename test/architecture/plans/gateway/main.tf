# A gateway shared by two sites that reaches the app by the address of its private endpoint, and exists already.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "4.79.0" }
  }
}
provider "azurerm" {
  features {}
  subscription_id = "0000"
}
variable "db" {
  default   = "hunter2hunter2"
  sensitive = true
}
locals {
  sites = {
    shop = { host = "shop.contoso.com", ips = [azurerm_private_endpoint.app.private_service_connection[0].private_ip_address], affinity = "Enabled" }
    docs = { host = "docs.contoso.com", ips = ["10.0.9.4", "10.0.9.5"], affinity = "Disabled" }
  }
}
resource "azurerm_resource_group" "rg" {
  name     = "rg"
  location = "westeurope"
}
resource "azurerm_virtual_network" "net" {
  name                = "net"
  resource_group_name = azurerm_resource_group.rg.name
  location            = azurerm_resource_group.rg.location
  address_space       = ["10.0.0.0/16"]
}
resource "azurerm_subnet" "gateway" {
  name                 = "gateway"
  resource_group_name  = azurerm_resource_group.rg.name
  virtual_network_name = azurerm_virtual_network.net.name
  address_prefixes     = ["10.0.1.0/24"]
}
resource "azurerm_service_plan" "plan" {
  name                = "plan"
  resource_group_name = azurerm_resource_group.rg.name
  location            = azurerm_resource_group.rg.location
  os_type             = "Linux"
  sku_name            = "P1v3"
  worker_count        = 2
}
resource "azurerm_linux_web_app" "app" {
  name                          = "shop"
  resource_group_name           = azurerm_resource_group.rg.name
  location                      = azurerm_resource_group.rg.location
  service_plan_id               = azurerm_service_plan.plan.id
  client_affinity_enabled       = false
  public_network_access_enabled = false
  app_settings                  = { SESSION_STORE = "memory", DB = "Server=db;Password=${var.db}" }
  site_config {}
}
resource "azurerm_private_endpoint" "app" {
  name                = "app"
  resource_group_name = azurerm_resource_group.rg.name
  location            = azurerm_resource_group.rg.location
  subnet_id           = azurerm_subnet.gateway.id
  private_service_connection {
    name                           = "app"
    is_manual_connection           = false
    private_connection_resource_id = azurerm_linux_web_app.app.id
    subresource_names              = ["sites"]
  }
}
resource "azurerm_public_ip" "gateway" {
  name                = "gateway"
  resource_group_name = azurerm_resource_group.rg.name
  location            = azurerm_resource_group.rg.location
  allocation_method   = "Static"
}
resource "azurerm_application_gateway" "gateway" {
  name                = "gateway"
  resource_group_name = azurerm_resource_group.rg.name
  location            = azurerm_resource_group.rg.location
  zones               = ["1", "2", "3"]
  sku {
    name = "WAF_v2"
    tier = "WAF_v2"
  }
  autoscale_configuration { min_capacity = 2 }
  gateway_ip_configuration {
    name      = "net"
    subnet_id = azurerm_subnet.gateway.id
  }
  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.gateway.id
  }
  frontend_port {
    name = "https"
    port = 443
  }
  dynamic "backend_address_pool" {
    for_each = local.sites
    content {
      name         = backend_address_pool.key
      ip_addresses = backend_address_pool.value.ips
    }
  }
  dynamic "backend_http_settings" {
    for_each = local.sites
    content {
      name                  = backend_http_settings.key
      cookie_based_affinity = backend_http_settings.value.affinity
      port                  = 443
      protocol              = "Https"
      host_name             = backend_http_settings.value.host
      probe_name            = backend_http_settings.key
    }
  }
  dynamic "probe" {
    for_each = local.sites
    content {
      name                = probe.key
      protocol            = "Https"
      host                = probe.value.host
      path                = probe.key == "shop" ? "/healthz" : "/"
      interval            = probe.key == "shop" ? 10 : 60
      timeout             = 5
      unhealthy_threshold = 3
    }
  }
  dynamic "http_listener" {
    for_each = local.sites
    content {
      name                           = http_listener.key
      host_name                      = http_listener.value.host
      frontend_ip_configuration_name = "public"
      frontend_port_name             = "https"
      protocol                       = "Https"
    }
  }
  dynamic "request_routing_rule" {
    for_each = local.sites
    content {
      name                       = request_routing_rule.key
      rule_type                  = "Basic"
      priority                   = 10
      http_listener_name         = request_routing_rule.key
      backend_address_pool_name  = request_routing_rule.key
      backend_http_settings_name = request_routing_rule.key
    }
  }
  waf_configuration {
    enabled          = true
    firewall_mode    = "Prevention"
    rule_set_version = "3.2"
  }
}
