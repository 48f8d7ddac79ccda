import { type DetailedRun, drillOne } from '../../../drill/drill';
import type { FaultName } from '../../../drill/faults';
import { architecture, type Choices } from './architectures';
import { shop } from './shop';
import { together } from './together';

/** Timers in tests run faster than in a drill; what they decide is the same. */
export const timeScale = 300;

/** Even halves and thirds, and some of each "one in so many" of the crowd. */
export const shoppers = 12;

export interface Rehearsal {
  readonly choices?: Choices;
  readonly fault: FaultName;
  readonly seed?: number;
  /** Slower where shoppers must have the time to meet what is over soon. */
  readonly timeScale?: number;
}

/** Drills one deployment under one fault. @throws if it is not applicable */
export async function rehearse({ choices = {}, fault, ...options }: Rehearsal): Promise<DetailedRun> {
  const settings = { seed: 7, shoppers, timeScale, ...options, ...(await shop()) };
  const outcome = await drillOne(architecture(choices), fault, settings);
  if (!('run' in outcome)) throw new Error(`expected a run, got: ${outcome.notApplicable}`);
  return outcome;
}

/** See `together`. */
export const rehearsals = <Name extends string>(planned: Readonly<Record<Name, Rehearsal>>) =>
  together(
    Object.fromEntries(
      Object.entries<Rehearsal>(planned).map(([name, rehearsal]) => [name, () => rehearse(rehearsal)]),
    ) as Record<Name, () => Promise<DetailedRun>>,
  );

export const lostIn = ({ shoppers: all }: DetailedRun): number[] => all.filter(({ lost }) => lost).map(({ id }) => id);

/** Shoppers whose cart lived in a process that the fault ended. */
export const homesDestroyed = ({ shoppers: all, destroyed }: DetailedRun): number[] =>
  all.filter(({ homeProcess }) => homeProcess !== null && destroyed.includes(homeProcess)).map(({ id }) => id);
