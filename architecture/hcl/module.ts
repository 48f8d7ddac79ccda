import { resourceOf, withoutEach } from '../terraform/configuration';
import type { RemarkAt, TerraformResource } from '../terraform/document';
import type { JsonObject } from '../terraform/json';
import { bodyOf } from './dynamic';
import { settled } from './evaluate';
import type { FolderFiles } from './folderFunctions';
import { lazily, lazyMembers } from './lazy';
import { instancesOf } from './repeated';
import type { Scope } from './scope';
import type { ModuleSource } from './sources';
import { openExpression, type Value, type ValueMap } from './values';
import { variableReader } from './variables';

/** One instance of a module. Values are worked out when they are asked for, in whatever order the files have them. */
export class Module {
  private readonly scope: Scope;
  private readonly outputs: ValueMap;

  constructor(
    private readonly source: ModuleSource,
    private readonly prefix: string,
    given: (name: string) => Value | undefined,
    private readonly files: FolderFiles,
  ) {
    this.outputs = lazyMembers(source.outputs.keys(), (name) => this.output(name) ?? null);
    this.scope = {
      prefix,
      variable: lazily(variableReader(source.variables, given)),
      local: lazily((name) => (source.locals.has(name) ? settled(source.locals.get(name), this.scope) : undefined)),
      module: (name) => byKey((this.children(name) ?? []).map(([key, one]) => [key, one.outputs])),
      instances: lazily((address) => this.instances(address)),
      files,
      names: {},
    };
  }

  /** Its resources and those of the modules that it calls. */
  resources(): TerraformResource[] {
    const own = [...this.source.resources].flatMap(([address, { type, body }]) =>
      instancesOf(body, this.scope).map((one) =>
        resourceOf(`${this.prefix}${address}${one.key}`, type, withoutEach(bodyOf(one.body, one.scope))),
      ),
    );
    const names = [...this.source.calls.keys()];
    return [...own, ...names.flatMap((name) => (this.children(name) ?? []).flatMap(([, one]) => one.resources()))];
  }

  /** Addresses of the modules that are not read: others publish them, or only a plan knows how many there are. */
  elsewhere(): string[] {
    return [...this.source.calls.keys()].flatMap((name) => {
      const children = this.children(name);
      return children ? children.flatMap(([, one]) => one.elsewhere()) : [`${this.prefix}module.${name}`];
    });
  }

  /** Comments that speak to this program, of its files and of those of the modules that it calls. */
  remarks(): RemarkAt[] {
    const own = this.source.remarks.map((one) =>
      one.address === '' ? one : { ...one, address: `${this.prefix}${one.address}` },
    );
    const names = [...this.source.calls.keys()];
    return [...own, ...names.flatMap((name) => (this.children(name) ?? []).flatMap(([, one]) => one.remarks()))];
  }

  private readonly children = lazily((name): readonly (readonly [string, Module])[] | undefined => {
    const { body, source } = this.source.calls.get(name) ?? { body: {} as JsonObject, source: null };
    const instances = instancesOf(body, this.scope);
    if (!source || instances.some((one) => 'for_each' in one.body || 'count' in one.body)) return undefined;
    return instances.map(({ key, body: args, scope }) => {
      const given = lazily((variable) => (Object.hasOwn(args, variable) ? settled(args[variable], scope) : undefined));
      const files = { ...this.files, module: source.relativeTo(this.files.root) };
      return [key, new Module(source, `${this.prefix}module.${name}${key}.`, given, files)];
    });
  });

  private readonly output = lazily((name) => settled(this.source.outputs.get(name)?.value, this.scope));

  /** A reference to each instance. */
  private instances(address: string): Value | undefined {
    const body = this.source.resources.get(address)?.body;
    if (!body || !('for_each' in body || 'count' in body)) return undefined;
    const instances = instancesOf(body, this.scope);
    if (instances.some((one) => 'for_each' in one.body || 'count' in one.body)) return undefined;
    if (instances.length === 0) return 'count' in body ? [] : {};
    return byKey(instances.map(({ key }) => [key, openExpression(`${this.prefix}${address}${key}`)]));
  }
}

/** What has numbers for keys is a list; what has no key is the only one. */
function byKey(found: readonly (readonly [string, Value])[]): Value | undefined {
  const [first] = found;
  if (!first) return undefined;
  if (first[0] === '') return first[1];
  if (/^\[\d+\]$/.test(first[0])) return found.map(([, value]) => value);
  return Object.fromEntries(found.map(([key, value]) => [JSON.parse(key.slice(1, -1)) as string, value]));
}
