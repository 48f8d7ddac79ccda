import { checkRequest, type SynthesizeOptions } from './request';
import { Synthesis, type Synthesized } from './synthesis';

/**
 * Writes Terraform for the variants asked for, to be read and not deployed: the app's package is not part of it.
 *
 * Everything is checked and made in a temporary folder first: a refused input leaves the output folder as it was. Without
 * words, folders of variants that are no longer declared are removed; with words, the other folders are left alone.
 *
 * @throws InputError for a setting, a variant, a choice, a name or an output folder that cannot be used
 */
export function synthesize(options: SynthesizeOptions): Synthesized[] {
  const synthesis = new Synthesis(checkRequest(options));
  try {
    return synthesis.write();
  } finally {
    synthesis.discard();
  }
}
