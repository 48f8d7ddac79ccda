# One gateway for several sites: listeners, pools, settings, probes and rules by dynamic blocks over a map.
provider "azurerm" {
  features {}
}
variable "sites" {
  type = map(object({ host = string, affinity = optional(bool, false), path = optional(string, "/") }))
  default = {
    shop = { host = "shop.example.com", affinity = true, path = "/up" }
    docs = { host = "docs.example.com" }
  }
}
resource "azurerm_resource_group" "rg" {
  name     = "rg-sites"
  location = "westus2"
}
resource "azurerm_service_plan" "plan" {
  name                = "plan-sites"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  os_type             = "Linux"
  sku_name            = "P1v3"
  worker_count        = 2
}
resource "azurerm_linux_web_app" "site" {
  for_each                = var.sites
  name                    = "site-${each.key}"
  location                = azurerm_resource_group.rg.location
  resource_group_name     = azurerm_resource_group.rg.name
  service_plan_id         = azurerm_service_plan.plan.id
  https_only              = true
  client_affinity_enabled = each.value.affinity
  app_settings            = { SESSION_STORE = each.value.affinity ? "memory" : "cookie" }
  site_config {
    health_check_path = "/up"
  }
}
resource "azurerm_app_service_custom_hostname_binding" "site" {
  for_each            = var.sites
  hostname            = each.value.host
  app_service_name    = azurerm_linux_web_app.site[each.key].name
  resource_group_name = azurerm_resource_group.rg.name
}
resource "azurerm_public_ip" "gateway" {
  name                = "pip-sites"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  allocation_method   = "Static"
  sku                 = "Standard"
}
resource "azurerm_subnet" "gateway" {
  name                 = "snet-gateway"
  resource_group_name  = azurerm_resource_group.rg.name
  virtual_network_name = "vnet-sites"
  address_prefixes     = ["10.1.0.0/24"]
}
resource "azurerm_application_gateway" "sites" {
  name                = "agw-sites"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  sku {
    name     = "Standard_v2"
    tier     = "Standard_v2"
    capacity = 2
  }
  gateway_ip_configuration {
    name      = "subnet"
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
  ssl_certificate {
    name                = "sites"
    key_vault_secret_id = "https://kv-sites.vault.azure.net/secrets/sites"
  }
  ssl_policy {
    policy_type = "Predefined"
    policy_name = "AppGwSslPolicy20220101"
  }
  dynamic "http_listener" {
    for_each = var.sites
    content {
      name                           = "listen-${http_listener.key}"
      frontend_ip_configuration_name = "public"
      frontend_port_name             = "https"
      protocol                       = "Https"
      host_name                      = http_listener.value.host
      require_sni                    = true
      ssl_certificate_name           = "sites"
    }
  }
  dynamic "backend_address_pool" {
    for_each = var.sites
    content {
      name  = "pool-${backend_address_pool.key}"
      fqdns = [azurerm_linux_web_app.site[backend_address_pool.key].default_hostname]
    }
  }
  dynamic "backend_http_settings" {
    for_each = var.sites
    content {
      name                  = "settings-${backend_http_settings.key}"
      cookie_based_affinity = backend_http_settings.value.affinity ? "Enabled" : "Disabled"
      port                  = 443
      protocol              = "Https"
      probe_name            = "probe-${backend_http_settings.key}"
      host_name             = backend_http_settings.value.host
    }
  }
  dynamic "probe" {
    for_each = var.sites
    content {
      name                = "probe-${probe.key}"
      protocol            = "Https"
      host                = probe.value.host
      path                = probe.value.path
      interval            = 15
      timeout             = 10
      unhealthy_threshold = 3
    }
  }
  dynamic "request_routing_rule" {
    for_each = { for index, name in sort(keys(var.sites)) : name => index }
    content {
      name                       = "rule-${request_routing_rule.key}"
      rule_type                  = "Basic"
      priority                   = 100 + request_routing_rule.value
      http_listener_name         = "listen-${request_routing_rule.key}"
      backend_address_pool_name  = "pool-${request_routing_rule.key}"
      backend_http_settings_name = "settings-${request_routing_rule.key}"
    }
  }
}
