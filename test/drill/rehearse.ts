import { type DetailedRun, drillOne } from '../../drill/drill';
import type { FaultName } from '../../drill/faults';
import { architecture, type Choices } from './architectures';

/** Timers in tests run faster than in a drill; what they decide is the same. */
export const timeScale = 300;

/** Drills one deployment under one fault. @throws if it is not applicable */
export async function rehearse(
  choices: Choices,
  fault: FaultName,
  {
    appFile,
    seed = 7,
    shoppers = 18,
  }: { readonly appFile: string; readonly seed?: number; readonly shoppers?: number },
): Promise<DetailedRun> {
  const outcome = await drillOne(architecture(choices), fault, { seed, shoppers, timeScale, appFile });
  if (!('run' in outcome)) throw new Error(`expected a run, got: ${outcome.notApplicable}`);
  return outcome;
}

export const lostIn = ({ shoppers }: DetailedRun): number[] => shoppers.filter(({ lost }) => lost).map(({ id }) => id);

/** Shoppers whose cart lived in a process that the fault ended. */
export const homesDestroyed = ({ shoppers, destroyed }: DetailedRun): number[] =>
  shoppers.filter(({ homeProcess }) => homeProcess !== null && destroyed.includes(homeProcess)).map(({ id }) => id);
