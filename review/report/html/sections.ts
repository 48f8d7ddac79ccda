import { isUnknown } from '../../../architecture/known';
import { grouping } from '../../../report/grouping';
import { code, html, link, type Markup, prose, tableOf } from '../../../report/html';
import { cellsOf, headsOf, numericOf } from '../../../report/layout';
import type { ReviewedVariant } from '../../review';
import type { StateEntry } from '../../state/entry';
import { affinityKey, comparisonColumns, findingsColumn, providerKey } from '../columns';
import { accepted, openDoubts, openFindings } from '../findings';
import { plannedItems, plannedTitle } from '../planned';
import { serviceColumns, serviceRows, servicesTitle } from '../services';
import { inVariants, kindWord, sharedEntries } from '../state';
import { resourceList } from './resources';

/** Carts in a process end with it, which is the risk. What keeps a connection or a cookie, or a Redis, is none by itself. */
const kindClass = ({ kind, component }: StateEntry) => {
  if (isUnknown(kind)) return 'unknown';
  return kind === 'stateful' && component === 'the app' ? 'much' : '';
};

export function comparison(variants: readonly ReviewedVariant[]): Markup {
  const facts = comparisonColumns.filter((column) => column !== findingsColumn);
  return html`<section id="comparison"><h2>How they are built</h2>${tableOf(
    'Variants side by side',
    headsOf(facts),
    variants.map((variant) => cellsOf(facts, variant)),
    { stack: true, numeric: numericOf(facts), kind: 'comparison' },
  )}<p class="key">${affinityKey}.</p>${providerKey(variants) === '' ? null : html`<p class="key">${providerKey(variants)}.</p>`}${services(variants)}</section>`;
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

/** null: no plan was read, or it changes nothing that exists. */
export function planned(variants: readonly ReviewedVariant[]): Markup | null {
  const items = plannedItems(variants);
  if (items.length === 0) return null;
  return html`<section id="planned"><h2>${plannedTitle}</h2><ul>${items.map((item) => html`<li>${item}</li>`)}</ul></section>`;
}

export function findings(variants: readonly ReviewedVariant[]): Markup {
  const blocks = openFindings(variants).map(
    ({ rule, title, why, severity, source, groups }) =>
      html`<article class="finding is-${severity}"><h3><span class="tag ${severity}">${severity}</span> ${prose(title)}</h3><p class="key">${code(rule)} ${why} ${link(source)}</p>${groups.map(
        ({ message, fix, places }) =>
          html`<p>${prose(message)}</p><ul>${places.map(
            ({ variant, resources }) => html`<li><b>${variant}</b> ${resourceList(resources)}</li>`,
          )}</ul><p><b>Fix:</b> ${prose(fix)}</p>`,
      )}</article>`,
  );
  const doubts = openDoubts(variants).flatMap(({ variant, rules, reason }) =>
    rules.map((rule) => [variant, code(rule), reason]),
  );
  const suppressed = accepted(variants).map(({ variant, rule, resource, found, reason }) => [
    ...[variant, code(rule), code(resource), found, reason],
  ]);
  return html`<section id="findings"><h2>What the rules find</h2>${blocks.length > 0 ? blocks : html`<p>Nothing that is not suppressed.</p>`}${
    doubts.length > 0
      ? html`<h3>Unknown</h3>${tableOf('What a rule could not judge', ['variant', 'rule', 'because'], doubts, { stack: true })}`
      : null
  }${suppressed.length > 0 ? html`<h3>Suppressed</h3>${tableOf('Findings that are accepted', ['variant', 'rule', 'at', 'finding', 'reason'], suppressed, { stack: true })}` : null}</section>`;
}
