# Autoscale from a list of rules, with a quiet weekend; the plan leaves the count to autoscale.
provider "azurerm" {
  features {}
}
locals {
  rules = [
    { direction = "Increase", operator = "GreaterThan", threshold = 70 },
    { direction = "Decrease", operator = "LessThan", threshold = 30 },
  ]
  profiles = {
    weekdays = { minimum = 2, maximum = 6, days = [] }
    weekend  = { minimum = 1, maximum = 2, days = ["Saturday", "Sunday"] }
  }
}
resource "azurerm_resource_group" "rg" {
  name     = "rg-scaled"
  location = "canadacentral"
}
resource "azurerm_service_plan" "plan" {
  name                = "plan-scaled"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  os_type             = "Linux"
  sku_name            = "P1v3"
}
resource "azurerm_linux_web_app" "app" {
  name                = "app-scaled"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  service_plan_id     = azurerm_service_plan.plan.id
  https_only          = true
  app_settings        = { SPRING_SESSION_REDIS_NAMESPACE = "app", SPRING_DATA_REDIS_HOST = "cache.example.com" }
  site_config {
    application_stack {
      java_server         = "JAVA"
      java_server_version = "21"
      java_version        = "21"
    }
  }
}
resource "azurerm_monitor_autoscale_setting" "plan" {
  name                = "scale"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  target_resource_id  = azurerm_service_plan.plan.id
  dynamic "profile" {
    for_each = local.profiles
    content {
      name = profile.key
      capacity {
        minimum = profile.value.minimum
        default = profile.value.minimum
        maximum = profile.value.maximum
      }
      dynamic "rule" {
        for_each = local.rules
        content {
          metric_trigger {
            metric_name        = "CpuPercentage"
            metric_resource_id = azurerm_service_plan.plan.id
            time_grain         = "PT1M"
            statistic          = "Average"
            time_window        = "PT5M"
            time_aggregation   = "Average"
            operator           = rule.value.operator
            threshold          = rule.value.threshold
          }
          scale_action {
            direction = rule.value.direction
            type      = "ChangeCount"
            value     = "1"
            cooldown  = "PT5M"
          }
        }
      }
      dynamic "recurrence" {
        for_each = length(profile.value.days) > 0 ? [profile.value.days] : []
        content {
          timezone = "UTC"
          days     = recurrence.value
          hours    = [0]
          minutes  = [0]
        }
      }
    }
  }
}
