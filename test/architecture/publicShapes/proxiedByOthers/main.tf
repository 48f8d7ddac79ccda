# A content network of another provider in front of the app, by a proxied DNS record.
provider "azurerm" {
  features {}
}
variable "zone" { default = "0123456789abcdef" }
resource "azurerm_resource_group" "rg" {
  name     = "rg-proxied"
  location = "westeurope"
}
resource "azurerm_service_plan" "plan" {
  name                = "plan-proxied"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  os_type             = "Linux"
  sku_name            = "P1v3"
  worker_count        = 2
}
resource "azurerm_linux_web_app" "app" {
  name                = "app-proxied"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  service_plan_id     = azurerm_service_plan.plan.id
  https_only          = true
  app_settings        = { SESSION_STORE = "cookie" }
  site_config {
    health_check_path = "/up"
  }
}
resource "cloudflare_dns_record" "www" {
  zone_id = var.zone
  name    = "www"
  type    = "CNAME"
  content = azurerm_linux_web_app.app.default_hostname
  proxied = true
  ttl     = 1
}
