import { drawing } from './drawings';
import { type Html, html, trusted } from './html';
import { style } from './style';

/** Who answers and where sessions live: the strip on top of every page. */
export interface Place {
  readonly instance: string;
  readonly region: string | undefined;
  readonly zone: string | undefined;
  /** The end of the sentence "Sessions live …". */
  readonly sessions: string;
}

/** App Service's instance ids are 64 hexadecimal digits; the first eight tell instances apart. */
export const shortInstanceId = (id: string): string => (/^[0-9a-f]{16,}$/i.test(id) ? id.slice(0, 8) : id);

const fact = (term: string, value: string | undefined): Html =>
  html`<div><dt>${term}</dt><dd>${value ?? 'unknown'}</dd></div>`;

/** A whole page. `current` marks where the reader is in the navigation. */
export function layout(place: Place, title: string, content: Html, current?: 'cart'): string {
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Steadystate</title>
<style>${trusted(style)}</style>
</head>
<body>
<aside class="strip" aria-label="Who answered"><dl class="wide">
${fact('Instance', place.instance)}
${fact('Region', place.region)}
${fact('Zone', place.zone)}
${fact('Sessions live', place.sessions)}
</dl></aside>
<header class="wide bar">
<a class="brand" href="/">${drawing('plumb-bob')}Steadystate</a>
<nav aria-label="Shop"><a href="/cart"${trusted(current === 'cart' ? ' aria-current="page"' : '')}>Your cart</a></nav>
</header>
<main class="wide">
${content}
</main>
<footer class="wide">A sample shop: nothing here is for sale. The same as JSON: <a href="/api/products">products</a>, <a href="/api/cart">cart</a>.</footer>
</body>
</html>
`;
  return markup;
}

/** Euro cents as a price in words. */
export const price = (cents: number): string => `€ ${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
