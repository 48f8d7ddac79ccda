/** Variants by failures, in carts lost: the one table that review and drill share. */

import { breakable, html, type Markup, type Part, tableOf } from './html';
import { type Risk, riskOf, riskWords } from './risk';

export interface LossCell {
  /** Carts lost, or why there is no such figure. */
  readonly figure: string;
  /** What else to know, a few words each. */
  readonly remarks: readonly string[];
  /** null: the failure cannot strike the variant, or it was not run. */
  readonly risk: Risk | null;
  /** Whether it went otherwise than predicted, or could not be completed. */
  readonly surprise?: boolean;
  /** Anchor of what it leads to. Default: - it leads nowhere. */
  readonly leadsTo?: string;
  /** Shown where the cell is pointed at. Default: - nothing. */
  readonly title?: string;
}

/** What a drill counted of one variant under one failure. */
export interface Counted {
  readonly cartsLost: number;
  readonly shoppers: number;
  readonly writesLost: number;
  readonly cartsResurrected: number;
  readonly met: boolean;
}

export function countedCell({ cartsLost, shoppers, writesLost, cartsResurrected, met }: Counted): LossCell {
  return {
    figure: `${cartsLost}`,
    remarks: [
      ...(writesLost === 0 ? [] : [`+${writesLost} ${writesLost === 1 ? 'add' : 'adds'}`]),
      ...(cartsResurrected === 0 ? [] : [`${cartsResurrected} back`]),
      ...(met ? [] : ['✗ surprise']),
    ],
    risk: riskOf(shoppers > 0 ? cartsLost / shoppers : null, writesLost > 0),
    surprise: !met,
  };
}

/** @param cell of a variant under a failure, both as they are named */
export function lossMatrix(
  caption: string,
  variants: readonly string[],
  faults: readonly string[],
  cell: (variant: string, fault: string) => LossCell,
): Markup {
  return html`${lossTable(caption, variants, faults, cell)}${legend()}`;
}

/** The table of `lossMatrix` alone, where several share a legend. */
export function lossTable(
  caption: string,
  variants: readonly string[],
  faults: readonly string[],
  cell: (variant: string, fault: string) => LossCell,
): Markup {
  return tableOf(
    caption,
    ['variant', ...faults.map(brokenAtHyphens)],
    variants.map((variant) => [breakable(variant), ...faults.map((fault) => drawCell(cell(variant, fault)))]),
    { kind: 'matrix' },
  );
}

/** What the colours of losses mean. */
export const legend = (): Markup =>
  html`<ul class="legend" aria-label="What the colours mean">${riskWords.map(([risk, words]) => html`<li class="${risk}">${words}</li>`)}</ul>`;

const brokenAtHyphens = (name: string): Part =>
  html`${name.split('-').map((word, index) => (index === 0 ? html`${word}` : html`-<wbr>${word}`))}`;

function drawCell({ figure, remarks, risk, surprise = false, leadsTo, title }: LossCell): Markup {
  const kind = `${risk ?? 'na'}${surprise ? ' surprise' : ''}`;
  const words = html`${figure}${remarks.map((remark) => html`<small>${remark}</small>`)}`;
  if (leadsTo !== undefined) return html`<a class="${kind}" href="#${leadsTo}">${words}</a>`;
  return title === undefined
    ? html`<span class="${kind}">${words}</span>`
    : html`<span class="${kind}" title="${title}">${words}</span>`;
}
