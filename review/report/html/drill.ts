import { html, type Markup, type Part, tableOf } from '../../../report/html';
import { riskOf } from '../../../report/risk';
import type { DrillResult } from '../../measured';
import { legend } from './tags';

/** What the drill counted: a row per variant, a column per fault. Those that are not reviewed say so. */
export function drillSection({ runs, seed }: DrillResult, reviewed: ReadonlySet<string>): Markup {
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  const faults = [...new Set(runs.map(({ fault }) => fault))];
  const cell = (variant: string, fault: string): Part => {
    const one = runs.find((candidate) => candidate.variant === variant && candidate.fault === fault);
    if (!one) return html`<span class="soft">not run</span>`;
    if (one.notApplicable !== undefined)
      return html`<span class="soft" title="${one.notApplicable}">not applicable</span>`;
    if (one.notAssessed !== undefined)
      return html`<span class="tag unknown">not assessed</span><small>${one.notAssessed}</small>`;
    const lost = one.cartsLost ?? 0;
    const more = one.writesLost ?? 0;
    const risk = riskOf(one.shoppers ? lost / one.shoppers : null, more > 0);
    return html`<span class="tag ${risk}">${lost} of ${one.shoppers ?? '?'}</span>${
      one.met === false ? html`<small><b>not as predicted</b></small>` : null
    }<small>${one.requestsFailed ?? 0} of ${one.requests ?? '?'} requests failed, ${more} writes lost</small>`;
  };
  const stranger = variants.some((name) => !reviewed.has(name));
  return html`<section id="drill"><h2>What the drill counted</h2><p>Carts lost of all shoppers, counted one by one on one machine${seed === undefined ? '' : `, seed ${seed}`}.${stranger ? ' Variants with * were drilled and are not reviewed here.' : ''}</p>${legend()}${tableOf(
    'Carts lost by variant and failure',
    ['variant', ...faults],
    variants.map((variant) => [
      reviewed.has(variant) ? variant : `${variant} *`,
      ...faults.map((fault) => cell(variant, fault)),
    ]),
    { stack: true },
  )}</section>`;
}
