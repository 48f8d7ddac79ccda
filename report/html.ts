/** Text that is markup already. */
export interface Markup {
  readonly markup: string;
}

export type Part = string | number | Markup | null | readonly Part[];

/** A template of which every value is escaped unless it is markup itself: text from Terraform never becomes a tag. */
export function html(template: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return {
    markup: template
      .map((text, index) => text + (index < values.length ? rendered(values[index] as Part) : ''))
      .join(''),
  };
}

export const raw = (markup: string): Markup => ({ markup });

function rendered(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'object') return 'markup' in part ? part.markup : part.map(rendered).join('');
  return escaped(part);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as text of HTML, SVG or one of their attributes. */
export const escaped = (text: string | number): string =>
  String(text).replace(/[&<>"']/g, (each) => entities[each] ?? each);

/** A table that scrolls by itself on a narrow screen, and can be reached by keyboard there. */
export function tableOf(caption: string, head: readonly Part[], rows: readonly (readonly Part[])[], kind = ''): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table class="${kind}"><caption>${caption}</caption><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((cell, index) => (index === 0 ? html`<th scope="row">${cell}</th>` : html`<td>${cell}</td>`))}</tr>`,
  )}</tbody></table></div>`;
}

/** A source, named by its host. */
export function link(url: string): Markup {
  if (!/^https:\/\//.test(url)) return html`${url}`;
  return html`<a href="${url}">${new URL(url).host}</a>`;
}

/** Words between backticks as code. */
export const prose = (text: string): Markup =>
  html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))}`;
