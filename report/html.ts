/** Text that is markup already. */
export interface Markup {
  readonly markup: string;
}

export type Part = string | number | Markup | null | readonly Part[];

/** A template of which every value is escaped unless it is markup itself: text from Terraform never becomes a tag. */
export function html(template: TemplateStringsArray, ...values: readonly Part[]): Markup {
  let written = '';
  template.forEach((text, index) => {
    written += text;
    const value = values[index];
    if (value !== undefined) written += rendered(value, endsInTag(written));
  });
  return { markup: written };
}

export const raw = (markup: string): Markup => ({ markup });

/** Whether what follows is inside of a tag, as the value of an attribute is. */
const endsInTag = (markup: string) => /="[^"]*$/.test(markup.slice(markup.lastIndexOf('>') + 1));

function rendered(part: Part, inTag: boolean): string {
  if (part === null) return '';
  if (typeof part === 'object')
    return 'markup' in part ? part.markup : part.map((each) => rendered(each, inTag)).join('');
  return inTag ? escaped(part) : isolated(escaped(part));
}

/** Words that are written from the right, such as a name in Arabic, must not turn the words around them. */
const isolated = (text: string) => text.replace(fromTheRight, '<bdi>$&</bdi>');

const fromTheRight =
  /[^\s,;:()]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}][^\s,;:()]*/gu;

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

export interface TableLook {
  /** Whether a narrow screen shows a card per row. Default: the table scrolls there, and can be reached by keyboard. */
  readonly stack?: boolean;
  /** Index of each column of numbers, which stand at the right. Default: none. */
  readonly numeric?: readonly number[];
  /** Classes of the table. */
  readonly kind?: string;
}

/**
 * A table whose first column names the row. The roles are stated, because a browser forgets them of a table that is laid
 * out as cards.
 *
 * @param caption what it shows; also what a screen reader calls the part that scrolls
 */
export function tableOf(
  caption: string,
  head: readonly Part[],
  rows: readonly (readonly Part[])[],
  { stack = false, numeric = [], kind = '' }: TableLook = {},
): Markup {
  const align = (index: number) => raw(numeric.includes(index) ? ' class="number"' : '');
  const label = (index: number) => {
    const words = head[index];
    return stack && typeof words === 'string' ? html` data-head="${words}"` : null;
  };
  const body = rows.map(
    (row) =>
      html`<tr role="row">${row.map((cell, index) => (index === 0 ? html`<th role="rowheader" scope="row">${cellOf(cell)}</th>` : html`<td role="cell"${align(index)}${label(index)}>${stack ? html`<span class="value">${cellOf(together(cell))}</span>` : cellOf(together(cell))}</td>`))}</tr>`,
  );
  return html`<div class="scroll${raw(stack ? ' stack' : '')}" tabindex="0" role="group" aria-label="${caption}"><table role="table" class="${kind}"><caption><span>${caption}</span></caption><thead role="rowgroup"><tr role="row">${head.map((cell, index) => html`<th role="columnheader" scope="col"${align(index)}>${cellOf(cell)}</th>`)}</tr></thead><tbody role="rowgroup">${body}</tbody></table></div>`;
}

/** A word longer than this, such as a path, gets places where it may break. */
const longWord = 18;

/** Text whose long words may be broken after a separator, or anywhere where they have none; nothing is added to a copy. */
export function breakable(text: string): Markup {
  const words = text.split(/(\s+)/).map((word): Part => {
    if (word.length <= longWord) return word;
    const pieces = word.split(/(?<=[/._:,=-])/).flatMap((piece) => piece.match(/.{1,24}/gsu) ?? []);
    const broken = pieces.map(escaped).join('<wbr>');
    return raw(word.match(fromTheRight) ? `<bdi>${broken}</bdi>` : broken);
  });
  return html`${words}`;
}

/** A Terraform address, a rule or an attribute. It may be broken after a separator. */
export const code = (text: string): Markup => html`<code>${breakable(text)}</code>`;

/** A headline, in which a name with hyphens stays in one line where it fits into one. */
export const headlineOf = (text: string): Markup =>
  html`${text
    .split(' ')
    .map((word, index) => [
      index === 0 ? '' : ' ',
      word.includes('-') ? html`<span class="whole">${breakable(word)}</span>` : breakable(word),
    ])}`;

/** A sign and its number stay in one line. */
const together = (cell: Part): Part => (typeof cell === 'string' ? cell.replace(/^> (?=\d)/, '>\u00a0') : cell);

const cellOf = (cell: Part): Part => (typeof cell === 'string' ? breakable(cell) : cell);

/** A source, named by its host. */
export function link(url: string): Markup {
  if (!/^https:\/\//.test(url)) return html`${url}`;
  return html`<a href="${url}">${new URL(url).host}</a>`;
}

/** Words between backticks as code. */
export const prose = (text: string): Markup =>
  html`${text.split('`').map((part, index) => (index % 2 === 1 ? code(part) : html`${part}`))}`;
