import { isUnknown } from '../../../architecture/known';
import { grouping } from '../../../report/grouping';
import { html, link, type Markup, prose, tableOf } from '../../../report/html';
import { type Column, cellsOf, headsOf } from '../../../report/layout';
import type { MonthlyCost } from '../../cost/monthlyCost';
import { amount, basis, trafficWords, unpricedText } from '../../cost/wording';
import type { ReviewedVariant } from '../../review';
import type { StateEntry } from '../../state/entry';
import { affinityKey, comparisonColumns, figuresColumns, figuresKey, findingsColumn } from '../columns';
import { accepted, openDoubts, openFindings } from '../findings';
import { serviceColumns, serviceRows, servicesTitle } from '../services';
import { inVariants, kindWord, sharedEntries } from '../state';
import { uptimeColumns, uptimeSentences } from '../uptime';

/** Carts in a process end with it, which is the risk. What keeps a connection or a cookie, or a Redis, is none by itself. */
const kindClass = ({ kind, component }: StateEntry) => {
  if (isUnknown(kind)) return 'unknown';
  return kind === 'stateful' && component === 'the app' ? 'much' : '';
};

const numericOf = <Row>(columns: readonly Column<Row>[]) =>
  columns.flatMap(({ numeric }, index) => (numeric ? [index] : []));

export function comparison(variants: readonly ReviewedVariant[]): Markup {
  const facts = comparisonColumns.filter((column) => column !== findingsColumn);
  return html`<section id="comparison"><h2>How they are built</h2>${tableOf(
    'Variants side by side',
    headsOf(facts),
    variants.map((variant) => cellsOf(facts, variant)),
    { stack: true, numeric: numericOf(facts), kind: 'comparison' },
  )}<p class="key">${affinityKey}.</p>${services(variants)}</section>`;
}

function services(variants: readonly ReviewedVariant[]): Markup | null {
  const rows = serviceRows(variants);
  if (rows.length === 0) return null;
  const columns = serviceColumns(variants);
  return html`<h3>${servicesTitle}</h3>${tableOf(
    servicesTitle,
    headsOf(columns),
    rows.map((row) => cellsOf(columns, row)),
    { stack: true },
  )}`;
}

/** What each component keeps, and in which variants: as long with forty variants as with two. */
export function stateSection(variants: readonly ReviewedVariant[]): Markup {
  const entries = sharedEntries(variants);
  const words = entries.filter(({ entry }) => entry.kind !== 'stateless');
  const stateless = grouping(
    entries.filter(({ entry }) => entry.kind === 'stateless'),
    ({ entry }) => entry.component,
  );
  return html`<section id="state"><h2>Where state about a client lives</h2><div class="cards state">${words.map(
    ({ entry, variants: names }) =>
      html`<article class="card"><h3>${entry.component} <span class="tag ${kindClass(entry)}">${kindWord(entry)}</span></h3><p class="key">${inVariants(names, variants)}</p>${
        isUnknown(entry.kind)
          ? html`<p>${entry.kind.unknown}</p>`
          : html`<dl><dt>keeps</dt><dd>${entry.keeps}</dd><dt>where</dt><dd>${entry.where}</dd><dt>how long</dt><dd>${entry.howLong}</dd><dt>lost with</dt><dd>${entry.lostWith}</dd><dt>source</dt><dd>${link(entry.source)}</dd></dl>`
      }</article>`,
  )}</div>${
    stateless.length > 0
      ? html`<h3>Stateless</h3><p>These take each request by itself and have nothing to lose.</p>${tableOf(
          'Stateless components, and the variants in which they are',
          ['component', 'in'],
          stateless.map((same) => [
            same[0]?.entry.component ?? '',
            inVariants([...new Set(same.flatMap((one) => one.variants))], variants),
          ]),
          { stack: true },
        )}`
      : null
  }</section>`;
}

