/**
 * What must have become of each sign-in that was half-way when the fault struck. Its state lives where the sessions live,
 * or, where the app settings say so, in the memory of the process that began it: then the visitor has to come back to that
 * process, whatever keeps the sessions.
 */

import { sessionStore } from '../../sessions/stores';
import type { SignIn } from './evidence';
import type { Places } from './places';
import { hasOneSecret, type Promises, returnsHome, staysInRegion, staysOnInstance } from './promises';

export interface JudgedSignIns {
  readonly begun: number;
  /** The shop did not know them any more. */
  readonly lost: number;
  readonly expectedLost: number;
  /** What differed from the prediction, in words. */
  readonly surprises: readonly string[];
}

/** @param destroyed keys of the processes that the fault ended */
export function judgeSignIns(
  promises: Promises,
  places: Places,
  destroyed: ReadonlySet<string>,
  signIns: readonly SignIn[],
): JudgedSignIns {
  const inProcess = promises.signInsInProcess || sessionStore(promises.sessions).keptIn === 'process';
  const mustBeKnown = ({ near, begunBy, endedBy }: SignIn): boolean => {
    if (inProcess) {
      const returns = staysInRegion(promises, near) && staysOnInstance(promises);
      return !destroyed.has(begunBy) && (returns || begunBy === endedBy);
    }
    const home = places.of(begunBy, 'before');
    return places.damage.reachable(home) && (returnsHome(promises, near) || home === places.of(endedBy, 'after'));
  };
  // Each page on the way may have met another region, which cannot read the cookie and seals a new one.
  const isLeftToChance = ({ near }: SignIn): boolean => !hasOneSecret(promises) && !staysInRegion(promises, near);
  const surprises = signIns.flatMap((signIn) =>
    isLeftToChance(signIn) || mustBeKnown(signIn) === signIn.known
      ? []
      : [`visitor ${signIn.visitor}: the sign-in ${signIn.known ? 'was known and must not be' : 'was not known'}`],
  );
  return {
    begun: signIns.length,
    lost: signIns.filter(({ known }) => !known).length,
    expectedLost: signIns.filter((signIn) => !mustBeKnown(signIn)).length,
    surprises,
  };
}
