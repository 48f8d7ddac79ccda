/**
 * Nested blocks that are sets in the schema of azurerm 4.79: a plan lists them in an order of its own. Blocks of the others
 * are lists, which keep the order of the configuration.
 */
const sets: readonly { readonly type: RegExp; readonly blocks: readonly string[] }[] = [
  {
    type: /^azurerm_application_gateway$/,
    blocks: [
      'backend_address_pool',
      'backend_http_settings',
      'frontend_port',
      'http_listener',
      'listener',
      'private_link_configuration',
      'probe',
      'redirect_configuration',
      'request_routing_rule',
      'routing_rule',
      'ssl_certificate',
    ],
  },
  {
    type: /^azurerm_((linux|windows)_(web|function)_app(_slot)?|app_service(_slot)?)$/,
    blocks: ['connection_string', 'storage_account', 'handler_mapping', 'virtual_application', 'virtual_directory'],
  },
  { type: /^azurerm_monitor_diagnostic_setting$/, blocks: ['enabled_log', 'enabled_metric', 'metric', 'log'] },
  { type: /^azurerm_monitor_metric_alert$/, blocks: ['action'] },
  { type: /^azurerm_cdn_endpoint$/, blocks: ['origin'] },
  { type: /^azurerm_key_vault$/, blocks: ['contact'] },
  // What is not listed here, of a provider that is not listed here, may be either.
  { type: /^(?!azurerm_)/, blocks: ['*'] },
];

export const isSetBlock = (type: string, block: string): boolean =>
  sets.some((one) => one.type.test(type) && (one.blocks.includes(block) || one.blocks[0] === '*'));