export function findings(variants: readonly ReviewedVariant[]): Markup {
  const blocks = openFindings(variants).map(
    ({ rule, title, why, severity, source, groups }) =>
      html`<article class="finding is-${severity}"><h3><span class="tag ${severity}">${severity}</span> ${prose(title)}</h3><p class="key"><code>${rule}</code> ${why} ${link(source)}</p>${groups.map(
        ({ message, fix, places }) =>
          html`<p>${prose(message)}</p><ul>${places.map(
            ({ variant, resources }) =>
              html`<li><b>${variant}</b> ${resources.map((resource) => html`<code>${resource}</code> `)}</li>`,
          )}</ul><p><b>Fix:</b> ${prose(fix)}</p>`,
      )}</article>`,
  );
  const doubts = openDoubts(variants).flatMap(({ variant, rules, reason }) =>
    rules.map((rule) => [variant, html`<code>${rule}</code>`, reason]),
  );
  const suppressed = accepted(variants).map(({ variant, rule, resource, found, reason }) => [
    ...[variant, html`<code>${rule}</code>`, html`<code>${resource}</code>`, found, reason],
  ]);
  return html`<section id="findings"><h2>What the rules find</h2>${blocks.length > 0 ? blocks : html`<p>Nothing that is not suppressed.</p>`}${
    doubts.length > 0
      ? html`<h3>Unknown</h3>${tableOf('What a rule could not judge', ['variant', 'rule', 'because'], doubts, { stack: true })}`
      : null
  }${suppressed.length > 0 ? html`<h3>Suppressed</h3>${tableOf('Findings that are accepted', ['variant', 'rule', 'at', 'finding', 'reason'], suppressed, { stack: true })}` : null}</section>`;
}

export function figures(variants: readonly ReviewedVariant[]): Markup {
  const columns = figuresColumns(variants);
  return html`<section id="figures"><h2>Availability and cost, with their arithmetic</h2><p>An uptime figure is a promise of credit, not a measurement. None of these holds: ${variants[0]?.availability.leavesOut.join('; ') ?? ''}.</p>${tableOf(
    'Uptime and list price',
    headsOf(columns),
    variants.map((variant) => cellsOf(columns, variant)),
    { stack: true, numeric: numericOf(columns) },
  )}<p class="key">${figuresKey(variants)}</p>${uptimeTable(variants)}${variants.map(
    ({ name, availability, monthlyCost }) =>
      html`<details><summary>${name}</summary><h3>Availability</h3>${
        availability.cannotTell !== null
          ? html`<p>Unknown: ${availability.cannotTell}</p>`
          : html`<pre>${availability.arithmetic.join('\n')}</pre>${tableOf(
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
            )}`
      }<h3>Cost a month</h3>${
        monthlyCost.lines.length === 0
          ? html`<p>Nothing has a price here.</p>`
          : tableOf(
              `List prices in ${monthlyCost.currency} ${basis([monthlyCost])}: ${amount(monthlyCost.atFloor, monthlyCost)} at the floor, ${amount(monthlyCost.atMaximum, monthlyCost)} at the maximum`,
              ['resource', 'what', 'price', 'units', 'at floor', 'at maximum', 'seen', 'from'],
              monthlyCost.lines.map((line) => [
                html`<code>${line.resource}</code>`,
                line.what,
                `${line.unitPrice} per ${line.unit.replace(/^1[ /]/, '').toLowerCase()}`,
                line.units.floor === line.units.maximum
                  ? `${line.units.floor}`
                  : `${line.units.floor} to ${line.units.maximum}`,
                line.atFloor.toFixed(2),
                line.atMaximum.toFixed(2),
                line.seen,
                line.from === null
                  ? line.confidence
                  : html`${line.confidence}: ${link(line.from)}${line.note === null ? null : `, ${line.note}`}`,
              ]),
              { stack: true, numeric: [2, 3, 4, 5] },
            )
      }${useTable(monthlyCost)}${
        monthlyCost.unpriced.length > 0
          ? html`<p><b>Without a price, and in no sum:</b></p><ul>${monthlyCost.unpriced.map((one) => html`<li><code>${unpricedText(one)}</code></li>`)}</ul>`
          : null
      }</details>`,
  )}</section>`;
}

/** What use costs, line by line, and which use is in no sum. */
function useTable({ byUse, currency }: MonthlyCost): Markup {
  const { lines, unpriced } = byUse;
  return html`<h3>Use a month</h3><p>With ${trafficWords(byUse)}.</p>${
    lines.length > 0
      ? tableOf(
          `What use costs a month in ${currency}: ${byUse.perMonth?.toFixed(2)}`,
          ['resource', 'what', 'how much', 'a month', 'seen', 'from'],
          lines.map((line) => [
            html`<code>${line.resource}</code>`,
            line.what,
            `${line.quantity.toLocaleString('en-US')} ${line.unit}, ${line.basis}`,
            line.perMonth.toFixed(2),
            line.seen,
            line.from === null ? line.confidence : html`${line.confidence}: ${link(line.from)}`,
          ]),
          { stack: true, numeric: [3] },
        )
      : null
  }${
    unpriced.length > 0
      ? html`<p><b>Use that is in no sum:</b></p><ul>${unpriced.map(({ resource, what, usage, reason }) => html`<li><code>${resource}</code> ${what} (<code>${usage}</code>): ${reason}</li>`)}</ul>`
      : null
  }`;
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
