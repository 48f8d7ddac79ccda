import { emptyBlocks, maps, references } from './blocks';
import { commentOn, providerComments } from './comments';
import { type Item, Raw, renderFile } from './hcl';
import { type Values, type Variable, variableAt, variablesOf, withVariables } from './variables';

type Json = Readonly<Record<string, unknown>>;
type Typed = Readonly<Record<string, Readonly<Record<string, Json>>>>;

export interface Export {
  /** Text by the name of its file. */
  readonly files: ReadonlyMap<string, string>;
  /** What `variables.tf` declares. */
  readonly variables: readonly Variable[];
}

/**
 * A configuration in Terraform's native syntax, with the same addresses and values as one in JSON syntax.
 *
 * @param document what a synth wrote into `cdk.tf.json`, parsed
 * @param values of the settings that become variables; they are the variables' defaults
 * @param label the variant, for the comment at the top
 */
export function exportTerraform(document: Json, values: Values, label: string): Export {
  const variables = variablesOf(values, (document.resource ?? {}) as Json);
  const write = new Writer(variables);
  const files = new Map<string, Item[]>();
  const put = (name: string, ...items: Item[]) => void files.set(name, [...(files.get(name) ?? []), ...items]);

  put(
    'terraform.tf',
    write.terraform((document.terraform ?? {}) as Json),
    ...write.providers(document.provider as Json),
  );
  put('variables.tf', ...variables.map((variable) => write.variable(variable)));
  const locals = write.locals((document.locals ?? {}) as Json);
  if (locals) put('locals.tf', locals);
  for (const kind of ['data', 'ephemeral', 'resource'] as const)
    for (const [type, named] of Object.entries((document[kind] ?? {}) as Typed))
      for (const [name, body] of Object.entries(named))
        put(`${topicOf(body, type)}.tf`, write.resource(kind, type, name, body));
  for (const moved of (document.moved ?? []) as Json[]) put('moved.tf', write.moved(moved));
  for (const [name, body] of Object.entries((document.output ?? {}) as Record<string, Json>))
    put('outputs.tf', write.output(name, body));

  const head = `# ${label}, written by Steadystate from its own declaration. Nothing but this folder is needed from here on.\n\n`;
  const texts = [...files].map(([name, items]): [string, string] => [name, renderFile(items)]);
  return {
    files: new Map(texts.map(([name, text]) => [name, name === 'terraform.tf' ? head + text : text])),
    variables,
  };
}

/**
 * Resources that belong together share a file: those of a region by what they are for, all others by the construct that
 * declares them. A document without CDKTF's metadata has a file for each type.
 */
function topicOf(body: Json, type: string): string {
  const path = (body['//'] as { metadata?: { path?: string } } | undefined)?.metadata?.path;
  if (path === undefined) return type.replace(/^azurerm_/, '');
  const [, first = 'main', second = 'resource', ...inner] = path.split('/');
  const words = inner.length > 0 && second !== 'resource' ? [first, second] : [first];
  return words.join('_').replace(/\W/g, '_');
}

class Writer {
  constructor(private readonly variables: readonly Variable[]) {}

  terraform(body: Json): Item {
    const items = Object.entries(body).flatMap(([name, value]): Item[] => {
      if (name === 'backend')
        return Object.entries(value as Record<string, Json>).map(([type, inner]) => ({
          kind: 'block',
          name,
          labels: [type],
          items: this.arguments(inner),
        }));
      if (name === 'required_providers') return [{ kind: 'block', name, items: this.arguments(value as Json) }];
      return [{ kind: 'argument', name, value }];
    });
    return { kind: 'block', name: 'terraform', items: argumentsFirst(items) };
  }

  providers(providers: Json = {}): Item[] {
    return Object.entries(providers).flatMap(([name, bodies]) =>
      (Array.isArray(bodies) ? bodies : [bodies]).map(
        (body: Json): Item => ({ kind: 'block', name: 'provider', labels: [name], items: this.providerBody(body) }),
      ),
    );
  }

  private providerBody(body: Json): Item[] {
    const items = Object.entries(body).flatMap(([name, value]): Item[] => {
      const comment = providerComments[name];
      if (!isBlock(name, value)) return [{ kind: 'argument', name, value: this.value(value), comment }];
      return listed(value).map((inner) => ({ kind: 'block', name, items: this.providerBody(inner), comment }));
    });
    return argumentsFirst(items);
  }

