import { checkDeployable } from './deployable';
import { Packages } from './packages';
import { checkRequest, type SynthesizeOptions } from './request';
import type { Synthesized } from './synthesis';

/**
 * Writes Terraform for the variants asked for, with the app's package beside it, as it is deployed.
 *
 * A request that is refused builds no package. Another process builds it, which takes about as long as CDKTF takes to load
 * and to make the constructs meanwhile; only a name that Azure would refuse is found after that.
 *
 * @throws InputError as `synthesize`, and for what could be read but not applied
 */
export async function synthesizeWithApp(options: SynthesizeOptions): Promise<Synthesized[]> {
  const request = checkRequest(options);
  checkDeployable(request);
  const packages = new Packages(request.asked.map(({ settings }) => settings));
  const { Synthesis } = await import('./synthesis');
  const synthesis = new Synthesis(request);
  try {
    return synthesis.write(await packages.all());
  } finally {
    synthesis.discard();
  }
}
