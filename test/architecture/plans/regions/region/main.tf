terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm" }
  }
}
variable "name" {}
variable "location" {}
resource "azurerm_resource_group" "rg" {
  name     = var.name
  location = var.location
}
resource "azurerm_service_plan" "plan" {
  count                  = 1
  name                   = var.name
  resource_group_name    = azurerm_resource_group.rg.name
  location               = azurerm_resource_group.rg.location
  os_type                = "Windows"
  sku_name               = "P1v3"
  worker_count           = 3
  zone_balancing_enabled = true
}
resource "azurerm_windows_web_app" "app" {
  name                = var.name
  resource_group_name = azurerm_resource_group.rg.name
  location            = azurerm_resource_group.rg.location
  service_plan_id     = azurerm_service_plan.plan[0].id
  https_only          = true
  site_config {
    health_check_path                 = "/healthz"
    health_check_eviction_time_in_min = 2
  }
}
resource "azurerm_monitor_autoscale_setting" "scale" {
  name                = var.name
  resource_group_name = azurerm_resource_group.rg.name
  location            = azurerm_resource_group.rg.location
  target_resource_id  = one(azurerm_service_plan.plan[*].id)
  dynamic "profile" {
    for_each = { day = { from = 3, to = 10, days = [] }, weekend = { from = 2, to = 4, days = ["Saturday", "Sunday"] } }
    content {
      name = profile.key
      capacity {
        default = profile.value.from
        minimum = profile.value.from
        maximum = profile.value.to
      }
      dynamic "recurrence" {
        for_each = length(profile.value.days) > 0 ? [1] : []
        content {
          days    = profile.value.days
          hours   = [0]
          minutes = [0]
        }
      }
    }
  }
}
output "default_hostname" { value = azurerm_windows_web_app.app.default_hostname }
output "app_id" { value = azurerm_windows_web_app.app.id }
