variable "location" { type = string }
variable "sku" { default = "P0v3" }
resource "azurerm_resource_group" "app" {
  name     = "rg-orders-${var.location}"
  location = var.location
}
resource "azurerm_service_plan" "app" {
  name                = "plan-orders-${var.location}"
  location            = azurerm_resource_group.app.location
  resource_group_name = azurerm_resource_group.app.name
  os_type             = "Linux"
  sku_name            = var.sku
  worker_count        = 2
}
resource "azurerm_linux_web_app" "app" {
  name                    = "orders-${var.location}"
  location                = azurerm_resource_group.app.location
  resource_group_name     = azurerm_resource_group.app.name
  service_plan_id         = azurerm_service_plan.app.id
  https_only              = true
  client_affinity_enabled = true
  app_settings            = { SESSION_DRIVER = "array", SESSION_STORE = "memory" }
  site_config {
    health_check_path                 = "/ready"
    health_check_eviction_time_in_min = 2
  }
}
output "id" { value = azurerm_linux_web_app.app.id }
