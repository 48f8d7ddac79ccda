import type { AppFacts, PlanFacts, Restriction, ScaleRule } from '../deployment';
import { isUnknown, type Known } from '../model';
import {
  booleanOf,
  innerBlocks,
  isObject,
  mentioned,
  states,
  type TerraformDocument,
  type TerraformResource,
  textOf,
  unknown,
} from '../terraform';
import { addressesIn, everyKnown, locationOf, mapKnown, ofType, settled, textsInside } from './reading';
import { isSecretSetting } from './secrets';

export function readApp(app: TerraformResource, document: TerraformDocument): AppFacts {
  return {
    address: app.address,
    os: app.type === 'azurerm_windows_web_app' ? 'windows' : 'linux',
    affinityStated: states(app, 'client_affinity_enabled'),
    // azurerm's defaults, @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/linux_web_app
    httpsOnly: booleanOf(app, 'https_only', document, false),
    minimumTls: textOf(app, 'site_config.minimum_tls_version', document, '1.2'),
    publicAccess: booleanOf(app, 'public_network_access_enabled', document, true),
    openByDefault: mapKnown(
      textOf(app, 'site_config.ip_restriction_default_action', document, 'Allow'),
      (action) => action === 'Allow',
    ),
    restrictions: everyKnown(innerBlocks(app, 'site_config.ip_restriction'), (block) =>
      readRestriction(block, document),
    ),
    hasPrivateEndpoint: ofType(document, 'azurerm_private_endpoint').some(({ body }) =>
      addressesIn(textsInside(body.private_service_connection), document).includes(app.address),
    ),
    secretSettings: secretSettings(app, document),
    cookieSecret: cookieSecret(app),
  };
}

function readRestriction(block: TerraformResource, document: TerraformDocument): Restriction {
  const name = textOf(block, 'name', document, '');
  const ids = block.body.headers === undefined || block.body.headers === null ? false : headerIds(block, document);
  const texts = ['ip_address', 'virtual_network_subnet_id'].map((path) => textOf(block, path, document, null));
  return {
    name: isUnknown(name) ? '' : name,
    action: textOf(block, 'action', document, 'Allow'),
    serviceTag: textOf(block, 'service_tag', document, null),
    frontDoorId: ids,
    addresses: texts.find((text) => text !== null) ?? null,
  };
}

/** The id of a profile is known only after apply: that one is asked for is what counts, not which. */
function headerIds(block: TerraformResource, document: TerraformDocument): Known<boolean> {
  const headers = innerBlocks(block, 'headers');
  if (isUnknown(headers)) return headers;
  const lists = headers.map((header) => header.body.x_azure_fdid);
  if (lists.some((list) => Array.isArray(list) && list.length > 0)) return true;
  const expression = lists.find((list) => typeof list === 'string');
  if (expression === undefined) return false;
  return mentioned(expression, document).length > 0 || unknown(block, 'headers.x_azure_fdid', `is ${expression}`);
}

/** Names of what is a credential; references to Key Vault are none, others are judged by their attribute. */
function secretSettings(app: TerraformResource, document: TerraformDocument): Known<readonly string[]> {
  const settings = app.body.app_settings;
  if (typeof settings === 'string') return unknown(app, 'app_settings', `is ${settings}`);
  const own = Object.entries(isObject(settings) ? settings : {}).filter(([name, value]) =>
    isSecretSetting(name, value),
  );
  const strings = innerBlocks(app, 'connection_string');
  if (isUnknown(strings)) return strings;
  const inStrings = strings.filter(
    ({ body: { value } }) =>
      isSecretSetting('connection_string', value) ||
      (typeof value === 'string' && !value.startsWith('@Microsoft.KeyVault(') && !value.includes('Authentication=')),
  );
  return [
    ...own.map(([name]) => `app_settings.${name}`),
    ...inStrings.map((block) => {
      const name = textOf(block, 'name', document, '?');
      return `connection_string.${isUnknown(name) ? '?' : name}`;
    }),
  ];
}

function cookieSecret(app: TerraformResource): Known<string | null> {
  const settings = app.body.app_settings;
  if (typeof settings === 'string') return unknown(app, 'app_settings', `is ${settings}`);
  const entries = Object.entries(isObject(settings) ? settings : {}).filter(
    ([name, value]) => value !== null && /SESSION.*(SECRET|KEY|PASSWORD)|COOKIE.*(SECRET|KEY|PASSWORD)/i.test(name),
  );
  const [first] = entries;
  if (!first) return null;
  const [name, value] = first;
  return typeof value === 'string' ? keyOf(value) : unknown(app, `app_settings.${name}`, 'is no text');
}

/** What two apps have in common when they share a secret; a literal stands as itself only within this process. */
function keyOf(value: string): string {
  if (!value.startsWith('@Microsoft.KeyVault(')) return value.includes('${') ? value : 'literal';
  const secret =
    /(?:SecretName=|\/secrets\/)([\w-]+)/.exec(value)?.[1] ?? /azurerm_key_vault_secret\.[\w-]+/.exec(value)?.[0];
  return `Key Vault secret ${secret ?? ''}`.trim();
}

export function readPlanFacts(plan: TerraformResource, document: TerraformDocument): PlanFacts {
  const setting = ofType(document, 'azurerm_monitor_autoscale_setting').find(({ body }) =>
    addressesIn(body.target_resource_id, document).includes(plan.address),
  );
  return {
    address: plan.address,
    os: settled(textOf(plan, 'os_type', document, null), plan, 'os_type'),
    location: locationOf(plan, document),
    ignoresInstances: document.planned
      ? unknown(plan, 'lifecycle', 'is not shown by a plan')
      : ignored(plan).some((name) => name === 'worker_count' || name === 'all'),
    statesInstances: states(plan, 'worker_count'),
    scaling: setting ? readScaling(setting, document) : null,
  };
}

/** Names in `lifecycle.ignore_changes`: a list of bare names, or the word all. */
function ignored({ body: { lifecycle } }: TerraformResource): string[] {
  const [block] = Array.isArray(lifecycle) ? lifecycle : [lifecycle];
  const names = isObject(block) ? block.ignore_changes : undefined;
  return (Array.isArray(names) ? names : [names])
    .filter((name) => typeof name === 'string')
    .map((name) => name.replace(/^\$\{|\}$/g, ''));
}

function readScaling(setting: TerraformResource, document: TerraformDocument): Known<readonly ScaleRule[]> {
  return everyKnown(innerBlocks(setting, 'profile.rule'), (rule) => ({
    direction: settled(textOf(rule, 'scale_action.direction', document, null), rule, 'scale_action.direction'),
    metric: settled(textOf(rule, 'metric_trigger.metric_name', document, null), rule, 'metric_trigger.metric_name'),
  }));
}
