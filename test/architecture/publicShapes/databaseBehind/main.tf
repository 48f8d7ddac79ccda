# An app with a database over zones inside its network, the password from a random resource, a vault that holds it.
provider "azurerm" {
  features {}
}
resource "azurerm_resource_group" "rg" {
  name     = "rg-data"
  location = "uksouth"
}
resource "random_password" "database" {
  length = 32
}
resource "azurerm_subnet" "database" {
  name                 = "snet-data"
  resource_group_name  = azurerm_resource_group.rg.name
  virtual_network_name = "vnet-data"
  address_prefixes     = ["10.2.1.0/24"]
}
resource "azurerm_postgresql_flexible_server" "database" {
  name                   = "psql-data"
  location               = azurerm_resource_group.rg.location
  resource_group_name    = azurerm_resource_group.rg.name
  version                = "16"
  sku_name               = "GP_Standard_D2ds_v5"
  delegated_subnet_id    = azurerm_subnet.database.id
  administrator_login    = "app"
  administrator_password = random_password.database.result
  zone                   = "1"
  high_availability {
    mode = "SameZone"
  }
}
resource "azurerm_key_vault" "secrets" {
  name                = "kv-data"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  tenant_id           = "00000000-0000-0000-0000-000000000001"
  sku_name            = "standard"
  network_acls {
    bypass         = "AzureServices"
    default_action = "Deny"
  }
}
resource "azurerm_key_vault_secret" "database" {
  name         = "database"
  value        = "postgresql://app:${random_password.database.result}@${azurerm_postgresql_flexible_server.database.fqdn}/app"
  key_vault_id = azurerm_key_vault.secrets.id
}
resource "azurerm_service_plan" "plan" {
  name                   = "plan-data"
  location               = azurerm_resource_group.rg.location
  resource_group_name    = azurerm_resource_group.rg.name
  os_type                = "Linux"
  sku_name               = "P1v3"
  worker_count           = 3
  zone_balancing_enabled = true
}
resource "azurerm_linux_web_app" "app" {
  name                = "app-data"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  service_plan_id     = azurerm_service_plan.plan.id
  https_only          = true
  app_settings = {
    SESSION_ENGINE = "django.contrib.sessions.backends.db"
    DATABASE_URL   = "@Microsoft.KeyVault(SecretUri=${azurerm_key_vault_secret.database.versionless_id})"
    SECRET_KEY     = random_password.database.result
  }
  site_config {
    health_check_path = "/up"
  }
}
