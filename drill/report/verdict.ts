/** What a run means, in words that need no knowledge of the drill. */

import { type DrillRun, isCompleted } from '../result';

export interface WordedVerdict {
  readonly sentence: string;
  /** Why that was to be expected; null where the sentence says it. */
  readonly reason: string | null;
}

/** The first line of a report. Nothing assessed is never a good verdict. */
export function overall(runs: readonly DrillRun[]): string {
  const done = runs.filter(isCompleted);
  const notDone = runs.length - done.length;
  const rest = notDone === 0 ? '' : ` ${notDone} of ${runs.length} could not be drilled.`;
  if (done.length === 0) return `Not assessed: none of ${counted(runs.length, 'run')} could be drilled.`;
  const unmet = done.filter(({ met }) => !met).length;
  if (unmet === 0)
    return `${counted(done.length, 'run')}: the shoppers who lost a cart are exactly those predicted.${rest}`;
  return `${unmet} of ${counted(done.length, 'run')} did not go as predicted: do not rely on the figures before you know why.${rest}`;
}

export function verdictOf(run: DrillRun): WordedVerdict {
  const subject = `${run.variant}, ${run.fault}:`;
  if (!isCompleted(run)) return { sentence: `${subject} not drilled: ${run.notApplicable}.`, reason: null };
  const { cartsLost, shoppers, expected, met } = run;
  const lost =
    cartsLost === 0
      ? `none of ${shoppers} shoppers lost a cart`
      : `${cartsLost} of ${shoppers} shoppers lost their cart${run.fault === 'none' ? ' although nothing broke' : ''}`;
  const back = run.cartsResurrected === 0 ? '' : ` (${run.cartsResurrected} saw it again at the next look)`;
  const writes =
    run.writesLost === 0 ? '' : `, and ${counted(run.writesLost, 'acknowledged add')} vanished from other carts`;
  const judgement = met
    ? 'exactly as expected'
    : expected.cartsLost === cartsLost
      ? `NOT as expected: the number fits, the shoppers do not`
      : `NOT as expected: ${expected.cartsLost} should have`;
  return { sentence: `${subject} ${lost}${back}${writes}, ${judgement}.`, reason: expected.source };
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
