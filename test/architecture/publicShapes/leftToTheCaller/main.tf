# A unit of Terragrunt: its inputs come from elsewhere, so nearly everything is a variable without a value.
variable "name" { type = string }
variable "location" { type = string }
variable "resource_group_name" { type = string }
variable "sku_name" { type = string }
variable "worker_count" { type = number }
variable "settings" { type = map(string) }
resource "azurerm_service_plan" "this" {
  name                = "plan-${var.name}"
  location            = var.location
  resource_group_name = var.resource_group_name
  os_type             = "Linux"
  sku_name            = var.sku_name
  worker_count        = var.worker_count
}
resource "azurerm_linux_web_app" "this" {
  name                = "app-${var.name}"
  location            = var.location
  resource_group_name = var.resource_group_name
  service_plan_id     = azurerm_service_plan.this.id
  https_only          = true
  app_settings        = var.settings
  site_config {
    health_check_path = "/up"
  }
}
