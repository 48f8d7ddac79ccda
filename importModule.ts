/**
 * Node's `import()`, of a module of either kind by its address. Compilers to CommonJS turn an `import()` that they see into a
 * `require`, which Node 20 before 20.19 refuses for ES modules, so this one is hidden from them.
 */
export const importModule = new Function('address', 'return import(address)') as (address: string) => Promise<unknown>;
