# A general module: slot by a switch, restrictions from lists of ranges and subnets, names of settings that stay.
provider "azurerm" {
  features {}
}
module "site" {
  source          = "./site"
  name            = "portal"
  allowed_ranges  = ["203.0.113.0/24", "198.51.100.7/32"]
  staging_enabled = true
  settings        = { SESSION_STORE = "memory", FEATURE = "on" }
  site_config     = { health_check_path = "/up", always_on = true }
}
output "host" { value = module.site.host }
