import { InputError } from '../../inputError';
import type { TerraformDocument, TerraformResource } from './document';
import { isObject, type JsonObject } from './json';
import { listAt, objectAt } from './planConfiguration';
import { knownNames } from './planNames';
import { resourcesUnder, type ShownResource } from './planResources';
import { merged, type Resolving } from './planValues';

/** Whether JSON is what `terraform show -json` prints of a state. */
export const isShownState = (json: unknown): json is JsonObject =>
  isObject(json) &&
  typeof json.format_version === 'string' &&
  'terraform_version' in json &&
  !('planned_values' in json);

/** Whether JSON is a state file, as in `terraform.tfstate`. */
export const isStateFile = (json: unknown): json is JsonObject =>
  isObject(json) && typeof json.version === 'number' && 'serial' in json && 'lineage' in json;

/**
 * Reads a state: what Terraform last saw. It holds ids and no references, so links are found by ids, and what an author
 * wrote is not in it.
 *
 * @throws InputError for a state file of a version other than 4, and for a state that holds nothing
 */
export function readState(json: JsonObject, source: string): TerraformDocument {
  if (!isStateFile(json)) {
    const root = objectAt(json, 'values', 'root_module');
    return stateOf(resourcesUnder(root, 'managed'), resourcesUnder(root, 'data'), source);
  }
  if (json.version !== 4)
    throw new InputError(
      `${source} is a state file of version ${json.version}, and only version 4 is read. Run terraform show -json with Terraform 0.12 or later, and give its output.`,
    );
  const all = listAt(json, 'resources').flatMap((item) => instancesIn(objectAt(item)));
  return stateOf(
    all.filter(({ mode }) => mode === 'managed'),
    all.filter(({ mode }) => mode === 'data'),
    source,
  );
}

function stateOf(managed: readonly ShownResource[], data: readonly ShownResource[], source: string): TerraformDocument {
  if (managed.length === 0)
    throw new InputError(
      `${source} is a state that holds no resource: nothing is deployed. There is nothing to assess.`,
    );
  const known = knownNames([...managed, ...data]);
  const [resources, looked] = [managed, data].map((list) => list.map((one) => resourceOf(one, known))) as [
    TerraformResource[],
    TerraformResource[],
  ];
  return {
    resources,
    byAddress: new Map([...looked, ...resources].map((resource) => [resource.address, resource])),
    locals: {},
    elsewhere: [],
    defaultsFilledIn: true,
    planned: null,
    evidence: null,
  };
}

function resourceOf(
  { address, type, values, sensitive }: ShownResource,
  known: ReadonlyMap<string, string>,
): TerraformResource {
  const read = (names: ReadonlyMap<string, string> | null) => {
    const resolving: Resolving = {
      refer: () => [],
      literal: () => undefined,
      entries: () => undefined,
      known: names,
      own: `\${${address}.`,
      isSet: () => false,
    };
    return objectAt(merged({ value: values, open: undefined, secrets: [sensitive], expression: null }, resolving));
  };
  let body: JsonObject | undefined;
  return {
    address,
    type,
    stated: null,
    ignoredChanges: { unknown: `${address}.lifecycle is not shown by a state` },
    multiplied: null,
    conditional: null,
    get body() {
      body ??= read(known);
      return body;
    },
    get shown() {
      return read(null);
    },
  };
}

/** The instances of a resource in a state file. */
function instancesIn({ mode, type, name, module, instances }: JsonObject): ShownResource[] {
  if (typeof type !== 'string' || typeof name !== 'string' || !Array.isArray(instances)) return [];
  const data = mode === 'data';
  const path = typeof module === 'string' ? module : '';
  return instances.flatMap((item): ShownResource[] => {
    const { attributes, index_key, deposed, sensitive_attributes } = objectAt(item);
    if (deposed !== undefined || !isObject(attributes)) return [];
    const key = index_key === undefined || index_key === null ? '' : `[${JSON.stringify(index_key)}]`;
    return [
      {
        address: `${[path, data ? 'data' : '', type, name].filter(Boolean).join('.')}${key}`,
        mode: data ? 'data' : 'managed',
        type,
        name,
        module: path,
        values: attributes,
        sensitive: marksOf(sensitive_attributes),
      },
    ];
  });
}

/** A state file marks sensitive values by paths: `[[{ type: 'get_attr', value: 'site_credential' }]]`. */
function marksOf(paths: unknown): unknown {
  if (!Array.isArray(paths)) return undefined;
  const marks: Record<string, unknown> = {};
  for (const path of paths.filter(Array.isArray)) {
    let inside: Record<string, unknown> = marks;
    const keys = path.map((step: unknown) => {
      const { value } = objectAt(step);
      return String(isObject(value) ? value.value : value);
    });
    for (const [index, key] of keys.entries()) {
      if (inside[key] === true) break;
      if (index === keys.length - 1) inside[key] = true;
      else {
        const next = isObject(inside[key]) ? (inside[key] as Record<string, unknown>) : {};
        inside[key] = next;
        inside = next;
      }
    }
  }
  return marks;
}
