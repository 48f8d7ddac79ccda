import { InputError } from '../../inputError';
import type { Unknown } from '../known';
import type { RemarkAt, TerraformDocument, TerraformResource } from './document';
import { bareReference, isExpression, referencesIn } from './expression';
import { blocks, isObject, type JsonObject, kindOf } from './json';
import { requiredProvider } from './provider';
import { isAddress } from './target';

/** Whether JSON is a configuration in JSON syntax that declares something. */
export const isConfiguration = (json: unknown): json is JsonObject =>
  isObject(json) && !('format_version' in json) && !('serial' in json) && ('resource' in json || 'module' in json);

/**
 * Reads Terraform's JSON configuration syntax.
 *
 * @throws InputError naming what Terraform would not accept
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function readConfiguration(json: unknown, source: string): TerraformDocument {
  if (!isObject(json))
    throw new InputError(`${source} must be a Terraform configuration, a JSON object, got: ${kindOf(json)}.`);
  const resources: TerraformResource[] = [];
  const remarks: RemarkAt[] = [];
  for (const types of blocks(json.resource, `${source}: resource`)) {
    for (const [type, ofType] of entries(types)) {
      for (const names of blocks(ofType, `${source}: resource.${type}`)) {
        for (const [name, value] of entries(names)) {
          const address = `${type}.${name}`;
          const [body, another] = blocks(value, `${source}: ${address}`);
          if (!body || another)
            throw new InputError(`${source}: ${address} must be one block, got: ${another ? 'several' : 'none'}.`);
          if (isNone(body)) continue;
          resources.push(resourceOf(address, type, withoutEach(body)));
          remarks.push(...remarksAt(address, body, source));
        }
      }
    }
  }
  const merged = (key: string) => Object.fromEntries(blocks(json[key], `${source}: ${key}`).flatMap(entries));
  return {
    resources,
    byAddress: new Map(resources.map((resource) => [resource.address, resource])),
    locals: merged('locals'),
    elsewhere: Object.keys(merged('module')).map((name) => `module.${name}`),
    defaultsFilledIn: false,
    planned: null,
    evidence: null,
    provider: requiredProvider(blocks(json.terraform, `${source}: terraform`)),
    remarks,
  };
}

/** `//` is a comment in Terraform's JSON: a string, or a list of them. */
const remarksAt = (address: string, { '//': comment }: JsonObject, where: string): RemarkAt[] =>
  [comment].flat().flatMap((one) => {
    const text = typeof one === 'string' ? /^\s*steadystate:(.*)$/s.exec(one)?.[1] : undefined;
    return text === undefined ? [] : [{ address, text, where: `${where}: ${address}` }];
  });

export function resourceOf(address: string, type: string, body: JsonObject): TerraformResource {
  const multiplied = multipliedBy(address, body);
  return {
    address,
    type,
    body,
    stated: body,
    ignoredChanges: ignoredIn(body),
    multiplied,
    conditional: 'count' in body ? multiplied : null,
    shown: body,
  };
}

/** `lifecycle.ignore_changes` is a list of bare names, or the word all. */
function ignoredIn({ lifecycle }: JsonObject): string[] {
  const [block] = [lifecycle].flat();
  const names = isObject(block) ? block.ignore_changes : undefined;
  return [names]
    .flat()
    .filter((name) => typeof name === 'string')
    .map((name) => name.replace(/^\$\{|\}$/g, ''));
}

/** Members of an object; `//` is a comment in Terraform's JSON. */
export const entries = (value: JsonObject) => Object.entries(value).filter(([key]) => key !== '//');

/** `count = 0` and an empty `for_each` declare nothing. */
const isNone = ({ count, for_each }: JsonObject) =>
  `${count}` === '0' || (typeof for_each === 'object' && for_each !== null && Object.keys(for_each).length === 0);

/** In a block that is made once for each instance of another resource, `each.value` is that instance. */
export function withoutEach(body: JsonObject): JsonObject {
  const every = typeof body.for_each === 'string' ? bareReference(body.for_each) : undefined;
  if (every === undefined || !isAddress(every)) return body;
  const replaced = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replaced);
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item)]));
    if (!isExpression(value)) return value;
    return referencesIn(value).reduceRight(
      (text, { text: reference, start }) =>
        /^each\.value(?![\w-])/.test(reference)
          ? `${text.slice(0, start)}${every}[each.key]${text.slice(start + 'each.value'.length)}`
          : text,
      value,
    );
  };
  return replaced(body) as JsonObject;
}

/** Why one block may make any number of resources; null: exactly one. */
function multipliedBy(address: string, { count, for_each }: JsonObject): Unknown | null {
  if (count !== undefined && `${count}` !== '1') return { unknown: `${address}.count makes any number of it` };
  const one = isObject(for_each) && Object.keys(for_each).length === 1;
  return for_each === undefined || one ? null : { unknown: `${address}.for_each makes any number of it` };
}
