/** The lab's two pages: the one that it serves, and a recording that needs no server. */

import { createHash } from 'node:crypto';
import { designStyle } from '../../report/design/style';
import { html, type Markup, raw } from '../../report/html';
import type { Recorded } from '../messages';
import { style } from './style';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** @param script of the page, as one text */
export const livePage = (script: string): string =>
  page(script, "connect-src 'self'; frame-src http://127.0.0.1:*", null);

/** The same page, playing what was recorded. It loads nothing. */
export const replayPage = (script: string, recording: readonly Recorded[]): string => page(script, '', recording);

/** What a dot says by its shape as well. */
const signs: Markup = html`<ul class="signs" aria-label="What a moving dot means">
<li><svg viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="4" fill="var(--bar)"/></svg><b>answered</b></li>
<li><svg viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="4" fill="none" stroke="var(--much)" stroke-width="2"/></svg><b>answered, without the cart</b></li>
<li><svg viewBox="0 0 12 12" aria-hidden="true"><path d="M2 2L10 10M2 10L10 2" stroke="var(--failed)" stroke-width="2"/></svg><b>failed</b></li>
<li><svg viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="3" fill="var(--bar)"/><circle cx="6" cy="6" r="5" fill="none" stroke="var(--ink)"/></svg><b>you</b></li>
</ul>`;

function page(script: string, policy: string, recording: readonly Recorded[] | null): string {
  const sources = `default-src 'none'; script-src ${hashOf(script)}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; ${policy}`;
  // In a script element nothing but its end is markup.
  const recorded = recording && JSON.stringify(recording).replaceAll('<', '\\u003c');
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="${raw(sources)}"><title>Steadystate lab</title><style>${raw(`${designStyle}\n${style}`)}</style></head>
<body><a class="skip" href="#lab">To the lab</a>
<header><div class="in"><p class="kicker">Steadystate lab${recording ? ', a recording' : ''}</p><h1>Break something, and watch the carts</h1>${signs}</div></header>
<main>${recording ? html`<div id="controls"></div>` : null}<div id="lab"><p>Starting. This page needs JavaScript.</p></div>
<footer><p>Processes, Redis and requests ${recording ? 'were' : 'are'} real. Azure’s layers and timers are emulated. Nothing here runs on Azure. The figures are the ledger’s, as in a drill: what each shopper found at the last look, compared with what the shop had acknowledged.</p></footer></main>
${recorded === null ? null : html`<script type="application/json" id="recording">${raw(recorded)}</script>`}<script>${raw(script)}</script></body></html>
`.markup;
}
