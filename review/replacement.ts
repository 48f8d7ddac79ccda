import type { PlannedChange } from '../architecture/terraform/document';
import { forcesNew } from './forcingArguments';

export type Replacement = 'replaced' | 'in place' | 'cannot tell';

export interface ReplacementVerdict {
  readonly verdict: Replacement;
  /** The argument that decides it, and who says so. */
  readonly because: string;
}

interface KnownChange {
  readonly type: RegExp;
  readonly attribute: RegExp;
  readonly verdict: Replacement;
  readonly because: string;
}

const docs = 'https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources';

/** What the documentation says of a change beyond `forcingArguments`. Of any other change, only a plan says whether it replaces the resource. */
const knownChanges: readonly KnownChange[] = [
  {
    type: /./,
    attribute: /^(lifecycle|depends_on)(\.|$)/,
    verdict: 'in place',
    because:
      'only Terraform uses it, Azure does not see it (https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle)',
  },
  {
    type: /^azurerm_/,
    attribute: /^(name|location|resource_group_name)$/,
    verdict: 'replaced',
    because: `azurerm makes a new resource of another name, place or group (${docs})`,
  },
  {
    type: /^azurerm_managed_redis$/,
    attribute: /^high_availability_enabled$/,
    verdict: 'replaced',
    because: `the cache is created again, its sessions are lost (${docs}/managed_redis)`,
  },
  {
    type: /^azurerm_managed_redis$/,
    attribute: /^sku_name$/,
    verdict: 'cannot tell',
    because: `Azure says in the plan whether it scales to that size in place; otherwise the cache is replaced, and its sessions are lost (${docs}/managed_redis)`,
  },
  {
    type: /^azurerm_managed_redis$/,
    attribute: /^default_database(\.\d+)?\.(clustering_policy|geo_replication_group_name|module)/,
    verdict: 'replaced',
    because: `the database is created again, its sessions are lost (${docs}/managed_redis)`,
  },
  {
    type: /^azurerm_managed_redis_geo_replication$/,
    attribute: /^managed_redis_id$/,
    verdict: 'replaced',
    because: `linking again discards data (${docs}/managed_redis_geo_replication)`,
  },
  {
    type: /^azurerm_service_plan$/,
    attribute: /^worker_count$/,
    verdict: 'in place',
    because: `a plan is scaled in place (${docs}/service_plan)`,
  },
  {
    type: /^azurerm_(linux|windows)_web_app(_slot)?$/,
    attribute: /^(client_affinity_enabled|app_settings|site_config|https_only|public_network_access_enabled)(\.|$)/,
    verdict: 'in place',
    because: `the app is updated in place (${docs}/linux_web_app)`,
  },
  { type: /^azurerm_/, attribute: /^tags(\.|$)/, verdict: 'in place', because: `tags are updated in place (${docs})` },
];

/** Whether such a change of a resource leaves nothing of the sessions in it: a cache or its database that is created again. */
export const losesSessions = (type: string, attributes: readonly string[]): boolean =>
  type === 'azurerm_managed_redis' && replacementOf(type, attributes, null).verdict === 'replaced';

/** @param planned what the second plan means to do with the resource; null: not read from a plan */
export function replacementOf(
  type: string,
  attributes: readonly string[],
  planned: PlannedChange | undefined | null,
): ReplacementVerdict {
  if (planned) {
    if (planned.actions.includes('delete') && planned.actions.includes('create'))
      return {
        verdict: 'replaced',
        because: `the plan says so${planned.replacePaths.length > 0 ? `, for ${planned.replacePaths.join(', ')}` : ''}`,
      };
    if (planned.actions.includes('update')) return { verdict: 'in place', because: 'the plan says so' };
  }
  const known = attributes.map(
    (attribute): Pick<KnownChange, 'verdict' | 'because'> | undefined =>
      knownChanges.find((one) => one.type.test(type) && one.attribute.test(attribute)) ??
      (forcesNew(type, attribute)
        ? {
            verdict: 'replaced',
            because: `azurerm makes a new resource for another ${attribute} (${docs}/${type.replace(/^azurerm_/, '')})`,
          }
        : undefined),
  );
  const replaced = known.find((one) => one?.verdict === 'replaced');
  if (replaced) return { verdict: 'replaced', because: replaced.because };
  const [first] = known;
  if (first && known.every((one) => one?.verdict === 'in place'))
    return { verdict: 'in place', because: first.because };
  const open = known.find((one) => one?.verdict === 'cannot tell');
  return { verdict: 'cannot tell', because: open?.because ?? 'only a plan against the state can tell' };
}
