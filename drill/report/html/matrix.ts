/** Variants by faults: how many carts each pair cost. */

import { breakable, html, type Markup, tableOf } from '../../../report/html';
import { riskOf, riskWords } from '../../../report/risk';
import { faultsIn } from '../notes';
import { type DrillRun, isCompleted } from '../result';
import { anchorOf } from './text';

export function drawMatrix(runs: readonly DrillRun[]): Markup {
  const faults = faultsIn(runs.map(({ fault }) => fault));
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  const rows = variants.map((variant) => [
    breakable(variant),
    ...faults.map((fault) => {
      const run = runs.find((each) => each.variant === variant && each.fault === fault);
      return run ? drawCell(run) : html`<span class="na">not run</span>`;
    }),
  ]);
  const shoppers = runs.find(isCompleted)?.shoppers ?? 0;
  return html`${tableOf(
    `Carts lost of ${shoppers}, by variant and failure. Each figure leads to its run.`,
    [
      'variant',
      ...faults.map(
        (fault) => html`${fault.split('-').map((word, index) => (index === 0 ? html`${word}` : html`-<wbr>${word}`))}`,
      ),
    ],
    rows,
    { kind: 'matrix' },
  )}<ul class="legend" aria-label="What the colours mean">${riskWords.map(([risk, words]) => html`<li class="${risk}">${words}</li>`)}</ul>`;
}

function drawCell(run: DrillRun): Markup {
  if ('notAssessed' in run)
    return html`<a class="unknown surprise" href="#${anchorOf(run)}">?<small>not assessed</small></a>`;
  if (!isCompleted(run)) return html`<span class="na" title="${run.notApplicable}">cannot apply</span>`;
  const { cartsLost, shoppers, writesLost, cartsResurrected, met } = run;
  const remarks = [
    ...(writesLost === 0 ? [] : [`+${writesLost} adds`]),
    ...(cartsResurrected === 0 ? [] : [`${cartsResurrected} back`]),
    ...(met ? [] : ['✗ surprise']),
  ];
  const risk = riskOf(shoppers > 0 ? cartsLost / shoppers : null, writesLost > 0);
  return html`<a class="${risk}${met ? '' : ' surprise'}" href="#${anchorOf(run)}">${cartsLost}${remarks.map((remark) => html`<small>${remark}</small>`)}</a>`;
}
