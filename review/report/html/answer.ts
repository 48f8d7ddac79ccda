import { breakable, html, type Markup, type Part, tableOf } from '../../../report/html';
import { legend } from '../../../report/lossMatrix';
import { parts } from '../../losses';
import type { ReviewResult } from '../../review';
import { type Answer, answerHeads, figureColumns } from '../answer';
import { standingOf } from '../columns';
import { verdictLine, verdictOf } from '../findings';
import { settingsSentences } from '../followedSettings';
import { basisOf, wordedLoss } from '../losses';
import { standingClass } from './tags';

/** The first screen: what each variant costs when something fails, what it costs a month, and which one to take. */
export function answerSection(result: ReviewResult, { recommendation, reasons, key }: Answer): Markup {
  const { variants } = result;
  const mixed = basisOf(variants) === 'both';
  const [money, uptime, findings] = figureColumns(variants);
  const rows = variants.map((variant): Part[] => [
    html`${breakable(variant.name)}${variant === recommendation?.variant ? html` <span class="mark">recommended</span>` : null}`,
    ...parts.map((part) => {
      const { lost, remarks, risk } = wordedLoss(variant.losses[part], mixed);
      return html`<span class="tag ${risk}">${lost}</span>${remarks.length > 0 ? html`<small>${remarks.join(', ')}</small>` : null}`;
    }),
    money?.text(variant) ?? '',
    uptime?.text(variant) ?? '',
    html`<span class="tag ${standingClass[standingOf(variant).kind]}">${findings?.text(variant) ?? ''}</span>`,
  ]);
  const heads = answerHeads(variants);
  return html`<section id="answer">${reasons.map((reason, index) => html`<p class="${index === 0 ? 'lead' : ''}">${reason}</p>`)}${
    variants.length > 0
      ? html`${tableOf('What each variant loses, costs and promises', heads, rows, { stack: true, numeric: [4, 5], kind: 'answer' })}${legend()}<p class="key">${key} ${[verdictLine(verdictOf(result)), ...settingsSentences(variants)].join(' ')}</p>`
      : null
  }</section>`;
}
