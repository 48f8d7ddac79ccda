terraform {
  required_providers {
    azapi = { source = "Azure/azapi" }
  }
}
variable "name" { type = string }
variable "parent_id" { type = string }
variable "location" { type = string }
variable "os_type" { type = string }
variable "sku_name" {
  type    = string
  default = "P1v3"
}
variable "worker_count" {
  type    = number
  default = 3
}
variable "zone_balancing_enabled" {
  type    = bool
  default = true
}
resource "azapi_resource" "this" {
  type      = "Microsoft.Web/serverfarms@2025-03-01"
  name      = var.name
  parent_id = var.parent_id
  location  = var.location
  body = {
    kind = lower(var.os_type)
    sku  = { name = var.sku_name, capacity = var.worker_count }
    properties = {
      reserved      = var.os_type == "Linux"
      zoneRedundant = var.zone_balancing_enabled
    }
  }
  response_export_values = ["properties.numberOfWorkers"]
}
output "resource_id" { value = azapi_resource.this.id }
