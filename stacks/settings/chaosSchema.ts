/** Setting `chaos`: experiments of Azure Chaos Studio beside what they break. */

import { z } from 'zod';
import { hasExperiments, regionsOfExperiments } from './chaosRegions';

const minutes = { error: 'a whole number of minutes from 1 to 720' };

export const chaosSchema = z.strictObject({
  /** Region that keeps the experiments. Left out: the first region of the deployment that Chaos Studio offers for them. */
  location: z
    .string()
    .refine(hasExperiments, {
      error: `a region in which Chaos Studio offers experiments (${regionsOfExperiments.join(', ')})`,
    })
    .optional(),
  /**
   * How long a fault lasts, 1 to 720. Left out: 10.
   * @see https://learn.microsoft.com/azure/chaos-studio/chaos-studio-service-limits
   */
  minutes: z.int(minutes).min(1, minutes).max(720, minutes).optional(),
});
