/** Text into HTML, so that nothing a fact says is taken for markup. */

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escaped = (text: string | number): string =>
  String(text).replace(/[&<>"']/g, (each) => entities[each] ?? each);

/** The anchor of a run. */
export const anchorOf = ({ variant, fault }: { readonly variant: string; readonly fault: string }): string =>
  `${variant}-${fault}`.replace(/[^a-z0-9]+/gi, '-');
