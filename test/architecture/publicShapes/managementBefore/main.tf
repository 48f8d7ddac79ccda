# API Management calls the app by a policy; the app lets its service tag in.
provider "azurerm" {
  features {}
}
resource "azurerm_resource_group" "rg" {
  name     = "rg-apis"
  location = "westeurope"
}
resource "azurerm_service_plan" "plan" {
  name                = "plan-apis"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  os_type             = "Linux"
  sku_name            = "P0v3"
  worker_count        = 2
}
resource "azurerm_linux_web_app" "api" {
  name                = "app-apis"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  service_plan_id     = azurerm_service_plan.plan.id
  https_only          = true
  site_config {
    health_check_path             = "/up"
    ip_restriction_default_action = "Deny"
    ip_restriction {
      name        = "management"
      service_tag = "ApiManagement.WestEurope"
      priority    = 100
    }
  }
}
resource "azurerm_api_management" "apis" {
  name                = "apim-apis"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  publisher_name      = "Orders"
  publisher_email     = "orders@example.com"
  sku_name            = "Developer_1"
}
resource "azurerm_api_management_api_policy" "orders" {
  api_name            = "orders"
  api_management_name = azurerm_api_management.apis.name
  resource_group_name = azurerm_resource_group.rg.name
  xml_content         = <<XML
<policies>
  <inbound>
    <set-backend-service base-url="https://${azurerm_linux_web_app.api.default_hostname}/v1" />
  </inbound>
</policies>
XML
}
