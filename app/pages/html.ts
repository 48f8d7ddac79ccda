/** Markup that is safe to send as it is. */
export interface Html {
  readonly markup: string;
}

type Part = string | number | Html | readonly Html[];

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);

const isList = (part: Part): part is readonly Html[] => Array.isArray(part);

const markupOf = (part: Part): string => {
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return isList(part) ? part.map(({ markup }) => markup).join('') : part.markup;
};

/**
 * Builds markup; every text put in is escaped, other `html` is not. Put texts between tags or in quoted attributes only.
 *
 * @example html`<p title="${title}">${text}</p>`
 */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html => ({
  markup: strings.reduce((before, text, index) => `${before}${markupOf(parts[index - 1] ?? '')}${text}`),
});

/** Markup taken as it is: for what is written in this program, never for what came from outside. */
export const trusted = (markup: string): Html => ({ markup });
