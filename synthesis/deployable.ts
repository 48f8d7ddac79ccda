import { entryKind } from '../stacks/entry/entries';
import type { Request } from './request';

/**
 * Refuses what synthesizes and could not be applied. A synth that is only read (review, compare, drill) takes it.
 *
 * @throws InputError with the variant, the value given and what to set instead
 */
export function checkDeployable({ asked }: Request): void {
  for (const { label, variant, settings } of asked) entryKind(variant.entry).checkDeployable?.(label, settings);
}
