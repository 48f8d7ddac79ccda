import { isObject, type JsonObject } from './json';
import { lastKey, listAt, type ModuleScope, type Owner, objectAt } from './planConfiguration';

/** What the variables of a plan stand for: its root variables, and what module calls and `for_each` write out. */
export class PlanLiterals {
  /** @param variables of the root module, as a plan has them: `{ name: { value } }` */
  constructor(private readonly variables: JsonObject) {}

  /** The value of an expression that is written out, or that takes a variable as it is; undefined: unknown. */
  of(expression: unknown, scope: ModuleScope, owner: Owner): unknown {
    const written = objectAt(expression);
    if (Object.hasOwn(written, 'constant_value')) return written.constant_value;
    const whole = longest(expression);
    return whole.length === 1 ? this.reference(whole[0] as string, scope, owner, 8) : undefined;
  }

  /**
   * The entries of a map that a provider plans as unknown altogether because one of its values is. A plan does not show
   * how a map is put together, but it shows what goes in: maps from variables are taken as merged into it.
   *
   * @returns the entries that are known; undefined: the plan shows none, or what goes in is not known
   */
  entriesOf(expression: unknown, scope: ModuleScope, owner: Owner): JsonObject | undefined {
    const entries = new Map<string, unknown>();
    const disputed = new Set<string>();
    for (const text of longest(expression)) {
      // Nothing in a plan shows what a local is, and another module's output may be a map.
      if (/^(local|module|data)\./.test(text)) return undefined;
      if (!/^(var|each)\./.test(text)) continue;
      const value = this.reference(text, scope, owner, 8);
      if (value === undefined) return undefined;
      if (!isObject(value)) continue;
      for (const [name, item] of Object.entries(value)) {
        if (entries.has(name) && entries.get(name) !== item) disputed.add(name);
        entries.set(name, item);
      }
    }
    const settled = [...entries].filter(([name]) => !disputed.has(name));
    return settled.length > 0 ? Object.fromEntries(settled) : undefined;
  }

  private reference(text: string, scope: ModuleScope, owner: Owner, depth: number): unknown {
    if (depth === 0) return undefined;
    const [first, second = '', ...rest] = text.split('.');
    if (first === 'var' && /^[\w-]+$/.test(second)) return inside(this.variable(second, scope, depth), rest);
    if (first !== 'each') return undefined;
    const key = JSON.parse(lastKey(`x${owner.key}`).slice(1, -1) || 'null') as unknown;
    if (second === 'key') return key;
    if (second !== 'value' || key === null) return undefined;
    const all = this.inner(owner.forEach, scope, depth);
    if (Array.isArray(all)) return all.includes(key) ? inside(key, rest) : undefined;
    return inside(objectAt(all)[String(key)], rest);
  }

  private variable(name: string, { parent, path, configuration }: ModuleScope, depth: number): unknown {
    const declared = objectAt(configuration, 'variables', name);
    // Its value is in the plan as plain text.
    if (declared.sensitive === true) return undefined;
    // null is a value, too.
    const { value = declared.default } = objectAt(this.variables, name);
    if (!parent) return value;
    const call = objectAt(
      parent.configuration,
      'module_calls',
      path
        .replace(/\[[^\]]*\]$/, '')
        .split('.')
        .at(-1) ?? '',
    );
    const given = objectAt(call, 'expressions')[name];
    const owner = { key: lastKey(path), forEach: call.for_each_expression };
    return given === undefined ? declared.default : this.inner(given, parent, depth, owner);
  }

  private inner(expression: unknown, scope: ModuleScope, depth: number, owner: Owner = nobody): unknown {
    const written = objectAt(expression);
    if (Object.hasOwn(written, 'constant_value')) return written.constant_value;
    const whole = longest(expression);
    return whole.length === 1 ? this.reference(whole[0] as string, scope, owner, depth - 1) : undefined;
  }
}

const nobody: Owner = { key: '', forEach: undefined };

const inside = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (found, name) => (isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined),
    value,
  );

/** Terraform lists `var.a.b` and `var.a` for one reference: the longest is enough. */
function longest(expression: unknown): string[] {
  const texts = listAt(objectAt(expression), 'references').filter((item) => typeof item === 'string');
  return texts.filter((text) => !texts.some((other) => other.startsWith(`${text}.`) || other.startsWith(`${text}[`)));
}
