import { designStyle } from './design/style';
import { escaped, headlineOf, html, type Markup, raw } from './html';
import { foot, type Provenance } from './provenance';

export interface Frame {
  /** What kind of document this is, above its first sentence. */
  readonly kicker: string;
  readonly title: string;
  /** The first sentence, which answers; then what it rests on. */
  readonly headline: string;
  readonly lead?: Markup | null;
  /** Id and name of each section, in order. */
  readonly sections: readonly (readonly [id: string, name: string])[];
  readonly main: readonly (Markup | null)[];
  /** What a reader must not forget, before the facts on the document itself. */
  readonly remark: string;
  readonly made: Provenance | null;
  /** Style that this page alone has. */
  readonly style?: string;
  readonly script?: string | null;
}

/** A whole page that loads nothing from the network. */
export function framed(frame: Frame): string {
  const { kicker, title, headline, lead = null, sections, main, remark, made, style = '', script = null } = frame;
  const scripts = script === null ? '' : "; script-src 'unsafe-inline'";
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="${raw(`default-src 'none'; style-src 'unsafe-inline'; img-src data:${scripts}`)}"><title>${raw(escaped(title))}</title><style>${raw(`${designStyle}\n${style}`)}</style></head>
<body><a class="skip" href="#${sections[0]?.[0] ?? 'main'}">To the results</a>
<header><div class="in"><p class="kicker">${kicker}</p><h1>${headlineOf(headline)}</h1>${lead}</div></header>
${sections.length > 1 ? html`<nav aria-label="Sections"><div class="in">${sections.map(([id, name]) => html`<a href="#${id}">${name}</a>`)}</div></nav>` : null}
<main id="main">${main.map((part) => (part === null ? null : html`${part}\n`))}${foot(remark, made)}</main>
${script === null ? null : html`<script>${raw(script)}</script>`}</body></html>
`.markup;
}
