import { html, type Markup } from '../../../report/html';
import { riskWords } from '../../../report/risk';

/** What the colours of losses mean. */
export const legend = (): Markup =>
  html`<ul class="legend" aria-label="What the colours mean">${riskWords.map(([risk, words]) => html`<li class="${risk}">${words}</li>`)}</ul>`;

/** Classes of the tag that shows how a variant came out of the rules. */
export const standingClass = { 'nothing found': 'none', unknown: 'unknown', warning: 'some', error: 'much' } as const;
