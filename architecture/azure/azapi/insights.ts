import { at, block, blocksOf, flag, type Mapping, pick } from './mapping';

/** @see https://learn.microsoft.com/azure/templates/microsoft.insights/allversions */
export const insightsMappings: Readonly<Record<string, Mapping>> = {
  'microsoft.insights/diagnosticsettings': {
    type: () => 'azurerm_monitor_diagnostic_setting',
    read: (body, { parent }) => ({
      target_resource_id: parent,
      ...pick(body, { log_analytics_workspace_id: 'properties.workspaceId' }),
      enabled_log: blocksOf(at(body, 'properties.logs'), (item) =>
        pick(item, { category: 'category', category_group: 'categoryGroup' }),
      ),
    }),
  },
  'microsoft.insights/metricalerts': {
    type: () => 'azurerm_monitor_metric_alert',
    read: (body) => ({ ...pick(body, { scopes: 'properties.scopes' }), enabled: flag(at(body, 'properties.enabled')) }),
  },
  'microsoft.insights/autoscalesettings': {
    type: () => 'azurerm_monitor_autoscale_setting',
    read: (body) => ({
      target_resource_id: at(body, 'properties.targetResourceUri'),
      enabled: flag(at(body, 'properties.enabled')),
      profile: blocksOf(at(body, 'properties.profiles'), (item) => ({
        name: item.name,
        capacity: block(
          pick(item, { minimum: 'capacity.minimum', maximum: 'capacity.maximum', default: 'capacity.default' }),
        ),
        rule: blocksOf(item.rules, (rule) => ({
          metric_trigger: block(
            pick(rule, { metric_name: 'metricTrigger.metricName', threshold: 'metricTrigger.threshold' }),
          ),
          scale_action: block(
            pick(rule, { direction: 'scaleAction.direction', type: 'scaleAction.type', value: 'scaleAction.value' }),
          ),
        })),
      })),
    }),
  },
};
