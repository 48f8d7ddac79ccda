/** One file of the source with one change after the other, loaded with everything that imports it. */

import fs from 'node:fs';
import path from 'node:path';
import { transformSync } from '@swc/core';
import { root } from '../commands/command';

/** Loads a file, from the root of the project. */
export type Load = <M>(file: string) => M;

export interface Mutable {
  /** Gives what imports the file: with the change that was made last, or as it is. */
  readonly load: Load;
  /**
   * Puts `to` in place of `from`, until the next change.
   * @throws if `from` is not there exactly once: then the source has changed, and the mutant with it
   */
  change(from: string, to: string): void;
}

type Exports = Record<string, unknown>;

const options = {
  module: { type: 'commonjs' },
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
} as const;

export const loadReal: Load = <M>(file: string): M => jest.requireActual(path.join(root, file)) as M;

/**
 * @param file from the root of the project
 * @param use loads all that it needs by `load`, once with the file as it is
 */
export async function mutable(file: string, use: (load: Load) => Promise<unknown>): Promise<Mutable> {
  const full = path.join(root, file);
  const source = fs.readFileSync(full, 'utf8');
  const evaluate = (text: string): Exports => {
    const made = { exports: {} };
    const relative = (name: string): unknown =>
      jest.requireActual(name.startsWith('.') ? path.resolve(path.dirname(full), name) : name);
    const { code } = transformSync(text, options);
    new Function('require', 'module', 'exports', '__dirname', code)(relative, made, made.exports, path.dirname(full));
    return made.exports;
  };
  let current: Exports = {};
  const loaded = new Map<string, unknown>();
  // Who imports it reads its exports at each use, so they may change behind these.
  jest.doMock(full, () => {
    current = evaluate(source);
    return Object.defineProperties(
      {},
      Object.fromEntries(
        Object.keys(current).map((name) => [name, { enumerable: true, get: () => current[name] }] as const),
      ),
    );
  });
  const load: Load = <M>(name: string): M => {
    if (!loaded.has(name)) loaded.set(name, `${name}.ts` === file ? jest.requireMock(full) : loadReal(name));
    return loaded.get(name) as M;
  };
  try {
    await jest.isolateModulesAsync(async () => void (await use(load)));
  } finally {
    jest.dontMock(full);
  }
  return {
    load,
    change: (from, to) => {
      const times = source.split(from).length - 1;
      if (times !== 1) throw new Error(`\`from\` must be in ${file} once, got: ${times} times. ${from}`);
      current = evaluate(source.replace(from, () => to));
    },
  };
}
