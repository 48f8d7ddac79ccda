import { buildAppPackage } from './appPackage';
import { checkDeployable } from './deployable';
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
  const building = buildAppPackage();
  // It is awaited below, unless something else fails first.
  building.catch(() => undefined);
  const { Synthesis } = await import('./synthesis');
  const synthesis = new Synthesis(request);
  try {
    return synthesis.write(await building);
  } finally {
    synthesis.discard();
  }
}
