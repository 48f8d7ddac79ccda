import { settled } from '../../hcl/evaluate';
import { plain } from '../../hcl/values';
import { nothingKnown } from '../../hcl/variables';
import { partOf, type TerraformDocument, type TerraformResource } from '../../terraform/document';
import { isExpression } from '../../terraform/expression';
import { isObject, type JsonObject } from '../../terraform/json';
import { mentioned } from '../../terraform/references';
import { cacheMappings } from './cache';
import { cdnMappings } from './cdn';
import { insightsMappings } from './insights';
import { defined, type Mapping, type Own } from './mapping';
import { networkMappings } from './network';
import { webMappings } from './web';

/** By type without its version, in small letters. @see https://learn.microsoft.com/azure/templates/ */
const mappings: Readonly<Record<string, Mapping>> = {
  ...webMappings,
  ...cacheMappings,
  ...cdnMappings,
  ...networkMappings,
  ...insightsMappings,
};

/** Types of azapi that are read, in small letters. */
export const azapiTypes = Object.keys(mappings);

/** The document with resources of azapi in azurerm's terms, and with what `azapi_update_resource` changes of others. */
export function withAzapi(document: TerraformDocument): TerraformDocument {
  if (!document.resources.some(({ type }) => type.startsWith('azapi_'))) return document;
  const isPart = (one: TerraformResource) =>
    one.type === 'azapi_update_resource' || (one.type === 'azapi_resource' && mappingOf(one)?.ofParent === true);
  const changes = document.resources.filter(isPart);
  const subjects = (one: TerraformResource) =>
    mentioned([one.body.resource_id, one.body.parent_id], document).filter((found) => !isPart(found));
  const resources = document.resources.flatMap((one) => {
    const own = one.type === 'azapi_resource' && !isPart(one) ? asAzurerm(one) : [one];
    const [first, ...inside] = own as [TerraformResource, ...TerraformResource[]];
    return [changes.filter((change) => subjects(change).includes(one)).reduce(updated, first), ...inside];
  });
  const byAddress = new Map(document.byAddress);
  for (const one of resources) byAddress.set(one.address, one);
  return { ...document, resources, byAddress };
}

/** The resource, and what is declared inside it. */
function asAzurerm(resource: TerraformResource): TerraformResource[] {
  const body = bodyOf(resource);
  const mapping = mappingOf(resource);
  if (!mapping || !body) return [resource];
  const { name, location, parent_id } = resource.body;
  const own = ownOf(resource);
  const stated = defined(mapping.read(body, own));
  const args = { name, location: location ?? body.location, parent_id, ...mapping.defaults, ...stated };
  const inside = mapping.inside?.(body, own) ?? [];
  return [
    { ...resource, type: mapping.type(body), body: defined(args), stated: resource.stated && stated },
    ...inside.map(({ part, type, args: inner }) => ({
      ...partOf(resource, '', defined(inner)),
      address: `${resource.address}${part}`,
      type,
    })),
  ];
}

const ownOf = ({ address, body }: TerraformResource): Own => ({
  address,
  name: body.name ?? (/\/config\/(\w+)/.exec(String(body.resource_id))?.[1] || undefined),
  parent: body.parent_id,
});

/** A change of a part adds to a block and replaces a list. */
function updated(resource: TerraformResource, update: TerraformResource): TerraformResource {
  const body = bodyOf(update);
  const mapping = mappingOf(update);
  if (!mapping || !body) return resource;
  const { os_type: _, app_service_id: __, ...change } = defined(mapping.read(body, ownOf(update)));
  const together = (from: JsonObject): JsonObject => ({
    ...from,
    ...Object.fromEntries(
      Object.entries(change).map(([name, value]) => {
        const [before] = [from[name]].flat();
        return [name, isObject(value) && isObject(before) ? { ...before, ...value } : value];
      }),
    ),
  });
  return { ...resource, body: together(resource.body), stated: resource.stated && together(resource.stated) };
}

const mappingOf = ({ body }: TerraformResource): Mapping | undefined =>
  mappings[String(body.type).split('@')[0]?.toLowerCase() ?? ''];

/** Before azapi 2 the body was a string of JSON, which people make with `jsonencode`. */
function bodyOf({ body }: TerraformResource): JsonObject | undefined {
  const [value] = [body.body].flat();
  if (isObject(value)) return value;
  if (typeof value !== 'string') return undefined;
  const inner = /^\$\{\s*jsonencode\(([\s\S]*)\)\s*\}$/.exec(value)?.[1];
  const made = inner === undefined ? jsonIn(value) : plain(settled(`\${${inner}}`, nothingKnown));
  if (isObject(made)) return made;
  // Nothing of it is known, but it is there.
  return isExpression(value) ? { kind: value, sku: value, properties: value, zones: value } : undefined;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
