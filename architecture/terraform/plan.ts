import { InputError } from '../../inputError';
import type { TerraformDocument, TerraformResource } from './document';
import { isObject, type JsonObject } from './json';
import { lastKey, listAt, objectAt, PlanReferences, scopeOf } from './planConfiguration';
import { evidenceOf, plannedChange } from './planEvidence';
import { PlanLiterals } from './planLiterals';
import { knownNames } from './planNames';
import { configuredIn, instancesOf, resourcesUnder, type ShownResource } from './planResources';
import { merged, type Resolving } from './planValues';
import { plannedProvider } from './provider';
import { isSetBlock } from './setBlocks';

/** Whether JSON is what `terraform show -json` prints of a plan, rather than a configuration. */
export const isPlan = (json: unknown): json is JsonObject =>
  isObject(json) && typeof json.format_version === 'string' && ('planned_values' in json || 'resource_changes' in json);

/**
 * Reads the JSON of a plan: what will exist after apply, modules included. In place of a value that is known only after
 * apply is the reference that the configuration makes there, so that links are followed as in a configuration. A sensitive
 * value is never read.
 *
 * @param files the configuration that the plan was made from: it shows what a plan does not, such as the entries of a map in
 * which one value is not known, and `lifecycle`
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export function readPlan(json: JsonObject, source: string, files: TerraformDocument | null = null): TerraformDocument {
  if (json.errored === true)
    throw new InputError(
      `${source} is a plan that ended in an error, so it holds only a part. Fix what terraform plan reports, and plan again.`,
    );
  const planned = resourcesUnder(objectAt(json, 'planned_values', 'root_module'), 'managed');
  const changes = new Map(
    listAt(json, 'resource_changes').flatMap((item): [string, JsonObject][] => {
      const one = objectAt(item);
      // A deposed object is destroyed in any case; the address means the object that replaces it.
      return typeof one.address === 'string' && isObject(one.change) && one.deposed === undefined
        ? [[one.address, one]]
        : [];
    }),
  );
  if (planned.length === 0) throw new InputError(`${source} ${whyEmpty(changes)} There is nothing to assess.`);
  // Data sources are not planned, but ids in the plan come from them.
  const looked = resourcesUnder(objectAt(json, 'prior_state', 'values', 'root_module'), 'data');
  const all = [...planned, ...looked];
  const literals = new PlanLiterals(objectAt(json.variables));
  const context: Context = {
    root: objectAt(json, 'configuration', 'root_module'),
    references: new PlanReferences(instancesOf(all), (text, scope, owner) =>
      literals.of({ references: [text] }, scope, owner),
    ),
    literals,
    known: knownNames(all),
    files,
  };
  const [resources, data] = [planned, looked].map((list) =>
    list.map((one) => resourceOf(one, objectAt(changes.get(one.address), 'change'), context)),
  ) as [TerraformResource[], TerraformResource[]];
  return {
    resources,
    byAddress: new Map([...data, ...resources].map((resource) => [resource.address, resource])),
    locals: {},
    elsewhere: leftOut(json),
    defaultsFilledIn: true,
    planned: new Map([...changes].map(([address, change]) => [address, plannedChange(change)])),
    evidence: evidenceOf(json),
    provider:
      files?.provider?.from === 'lock file'
        ? files.provider
        : plannedProvider(objectAt(json, 'configuration', 'provider_config')),
  };
}

/** The values of variables that a plan was made with. */
export const planVariables = (plan: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(objectAt(plan.variables)).flatMap(([name, variable]) => {
      const { value } = objectAt(variable);
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );

/** What a plan that nothing is left after does. */
function whyEmpty(changes: ReadonlyMap<string, JsonObject>): string {
  const destroyed = [...changes.values()].filter(({ change }) =>
    listAt(objectAt(change), 'actions').includes('delete'),
  );
  return destroyed.length > 0
    ? `is a plan that only destroys (${destroyed.length} ${destroyed.length === 1 ? 'resource' : 'resources'}): no resource exists after it.`
    : 'is a plan after which no resource exists: it is empty.';
}

/** A plan with -target, or with actions that wait for another plan. */
const leftOut = (json: JsonObject): string[] =>
  json.complete === false || listAt(json, 'deferred_changes').length > 0 ? ['the part that this plan leaves out'] : [];

interface Context {
  readonly root: JsonObject;
  readonly references: PlanReferences;
  readonly literals: PlanLiterals;
  readonly known: ReadonlyMap<string, string>;
  readonly files: TerraformDocument | null;
}

function resourceOf(
  { address, mode, type, name, module, values, sensitive }: ShownResource,
  change: JsonObject,
  { root, references, literals, known, files }: Context,
): TerraformResource {
  const scope = scopeOf(module, root);
  const configured = mode === 'data' ? undefined : configuredIn(scope.configuration).get(`${type}.${name}`);
  const expressions = configured === undefined ? null : objectAt(configured, 'expressions');
  const owner = { key: lastKey(address), forEach: configured?.for_each_expression };
  const resolving: Resolving = {
    refer: (expression) => references.of(expression, scope, owner),
    literal: (expression) => literals.of(expression, scope, owner),
    entries: (expression) => literals.entriesOf(expression, scope, owner),
    known,
    own: `\${${address}.`,
    isSet: (block) => isSetBlock(type, block),
  };
  const shown: Resolving = { ...resolving, refer: () => [], entries: () => undefined, known: null, own: '' };
  const inFiles = files?.byAddress.get(address);
  const argument = { value: values, open: change.after_unknown, secrets: [sensitive, change.after_sensitive] };
  let body: JsonObject | undefined;
  let asShown: JsonObject | undefined;
  return {
    address,
    type,
    stated: expressions,
    ignoredChanges: inFiles?.ignoredChanges ?? { unknown: `${address}.lifecycle is not shown by a plan` },
    multiplied: null,
    conditional: null,
    get body() {
      body ??= objectAt(merged({ ...argument, expression: expressions, written: inFiles?.body }, resolving));
      return body;
    },
    get shown() {
      asShown ??= objectAt(merged({ ...argument, expression: null }, shown));
      return asShown;
    },
  };
}
