/** Variants by faults: how many carts each pair cost. */

import type { Markup } from '../../../report/html';
import { countedCell, type LossCell, lossMatrix } from '../../../report/lossMatrix';
import { faultsIn } from '../notes';
import { type DrillRun, isCompleted } from '../result';
import { anchorOf } from './text';

export function drawMatrix(runs: readonly DrillRun[]): Markup {
  const shoppers = runs.find(isCompleted)?.shoppers ?? 0;
  return lossMatrix(
    `Carts lost of ${shoppers}, by variant and failure. Each figure leads to its run.`,
    [...new Set(runs.map(({ variant }) => variant))],
    faultsIn(runs.map(({ fault }) => fault)),
    (variant, fault) => cellOf(runs.find((each) => each.variant === variant && each.fault === fault)),
  );
}

function cellOf(run: DrillRun | undefined): LossCell {
  if (run === undefined) return { figure: 'not run', remarks: [], risk: null };
  if ('notAssessed' in run)
    return { figure: '?', remarks: ['not assessed'], risk: 'unknown', surprise: true, leadsTo: anchorOf(run) };
  if (!isCompleted(run)) return { figure: 'cannot apply', remarks: [], risk: null, title: run.notApplicable };
  return { ...countedCell(run), leadsTo: anchorOf(run) };
}
