/** Names of a web app's arguments that differ between Terraform types. */
interface WebAppArguments {
  readonly plan: string;
  readonly minimumTls: string;
  /** null: there is no such argument, and as soon as there is a restriction, everything else is denied. */
  readonly restrictionDefault: string | null;
  readonly slot: { readonly type: string; readonly app: string };
}

const webApp = (os: 'linux' | 'windows'): WebAppArguments => ({
  plan: 'service_plan_id',
  minimumTls: 'site_config.minimum_tls_version',
  restrictionDefault: 'site_config.ip_restriction_default_action',
  slot: { type: `azurerm_${os}_web_app_slot`, app: 'app_service_id' },
});

const webAppsByType: Readonly<Record<string, WebAppArguments>> = {
  azurerm_linux_web_app: webApp('linux'),
  azurerm_windows_web_app: webApp('windows'),
  // Until azurerm 5. @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/guides/5.0-upgrade-guide
  azurerm_app_service: {
    plan: 'app_service_plan_id',
    minimumTls: 'site_config.min_tls_version',
    restrictionDefault: null,
    slot: { type: 'azurerm_app_service_slot', app: 'app_service_name' },
  },
};

/** Terraform types that are a web app of App Service. */
export const webAppTypes = Object.keys(webAppsByType);
export const webAppArguments = (type: string) => webAppsByType[type] as WebAppArguments;

/** Names of a service plan's arguments that differ between Terraform types. */
interface PlanArguments {
  readonly sku: string;
  readonly instances: string;
  readonly zones: string;
  readonly perSiteScaling: string;
}

const plansByType: Readonly<Record<string, PlanArguments>> = {
  azurerm_service_plan: {
    sku: 'sku_name',
    instances: 'worker_count',
    zones: 'zone_balancing_enabled',
    perSiteScaling: 'per_site_scaling_enabled',
  },
  azurerm_app_service_plan: {
    sku: 'sku.size',
    instances: 'sku.capacity',
    zones: 'zone_redundant',
    perSiteScaling: 'per_site_scaling',
  },
};

export const planTypes = Object.keys(plansByType);
export const planArguments = (type: string) => plansByType[type] as PlanArguments;
