variable "name" {}
variable "location" { default = "francecentral" }
variable "allowed_ranges" {
  type    = list(string)
  default = []
}
variable "staging_enabled" { default = false }
variable "settings" {
  type    = map(string)
  default = {}
}
variable "site_config" {
  type    = any
  default = {}
}
variable "workers" {
  type    = number
  default = null
}
locals {
  defaults     = { always_on = true, ftps_state = "Disabled", http2_enabled = true }
  site         = merge(local.defaults, var.site_config)
  restrictions = [for index, range in var.allowed_ranges : { name = "range-${index}", priority = 100 + index, range = range }]
}
resource "azurerm_resource_group" "site" {
  name     = "rg-${var.name}"
  location = var.location
}
resource "azurerm_service_plan" "site" {
  name                = "plan-${var.name}"
  location            = azurerm_resource_group.site.location
  resource_group_name = azurerm_resource_group.site.name
  os_type             = "Linux"
  sku_name            = "P1v3"
  worker_count        = var.workers
}
resource "azurerm_linux_web_app" "site" {
  name                = "app-${var.name}"
  location            = azurerm_resource_group.site.location
  resource_group_name = azurerm_resource_group.site.name
  service_plan_id     = azurerm_service_plan.site.id
  https_only          = true
  app_settings        = merge({ WEBSITE_RUN_FROM_PACKAGE = "1" }, var.settings)
  dynamic "site_config" {
    for_each = [local.site]
    content {
      always_on                         = lookup(site_config.value, "always_on", null)
      ftps_state                        = lookup(site_config.value, "ftps_state", "Disabled")
      http2_enabled                     = lookup(site_config.value, "http2_enabled", null)
      health_check_path                 = lookup(site_config.value, "health_check_path", null)
      health_check_eviction_time_in_min = try(site_config.value.health_check_path, null) == null ? null : 4
      ip_restriction_default_action     = length(local.restrictions) > 0 ? "Deny" : "Allow"
      dynamic "ip_restriction" {
        for_each = local.restrictions
        content {
          name       = ip_restriction.value.name
          priority   = ip_restriction.value.priority
          ip_address = ip_restriction.value.range
        }
      }
    }
  }
  sticky_settings {
    app_setting_names = ["SESSION_STORE"]
  }
}
resource "azurerm_linux_web_app_slot" "staging" {
  count          = var.staging_enabled ? 1 : 0
  name           = "staging"
  app_service_id = azurerm_linux_web_app.site.id
  https_only     = true
  app_settings   = merge({ WEBSITE_RUN_FROM_PACKAGE = "1" }, var.settings, { SESSION_STORE = "cookie" })
  site_config {}
}
output "host" { value = azurerm_linux_web_app.site.default_hostname }
