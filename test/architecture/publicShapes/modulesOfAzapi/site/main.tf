terraform {
  required_providers {
    azapi = { source = "Azure/azapi" }
  }
}
variable "name" { type = string }
variable "parent_id" { type = string }
variable "location" { type = string }
variable "kind" { type = string }
variable "os_type" { type = string }
variable "service_plan_resource_id" { type = string }
variable "https_only" {
  type    = bool
  default = true
}
variable "client_affinity_enabled" {
  type    = bool
  default = false
}
variable "site_config" {
  type = object({
    health_check_path                 = optional(string)
    health_check_eviction_time_in_min = optional(number)
    minimum_tls_version               = optional(string, "1.3")
    application_stack                 = optional(map(map(string)), {})
  })
  default = {}
}
variable "app_settings" {
  type    = map(string)
  default = {}
}
variable "deployment_slots" {
  type    = map(object({ name = string }))
  default = {}
}
locals {
  node = try(var.site_config.application_stack.node.node_version, null)
  site = {
    healthCheckPath = var.site_config.health_check_path
    minTlsVersion   = var.site_config.minimum_tls_version
    linuxFxVersion  = local.node == null ? null : "NODE|${local.node}"
  }
}
resource "azapi_resource" "this" {
  type      = "Microsoft.Web/sites@2025-03-01"
  name      = var.name
  parent_id = var.parent_id
  location  = var.location
  body = {
    kind = var.os_type == "Linux" ? "app,linux" : "app"
    properties = {
      serverFarmId          = var.service_plan_resource_id
      httpsOnly             = var.https_only
      clientAffinityEnabled = var.client_affinity_enabled
      siteConfig            = { for name, value in local.site : name => value if value != null }
    }
  }
}
resource "azapi_update_resource" "appsettings" {
  type      = "Microsoft.Web/sites/config@2025-03-01"
  name      = "appsettings"
  parent_id = azapi_resource.this.id
  body      = { properties = var.app_settings }
}
resource "azapi_resource" "slot" {
  for_each  = var.deployment_slots
  type      = "Microsoft.Web/sites/slots@2025-03-01"
  name      = each.value.name
  parent_id = azapi_resource.this.id
  location  = var.location
  body = {
    kind = "app,linux"
    properties = {
      serverFarmId = var.service_plan_resource_id
      httpsOnly    = var.https_only
    }
  }
}
output "resource_id" { value = azapi_resource.this.id }