  variable({ name, type, description, value }: Variable): Item {
    return {
      ...{ kind: 'block', name: 'variable', labels: [name] },
      items: [
        { kind: 'argument', name: 'description', value: description },
        { kind: 'argument', name: 'type', value: new Raw(type) },
        { kind: 'argument', name: 'default', value },
        { kind: 'argument', name: 'nullable', value: false },
      ],
    };
  }

  locals(values: Json): Item | undefined {
    const names = new Set(this.variables.map(({ name }) => name));
    const left = Object.entries(values).filter(([name]) => name !== '//' && !names.has(name));
    if (left.length === 0) return undefined;
    return {
      ...{ kind: 'block', name: 'locals' },
      comment:
        'What the preconditions check. Names and blocks were written from these, so a change here alone changes nothing else.',
      items: this.arguments(Object.fromEntries(left)),
    };
  }

  /** Terraform reads a description before it knows any variable. */
  output(name: string, { description, ...body }: Json): Item {
    const about: Item[] =
      description === undefined ? [] : [{ kind: 'argument', name: 'description', value: description }];
    return { kind: 'block', name: 'output', labels: [name], items: [...about, ...this.arguments(body)] };
  }

  moved(body: Json): Item {
    return {
      kind: 'block',
      name: 'moved',
      items: Object.entries(body).map(([name, value]) => ({ kind: 'argument', name, value: new Raw(String(value)) })),
    };
  }

  resource(kind: 'data' | 'ephemeral' | 'resource', type: string, name: string, body: Json): Item {
    return { kind: 'block', name: kind, labels: [type, name], items: this.body(type, body, '') };
  }

  /** Arguments, then blocks, then what is for Terraform itself, each in the order of the document. */
  private body(type: string, body: Json, above: string): Item[] {
    const items = Object.entries(body).flatMap(([name, value]): Item[] => {
      if (name === '//') return [];
      const path = above === '' ? name : `${above}.${name}`;
      const comment = commentOn(type, path, value);
      const variable = variableAt(this.variables, `${type}.${path}`, value);
      if (variable) return [{ kind: 'argument', name, value: new Raw(`var.${variable.name}`), comment }];
      if (references.has(name)) return [{ kind: 'argument', name, value: bare(value), comment }];
      if (emptyBlocks.has(name) && Array.isArray(value) && value.length === 0) return [];
      if (!isBlock(name, value)) return [{ kind: 'argument', name, value: this.value(value), comment }];
      return listed(value).map((inner, index) => ({
        ...{ kind: 'block', name, items: this.body(type, inner, path) },
        comment: index === 0 ? comment : undefined,
      }));
    });
    return argumentsFirst(items);
  }

  private arguments(body: Json): Item[] {
    return Object.entries(body)
      .filter(([name]) => name !== '//')
      .map(([name, value]) => ({ kind: 'argument', name, value: this.value(value) }));
  }

  private value(value: unknown): unknown {
    if (typeof value === 'string') return withVariables(fromSettings(value, this.variables), this.variables);
    if (Array.isArray(value)) return value.map((element) => this.value(element));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [withVariables(key, this.variables), this.value(member)]),
    );
  }
}

/** Messages of preconditions name settings.ts, which is not there any more. */
const fromSettings = (text: string, variables: readonly Variable[]): string =>
  variables.some(({ name }) => text.startsWith(camelCased(name))) || /^The host name/.test(text)
    ? text.replaceAll('settings.ts', 'variables.tf').replace(', and synthesize again', '')
    : text.replace(', and synthesize again', ', and export again');

const camelCased = (name: string) => name.replace(/_(\w)/g, (_found, letter: string) => letter.toUpperCase());

const isBlock = (name: string, value: unknown): boolean => {
  if (maps.has(name) || value === null || typeof value !== 'object') return false;
  return (
    !Array.isArray(value) ||
    (value.length > 0 && value.every((one) => one !== null && typeof one === 'object' && !Array.isArray(one)))
  );
};

const listed = (value: unknown): Json[] => (Array.isArray(value) ? value : [value]) as Json[];

const bare = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(bare) : new Raw(String(value).replace(/^\$\{(.*)\}$/s, '$1'));

/** What a resource is called and where it is comes first, blocks for Terraform itself last. */
const first = ['name', 'resource_group_name', 'location'];
const last = ['timeouts', 'lifecycle'];

function argumentsFirst(items: readonly Item[]): Item[] {
  const rank = ({ kind, name }: Item): number => {
    if (kind === 'block') return last.includes(name) ? 6 : 4;
    if (name === 'depends_on') return 5;
    return first.includes(name) ? first.indexOf(name) : 3;
  };
  return [...items].sort((one, other) => rank(one) - rank(other));
}
