/** What a Terraform type calls the arguments of a web app that differ between types. */
export interface WebAppKind {
  readonly plan: string;
  readonly minimumTls: string;
  /** null: whatever no restriction names is let in as long as there is none. */
  readonly restrictionDefault: string | null;
  readonly slot: { readonly type: string; readonly app: string };
}

const webApp = (os: 'linux' | 'windows'): WebAppKind => ({
  plan: 'service_plan_id',
  minimumTls: 'site_config.minimum_tls_version',
  restrictionDefault: 'site_config.ip_restriction_default_action',
  slot: { type: `azurerm_${os}_web_app_slot`, app: 'app_service_id' },
});

/** Terraform types that are a web app of App Service. */
const webAppKinds: Readonly<Record<string, WebAppKind>> = {
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

export const webAppTypes = Object.keys(webAppKinds);
export const webAppKind = (type: string) => webAppKinds[type] as WebAppKind;

/** What a Terraform type calls the arguments of a service plan. */
export interface PlanKind {
  readonly sku: string;
  readonly instances: string;
  readonly zones: string;
  readonly perSiteScaling: string;
}

const planKinds: Readonly<Record<string, PlanKind>> = {
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

export const planTypes = Object.keys(planKinds);
export const planKind = (type: string) => planKinds[type] as PlanKind;
