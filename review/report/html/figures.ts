import { code, html, link, type Markup, tableOf } from '../../../report/html';
import { cellsOf, headsOf, numericOf } from '../../../report/layout';
import type { MonthlyCost } from '../../cost/monthlyCost';
import type { PriceRow } from '../../cost/prices';
import { amount, basis, trafficWords, unpricedReason, unpricedUseGroups } from '../../cost/wording';
import type { ReviewedVariant } from '../../review';
import { figuresColumns, figuresKey } from '../columns';
import { unpricedGroups } from '../findings';
import { uptimeColumns, uptimeSentences } from '../uptime';
import { resourceList } from './resources';

/** Uptime and money of all variants side by side, then the arithmetic of each. */
export function figures(variants: readonly ReviewedVariant[]): Markup {
  const columns = figuresColumns(variants);
  return html`<section id="figures"><h2>Availability and cost, with their arithmetic</h2><p>An uptime figure is a promise of credit, not a measurement. None of these holds: ${variants[0]?.availability.leavesOut.join('; ') ?? ''}.</p>${tableOf(
    'Uptime and list price',
    headsOf(columns),
    variants.map((variant) => cellsOf(columns, variant)),
    { stack: true, numeric: numericOf(columns) },
  )}<p class="key">${figuresKey(variants)}</p>${uptimeTable(variants)}<h3>Arithmetic of each</h3>${variants.map(
    (variant) =>
      html`<details><summary>${variant.name}</summary>${promises(variant)}${priceTable(variant.monthlyCost)}${useTable(variant.monthlyCost)}${unpricedList(variant)}</details>`,
  )}</section>`;
}

function uptimeTable(variants: readonly ReviewedVariant[]): Markup {
  const columns = uptimeColumns(variants);
  return html`<h3>Uptime, taken apart</h3>${tableOf(
    'Uptime of app and entry, and what each design survives',
    headsOf(columns),
    variants.map((variant) => cellsOf(columns, variant)),
    { stack: true },
  )}${uptimeSentences(variants).map((sentence) => html`<p>${sentence}</p>`)}`;
}

function promises({ availability }: ReviewedVariant): Markup {
  if (availability.cannotTell !== null) return html`<h3>Availability</h3><p>Unknown: ${availability.cannotTell}</p>`;
  return html`<h3>Availability</h3><pre>${availability.arithmetic.join('\n')}</pre>${tableOf(
    `Published figures as of ${availability.asOf}`,
    ['part', 'uptime', 'low end', 'in series', 'how sure', 'source'],
    availability.factors.map((factor) => [
      factor.name,
      `${factor.percent}%`,
      `${factor.lowPercent}%`,
      `× ${factor.count}`,
      html`<span class="tag ${factor.verified ? 'met' : 'unsure'}">${factor.verified ? 'printed by Microsoft' : 'not verified'}</span> ${factor.confidence}`,
      link(factor.source),
    ]),
    { stack: true },
  )}`;
}

function priceTable(cost: MonthlyCost): Markup {
  if (cost.lines.length === 0) return html`<h3>Cost a month</h3><p>Nothing has a price here.</p>`;
  return html`<h3>Cost a month</h3>${tableOf(
    `List prices in ${cost.currency} ${basis([cost])}: ${amount(cost.atFloor, cost)} at the floor, ${amount(cost.atMaximum, cost)} at the maximum`,
    ['resource', 'what', 'price', 'units', 'at floor', 'at maximum', 'seen', 'from'],
    cost.lines.map((line) => [
      code(line.resource),
      line.what,
      `${line.unitPrice} per ${line.unit.replace(/^1[ /]/, '').toLowerCase()}`,
      line.units.floor === line.units.maximum ? `${line.units.floor}` : `${line.units.floor} to ${line.units.maximum}`,
      line.atFloor.toFixed(2),
      line.atMaximum.toFixed(2),
      line.seen,
      html`${readIn(line)}${line.from === null || line.note === null ? null : `, ${line.note}`}`,
    ]),
    { stack: true, numeric: [2, 3, 4, 5] },
  )}`;
}

/** What use costs, line by line, and which use is in no sum. */
function useTable({ byUse, currency }: MonthlyCost): Markup {
  const { lines, perMonth } = byUse;
  const groups = unpricedUseGroups([{ byUse }]);
  return html`<h3>Use a month</h3><p>With ${trafficWords(byUse)}.</p>${
    lines.length > 0
      ? tableOf(
          `What use costs a month in ${currency}: ${perMonth?.toFixed(2)}`,
          ['resource', 'what', 'how much', 'a month', 'seen', 'from'],
          lines.map((line) => [
            code(line.resource),
            line.what,
            `${line.quantity.toLocaleString('en-US')} ${line.unit}, ${line.basis}`,
            line.perMonth.toFixed(2),
            line.seen,
            readIn(line),
          ]),
          { stack: true, numeric: [3] },
        )
      : null
  }${
    groups.length > 0
      ? html`<p><b>Use that is in no sum:</b></p><ul>${groups.map(
          ({ what, usage, reason, resources }) =>
            html`<li>${what} (${code(usage)}), ${reason}: ${resourceList(resources)}</li>`,
        )}</ul>`
      : null
  }`;
}

/** How sure a price is, and where it was read. */
const readIn = ({ confidence, from }: Pick<PriceRow, 'confidence'> & { readonly from: string | null }) =>
  from === null ? confidence : html`${confidence}: ${link(from)}`;

function unpricedList(variant: ReviewedVariant): Markup | null {
  const groups = unpricedGroups([variant]);
  if (groups.length === 0) return null;
  return html`<p><b>Without a price, and in no sum:</b></p><ul>${groups.map(
    ({ resources, ...why }) => html`<li>${unpricedReason(why)}: ${resourceList(resources)}</li>`,
  )}</ul>`;
}
