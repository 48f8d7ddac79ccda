/** Variants by faults: how many carts each pair cost. */

import { html, type Markup } from '../../../report/html';
import { countedCell, type LossCell, legend, lossTable } from '../../../report/lossMatrix';
import { faultGroups } from '../notes';
import { type DrillRun, isCompleted } from '../result';
import { people, recovery } from '../verdict';
import { anchorOf } from './text';

export function drawMatrix(runs: readonly DrillRun[]): Markup {
  const shoppers = runs.find(isCompleted)?.shoppers ?? 0;
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  const tables = faultGroups(runs.map(({ fault }) => fault)).map(({ isGrey, names }) =>
    lossTable(
      `Carts lost of ${shoppers}, by variant and ${isGrey ? 'grey failure' : 'failure'}. Each figure leads to its run.`,
      variants,
      names,
      (variant, fault) => cellOf(runs.find((each) => each.variant === variant && each.fault === fault)),
    ),
  );
  return html`${tables}${legend()}`;
}

function cellOf(run: DrillRun | undefined): LossCell {
  if (run === undefined) return { figure: 'not run', remarks: [], risk: null };
  if ('notAssessed' in run)
    return { figure: '?', remarks: ['not assessed'], risk: 'unknown', surprise: true, leadsTo: anchorOf(run) };
  if (!isCompleted(run)) return { figure: 'cannot apply', remarks: [], risk: null, title: run.notApplicable };
  const cell = countedCell(run);
  const remarks = recovery(run) === people ? [...cell.remarks, 'until people act'] : cell.remarks;
  return { ...cell, remarks, leadsTo: anchorOf(run) };
}
