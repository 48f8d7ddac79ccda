/** `npm run drill -- --collect RESULT [fault]`: reads what a load test brought back, and judges it as any other drill. */

import { isFaultName } from '../drill/faults';
import type { DrillReport } from '../drill/report/result';
import { collect } from '../drill/scale/collected';
import { judgeCollected } from '../drill/scale/judged';
import { readResult } from '../drill/scale/results';
import { InputError } from '../inputError';
import { variants } from '../main';
import { drilledDeployments, isDrilledPath, type Stated } from './drillDeployments';

/**
 * @param words the fault that people caused; none: nobody says what broke
 * @throws InputError for a result that is not of this drill, and for a variant that is not known here
 */
export async function collectResult(place: string, words: readonly string[], stated: Stated): Promise<DrillReport> {
  const [fault, ...others] = words;
  if (others.length > 0 || (fault !== undefined && !isFaultName(fault)))
    throw new InputError(
      `--collect takes one fault at most, the one that people caused, got: ${words.join(' ')}. The result says which variant it is of.`,
    );
  const collected = collect(place, readResult(place));
  if (fault === undefined || !isFaultName(fault)) return judgeCollected(collected, null);
  const { variant } = collected.plan;
  if (!isDrilledPath(variant) && !Object.hasOwn(variants, variant.split(/[,@]/)[0] ?? ''))
    throw new InputError(
      `${place} is of ${variant}, which is not known here, so what ${fault} must cost is unknown. Collect it without the fault, or where the variant is declared.`,
    );
  const { deployments } = await drilledDeployments([variant], stated);
  const [deployment] = deployments;
  if (!deployment) throw new Error(`\`${variant}\` must be one deployment, got: none.`);
  return judgeCollected(collected, { fault, deployment });
}
