import { TerraformLocal, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/** Values of the locals that are declared here. */
const values = new WeakMap<TerraformLocal, string>();

/**
 * Declares a local value once for a stack, however many ask for it: a precondition has to refer to something declared.
 *
 * @param id its name; one of another value gets a number behind it
 * @returns the reference, as in `local.host`
 */
export function stackLocal(scope: Construct, id: string, value: unknown): string {
  const stack = TerraformStack.of(scope);
  const text = JSON.stringify(value);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? id : `${id}_${number}`;
    const there = stack.node.tryFindChild(name);
    if (there === undefined) {
      const made = new TerraformLocal(stack, name, value);
      values.set(made, text);
      return `local.${made.friendlyUniqueId}`;
    }
    if (there instanceof TerraformLocal && values.get(there) === text) return `local.${there.friendlyUniqueId}`;
  }
}
