/** What the JSON syntax leaves open and the native syntax needs: whether an object is a block or the value of an argument. */

/**
 * Arguments whose value is a map. Every other object in a resource is a block: azurerm declares its nested objects as blocks,
 * and Terraform takes the few lists of objects that it does not (such as `headers` of an IP restriction) in the syntax of blocks, too.
 *
 * @see https://developer.hashicorp.com/terraform/language/attr-as-blocks
 */
export const maps: ReadonlySet<string> = new Set([
  'tags',
  'app_settings',
  'app_metadata',
  'metadata',
  'ip_tags',
  'login_parameters',
  'additional_login_parameters',
  'webhook_properties',
  'custom_properties',
  'properties',
]);

/** Blocks that the stacks declare as an empty list: there are none, and the native syntax has no word for that. */
export const emptyBlocks: ReadonlySet<string> = new Set(['scm_ip_restriction', 'ip_restriction', 'enabled_log']);

/** Meta-arguments with references in place of strings. */
export const references: ReadonlySet<string> = new Set([
  'depends_on',
  'ignore_changes',
  'replace_triggered_by',
  'provider',
]);
