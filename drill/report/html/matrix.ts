/** Variants by faults: how many carts each pair cost. */

import { escaped } from '../../../report/html';
import { faultsIn } from '../notes';
import { type DrillRun, isCompleted } from '../result';
import { anchorOf } from './text';

export function drawMatrix(runs: readonly DrillRun[]): string {
  const faults = faultsIn(runs.map(({ fault }) => fault));
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  const rows = variants.map((variant) => {
    const cells = faults.map((fault) => {
      const run = runs.find((each) => each.variant === variant && each.fault === fault);
      return run ? drawCell(run) : '<td></td>';
    });
    return `<tr><th scope="row">${escaped(variant)}</th>${cells.join('')}</tr>`;
  });
  const heads = faults.map((fault) => `<th scope="col">${escaped(fault).replace('-', '-<wbr>')}</th>`);
  return `<div class="scroll" tabindex="0" role="region" aria-label="Carts lost, variants by faults"><table>
<caption>Carts lost of ${runs.find(isCompleted)?.shoppers ?? 0}, by variant and fault. Each cell leads to its run.</caption>
<thead><tr><td class="na"></td>${heads.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>
<ul class="legend"><li class="none">none lost</li><li class="some">under half, or single adds</li><li class="much">half or more</li><li class="na">– cannot apply</li></ul>`;
}

function drawCell(run: DrillRun): string {
  if ('notAssessed' in run)
    return `<td class="surprise"><a href="#${anchorOf(run)}">?<small>not assessed</small></a></td>`;
  if (!isCompleted(run)) return `<td class="na" title="${escaped(run.notApplicable)}"><span>–</span></td>`;
  const { cartsLost, shoppers, writesLost, cartsResurrected, met } = run;
  const kind = cartsLost * 2 >= shoppers ? 'much' : cartsLost + writesLost > 0 ? 'some' : 'none';
  const more = [
    writesLost === 0 ? '' : `<small>+${writesLost} adds</small>`,
    cartsResurrected === 0 ? '' : `<small>${cartsResurrected} back</small>`,
    met ? '' : '<small>✗ surprise</small>',
  ].join('');
  return `<td class="${kind}${met ? '' : ' surprise'}"><a href="#${anchorOf(run)}">${cartsLost}${more}</a></td>`;
}
