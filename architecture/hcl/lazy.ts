/**
 * A value that is computed when it is first read. If it depends on itself, it is undefined: Terraform refuses such a
 * mistake of the author.
 */
export function lazily<T>(make: (name: string) => T | undefined): (name: string) => T | undefined {
  const known = new Map<string, T | undefined>();
  return (name) => {
    if (known.has(name)) return known.get(name);
    known.set(name, undefined);
    const value = make(name);
    known.set(name, value);
    return value;
  };
}

/** An object whose members are computed when they are first read. */
export function lazyMembers<T>(names: Iterable<string>, make: (name: string) => T): { readonly [name: string]: T } {
  const result: Record<string, T> = {};
  for (const name of names)
    Object.defineProperty(result, name, { enumerable: true, configurable: true, get: () => make(name) });
  return result;
}
