import type { Settings } from './settings';

/** A block of Terraform's JSON. */
type Block = Record<string, unknown>;

interface Renamed {
  readonly type: string;
  /**
   * Name in azurerm 4, after a dot in a list of blocks: `subnet.service_endpoints`. Undefined in `five`: version 5 has none,
   * because another argument says it.
   */
  readonly four: string;
  readonly five: string | undefined;
  /** The value under the new name. Left out: the same. */
  readonly value?: (value: unknown) => unknown;
}

const not = (value: unknown): unknown => {
  if (typeof value !== 'boolean') throw new Error(`true or false is needed to turn it round, got: ${value}`);
  return !value;
};

/** The id of the resource whose name a reference asks for. */
const idInsteadOfName = (value: unknown): unknown => {
  if (typeof value !== 'string' || !/^\$\{[\w.]+\.name\}$/.test(value))
    throw new Error(`a reference to a name is needed to ask for its id, got: ${value}`);
  return value.replace(/\.name\}$/, '.id}');
};

/** Names of services become blocks, which nothing here declares. */
function noneInEither(value: unknown): unknown {
  if (!Array.isArray(value) || value.length > 0) throw new Error(`no service endpoint is expected, got: ${value}`);
  return value;
}

/**
 * Every argument that this project declares and azurerm 5 calls otherwise. The binding knows the names of version 4 only.
 *
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/guides/5.0-upgrade-guide, as of 5.2.0 (2026-08-20)
 */
export const renamedArguments: readonly Renamed[] = [
  { type: 'azurerm_application_gateway', four: 'enable_http2', five: 'http2_enabled' },
  {
    type: 'azurerm_application_insights',
    four: 'local_authentication_disabled',
    five: 'local_authentication_enabled',
    value: not,
  },
  {
    type: 'azurerm_log_analytics_workspace',
    four: 'local_authentication_disabled',
    five: 'local_authentication_enabled',
    value: not,
  },
  {
    type: 'azurerm_private_dns_zone_virtual_network_link',
    four: 'private_dns_zone_name',
    five: 'private_dns_zone_id',
    value: idInsteadOfName,
  },
  { type: 'azurerm_private_dns_zone_virtual_network_link', four: 'resource_group_name', five: undefined },
  {
    type: 'azurerm_storage_blob',
    four: 'storage_container_name',
    five: 'storage_container_id',
    value: idInsteadOfName,
  },
  { type: 'azurerm_storage_blob', four: 'storage_account_name', five: undefined },
  {
    type: 'azurerm_virtual_network',
    four: 'subnet.service_endpoints',
    five: 'subnet.service_endpoint',
    value: noneInEither,
  },
];

/** The provider's version, as in `required_providers`. The lowest is the one whose documentation was read. */
export const azurermVersion = ({ azurermMajor = 4 }: Settings): string => (azurermMajor === 5 ? '~> 5.2' : '~> 4.79');

/** Gives a stack's Terraform the names of the provider that it is for. */
export function forProvider(terraform: Block, { azurermMajor = 4 }: Settings): Block {
  if (azurermMajor === 4) return terraform;
  const resources = { ...(terraform.resource as Record<string, Record<string, Block>> | undefined) };
  for (const renamed of renamedArguments)
    resources[renamed.type] = Object.fromEntries(
      Object.entries(resources[renamed.type] ?? {}).map(([id, block]) => [id, withNewName(block, renamed)]),
    );
  const there = Object.entries(resources).filter(([, blocks]) => Object.keys(blocks).length > 0);
  return { ...terraform, resource: Object.fromEntries(there) };
}

function withNewName(block: Block, { type, four, five, value = (same) => same }: Renamed): Block {
  const [part = '', inPart] = four.split('.');
  if (!(part in block)) return block;
  const { [part]: given, ...rest } = block;
  if (inPart !== undefined) {
    const renamed = { type, four: inPart, five: five?.split('.').at(-1), value };
    return { ...block, [part]: (given as readonly Block[]).map((one) => withNewName(one, renamed)) };
  }
  return five === undefined ? rest : { ...rest, [five]: value(given) };
}
