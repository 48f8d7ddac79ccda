import { html, type Markup } from '../../../report/html';
import { countedCell, type LossCell, lossMatrix } from '../../../report/lossMatrix';
import type { DrillResult } from '../../measured';

/** What the drill counted: a row per variant, a column per fault. Those that are not reviewed say so. */
export function drillSection({ runs, seed }: DrillResult, reviewed: ReadonlySet<string>): Markup {
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  const faults = [...new Set(runs.map(({ fault }) => fault))];
  const shoppers = Math.max(0, ...runs.map((run) => run.shoppers ?? 0));
  const names = new Map(variants.map((name) => [reviewed.has(name) ? name : `${name} *`, name]));
  const stranger = variants.some((name) => !reviewed.has(name));
  return html`<section id="drill"><h2>What the drill counted</h2><p>Carts lost, counted one by one on one machine${seed === undefined ? '' : `, seed ${seed}`}.${stranger ? ' Variants with * were drilled and are not reviewed here.' : ''}</p>${lossMatrix(
    `Carts lost of ${shoppers}, by variant and failure`,
    [...names.keys()],
    faults,
    (shown, fault) => cellOf(runs.find((run) => run.variant === names.get(shown) && run.fault === fault)),
  )}</section>`;
}

function cellOf(run: DrillResult['runs'][number] | undefined): LossCell {
  if (run === undefined) return { figure: 'not run', remarks: [], risk: null };
  if (run.notApplicable !== undefined)
    return { figure: 'cannot apply', remarks: [], risk: null, title: run.notApplicable };
  if (run.notAssessed !== undefined)
    return { figure: '?', remarks: ['not assessed', run.notAssessed], risk: 'unknown', surprise: true };
  const cell = countedCell({
    ...{ cartsLost: run.cartsLost ?? 0, shoppers: run.shoppers ?? 0, met: run.met !== false },
    ...{ writesLost: run.writesLost ?? 0, cartsResurrected: run.cartsResurrected ?? 0 },
  });
  const failed = run.requestsFailed ?? 0;
  return failed === 0 ? cell : { ...cell, remarks: [...cell.remarks, `${failed} failed`] };
}
