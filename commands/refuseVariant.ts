import { type InputError, refuse } from '../inputError';
import { variants } from '../main';

/** Of words that name no variant, or not the one that is wanted. */
export const refuseVariant = (given: string | undefined, fix: string): InputError =>
  refuse('variant', `one of ${Object.keys(variants).join(', ')}`, given, fix);
