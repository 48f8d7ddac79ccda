# An app without a public address behind a gateway over zones; names of the gateway's parts are locals.
provider "azurerm" {
  features {}
}
locals {
  name     = "baseline"
  pool     = "${local.name}-pool"
  settings = "${local.name}-settings"
  frontend = "${local.name}-frontend"
  listener = "${local.name}-listener"
  probe    = "${local.name}-probe"
}
resource "azurerm_resource_group" "rg" {
  name     = "rg-${local.name}"
  location = "uksouth"
}
resource "azurerm_virtual_network" "net" {
  name                = "vnet"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  address_space       = ["10.0.0.0/16"]
}
resource "azurerm_subnet" "all" {
  for_each             = { gateway = 0, endpoints = 1, app = 2 }
  name                 = "snet-${each.key}"
  resource_group_name  = azurerm_resource_group.rg.name
  virtual_network_name = azurerm_virtual_network.net.name
  address_prefixes     = [cidrsubnet("10.0.0.0/16", 8, each.value)]
}
resource "azurerm_service_plan" "plan" {
  name                   = "plan"
  location               = azurerm_resource_group.rg.location
  resource_group_name    = azurerm_resource_group.rg.name
  os_type                = "Windows"
  sku_name               = "P1v3"
  worker_count           = 3
  zone_balancing_enabled = true
}
resource "azurerm_windows_web_app" "app" {
  name                          = "app-${local.name}"
  location                      = azurerm_resource_group.rg.location
  resource_group_name           = azurerm_resource_group.rg.name
  service_plan_id               = azurerm_service_plan.plan.id
  virtual_network_subnet_id     = azurerm_subnet.all["app"].id
  https_only                    = true
  client_affinity_enabled       = true
  public_network_access_enabled = false
  site_config {
    health_check_path                 = "/healthz"
    health_check_eviction_time_in_min = 2
    application_stack {
      dotnet_version = "v8.0"
    }
  }
}
resource "azurerm_private_dns_zone" "sites" {
  name                = "privatelink.azurewebsites.net"
  resource_group_name = azurerm_resource_group.rg.name
}
resource "azurerm_private_dns_zone_virtual_network_link" "sites" {
  name                  = "sites"
  resource_group_name   = azurerm_resource_group.rg.name
  private_dns_zone_name = azurerm_private_dns_zone.sites.name
  virtual_network_id    = azurerm_virtual_network.net.id
}
resource "azurerm_private_endpoint" "app" {
  name                = "pe-app"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  subnet_id           = azurerm_subnet.all["endpoints"].id
  private_service_connection {
    name                           = "app"
    private_connection_resource_id = azurerm_windows_web_app.app.id
    subresource_names              = ["sites"]
    is_manual_connection           = false
  }
  private_dns_zone_group {
    name                 = "sites"
    private_dns_zone_ids = [azurerm_private_dns_zone.sites.id]
  }
}
resource "azurerm_public_ip" "gateway" {
  name                = "pip"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  allocation_method   = "Static"
  zones               = ["1", "2", "3"]
}
resource "azurerm_web_application_firewall_policy" "waf" {
  name                = "waf"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  policy_settings {
    mode = "Detection"
  }
  managed_rules {
    managed_rule_set {
      version = "3.2"
    }
  }
}
resource "azurerm_application_gateway" "gateway" {
  name                = "agw"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  zones               = ["1", "2", "3"]
  firewall_policy_id  = azurerm_web_application_firewall_policy.waf.id
  sku {
    name = "WAF_v2"
    tier = "WAF_v2"
  }
  autoscale_configuration {
    min_capacity = 2
  }
  gateway_ip_configuration {
    name      = "subnet"
    subnet_id = azurerm_subnet.all["gateway"].id
  }
  frontend_ip_configuration {
    name                 = local.frontend
    public_ip_address_id = azurerm_public_ip.gateway.id
  }
  frontend_port {
    name = "http"
    port = 80
  }
  backend_address_pool {
    name  = local.pool
    fqdns = [azurerm_windows_web_app.app.default_hostname]
  }
  backend_http_settings {
    name                                = local.settings
    cookie_based_affinity               = "Enabled"
    port                                = 443
    protocol                            = "Https"
    probe_name                          = local.probe
    pick_host_name_from_backend_address = true
  }
  probe {
    name                                      = local.probe
    protocol                                  = "Https"
    path                                      = "/healthz"
    interval                                  = 30
    timeout                                   = 30
    unhealthy_threshold                       = 3
    pick_host_name_from_backend_http_settings = true
  }
  http_listener {
    name                           = local.listener
    frontend_ip_configuration_name = local.frontend
    frontend_port_name             = "http"
    protocol                       = "Http"
  }
  request_routing_rule {
    name                       = "all"
    rule_type                  = "Basic"
    priority                   = 10
    http_listener_name         = local.listener
    backend_address_pool_name  = local.pool
    backend_http_settings_name = local.settings
  }
}
