import { type PlannedModule, refers } from './planJson';

const regions = ['weu', 'neu'];

/** Two regions made by `for_each`, their plans in a module, behind one Front Door: as people write HCL. */
export const twoRegions = (change: { app?: object; secret?: object } = {}): PlannedModule => ({
  resources: [
    ...regions.map((index) => ({
      type: 'azurerm_windows_web_app',
      name: 'app',
      index,
      values: {
        name: `a-${index}`,
        location: index === 'weu' ? 'West Europe' : 'North Europe',
        client_affinity_enabled: true,
        app_settings: { SESSION_STORE: 'memory', KEY: 'hunter2' },
        ...change.app,
      },
      unknown: { id: true, service_plan_id: true, default_hostname: true },
      sensitive: { app_settings: { KEY: true }, ...change.secret },
      // With a key that is no literal, Terraform lists neither the output nor the instance.
      expressions: {
        service_plan_id: refers('module.plan', 'each.key'),
        client_affinity_enabled: { constant_value: true },
      },
      forEach: ['local.regions'],
    })),
    {
      type: 'azurerm_cdn_frontdoor_origin_group',
      name: 'group',
      values: { session_affinity_enabled: true, load_balancing: [{ additional_latency_in_milliseconds: 50 }] },
      unknown: { id: true },
    },
    ...regions.map((index) => ({
      type: 'azurerm_cdn_frontdoor_origin',
      name: 'origin',
      index,
      values: { priority: index === 'weu' ? 1 : 2 },
      unknown: { host_name: true, cdn_frontdoor_origin_group_id: true },
      expressions: {
        host_name: refers('each.value.default_hostname', 'each.value'),
        cdn_frontdoor_origin_group_id: refers(
          'azurerm_cdn_frontdoor_origin_group.group.id',
          'azurerm_cdn_frontdoor_origin_group.group',
        ),
      },
      forEach: ['azurerm_windows_web_app.app'],
    })),
  ],
  modules: {
    plan: {
      keys: regions,
      outputs: {
        id: { expression: refers('azurerm_service_plan.plan.id', 'azurerm_service_plan.plan') },
        name: { expression: refers('azurerm_service_plan.plan.name', 'azurerm_service_plan.plan') },
      },
      module: {
        resources: [
          {
            type: 'azurerm_service_plan',
            name: 'plan',
            values: { os_type: 'Windows', sku_name: 'P1v3', worker_count: 2 },
            unknown: { id: true },
            expressions: { worker_count: { constant_value: 2 } },
          },
        ],
      },
    },
  },
});
