import type { View } from '../view';
import { drawing } from './drawings';
import { formToken } from './forms';
import { type Html, html, trusted } from './html';
import { style } from './style';

const fact = (term: string, value: string | undefined): Html =>
  html`<div><dt>${term}</dt><dd>${value ?? 'unknown'}</dd></div>`;

const nothing = trusted('');

/** Which instance answered, where the session lives, and which affinity cookies the browser has. */
const strip = (view: View): Html => html`<aside class="strip" aria-label="Who answered"><div class="wide facts">
<dl>
${fact('Instance', view.instance)}
${fact('Region', view.region)}
${fact('Zone', view.zone)}
${fact('Sessions live', view.sessions)}
${fact('Affinity cookies', view.affinity.length === 0 ? 'none' : view.affinity.join(', '))}
</dl>
${view.affinity.length === 0 ? nothing : dropForm(view)}</div>
${view.before === undefined ? nothing : moved(view.before, view.instance)}</aside>
`;

const dropForm = ({ token, path }: View): Html => html`<form method="post" action="/affinity/drop">
${formToken(token)}<input type="hidden" name="back" value="${path}">
<button class="quiet">Drop affinity</button>
</form>
`;

const moved = (before: string, instance: string): Html =>
  html`<p class="moved"><span class="wide">Another instance than last time: <b>${before}</b> answered your last page, <b>${instance}</b> this one.</span></p>`;

/** A whole page. `current` marks where the reader is in the navigation. */
export function layout(view: View, title: string, content: Html, current?: 'cart' | 'signin'): string {
  const mark = (page: typeof current) => trusted(page === current ? ' aria-current="page"' : '');
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Steadystate</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${strip(view)}<header class="wide bar">
<a class="brand" href="/">${drawing('plumb-bob')}Steadystate</a>
<nav aria-label="Shop"><a href="/signin"${mark('signin')}>Sign in</a> <a href="/cart"${mark('cart')}>Your cart</a></nav>
</header>
<main class="wide" id="content">
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
