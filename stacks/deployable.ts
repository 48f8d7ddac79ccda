import { refuse } from '../inputError';
import type { Request } from './request';

/**
 * Refuses what synthesizes and could not be applied. A synth that is only read (review, compare, drill) takes it.
 *
 * A certificate in a vault of yours cannot work on the first apply: the identity that is to read it is made by that apply, and
 * inside the network the vault's public name leads to a private zone that does not have it.
 *
 * @throws InputError with the variant, the value given and what to set instead
 */
export function checkDeployable({ asked, settings }: Request): void {
  const { certificate } = settings;
  if (typeof certificate === 'string') return;
  for (const { label, variant } of asked)
    if (variant.entry === 'application-gateway')
      throw refuse(
        'certificate',
        `'self-signed' or 'self-signed-in-production' behind a gateway (${label})`,
        certificate,
        "A certificate in a vault of your own is not supported yet: the gateway's identity, which reads it, is made by the same apply. Change it in settings.ts, or choose a variant without a gateway.",
      );
}
