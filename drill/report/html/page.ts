/** The drill as one self-contained page: nothing is loaded when it is read. */

import { framed } from '../../../report/frame';
import { html, type Markup, raw } from '../../../report/html';
import { allPrintable } from '../../../report/printable';
import type { Provenance } from '../../../report/provenance';
import { besideFigures, latencyFigures } from '../beside';
import { headline } from '../headline';
import { notesOn } from '../notes';
import { type CompletedRun, type DrillReport, type DrillRun, isCompleted, type RunDetails } from '../result';
import { judgement, losses, overall, reasonOf, recovery } from '../verdict';
import { drawMatrix } from './matrix';
import { style } from './style';
import { anchorOf } from './text';
import { timelineSheet } from './timeline';

export function renderHtml(given: DrillReport, made: Provenance | null = null): string {
  const report = allPrintable(given);
  const { runs, details } = report;
  const [first, verdict] = [headline(report), overall(report)];
  return framed({
    kicker: 'Steadystate drill',
    title: 'Steadystate drill: what failures cost',
    headline: first,
    lead: first === verdict ? null : html`<p class="lead">${verdict}</p>`,
    sections: [
      ['matrix', 'Carts lost'],
      ['runs', 'Run by run'],
      ['figures', 'What the figures are'],
    ],
    main: [
      html`<section id="matrix" aria-label="Carts lost">${runs.length === 0 ? null : drawMatrix(runs)}</section>`,
      html`<section id="runs"><h2>Run by run</h2><p class="soft">${report.remote ? 'Requests over time, in seconds after the first event that was marked; without one, after the first request.' : 'Each picture: requests by instance over time, in this machine’s seconds after the fault; what no instance answered is in the last lane. Answers “within”: before the fault → during it → after recovery, on this machine.'}</p>${runs.map((run, index) => section(run, details[index] ?? null))}</section>`,
      html`<section id="figures"><h2>What the figures are</h2><ul class="notes">${notesOn(report).map((note) => html`<li>${note}</li>`)}</ul></section>`,
    ],
    remark: report.remote
      ? 'The shop at the address was real, and so was every request.'
      : 'Processes, Redis and requests were real. Azure’s layers and timers were emulated. Nothing here ran on Azure.',
    made,
    style,
  });
}

function section(run: DrillRun, details: RunDetails | null): Markup | null {
  const title = html`<h3>${run.variant}, ${run.fault}</h3>`;
  if ('notAssessed' in run)
    return html`<article class="surprise" id="${anchorOf(run)}">${title}<p><strong>Not assessed.</strong> ${run.notAssessed}</p></article>`;
  if (!isCompleted(run)) return null;
  const said = `${losses(run)}, ${judgement(run)}`;
  return html`<article id="${anchorOf(run)}"${raw(run.met ? '' : ' class="surprise"')}>${title}
<p><strong>${run.met ? '✓' : '✗'} ${said.charAt(0).toUpperCase() + said.slice(1)}.</strong> ${reasonOf(run, details)}</p>
${figures(run, details)}
${details?.timeline ? html`<div class="scroll pan" tabindex="0" role="group" aria-label="Requests over time: ${run.variant}, ${run.fault}">${timelineSheet(details.timeline)}</div>` : null}
</article>`;
}

function figures(run: CompletedRun, details: RunDetails | null): Markup {
  const pairs: readonly (readonly [string, string])[] = [
    ['carts lost', `${run.cartsLost} of ${run.shoppers}`],
    ['expected', String(run.expected.cartsLost)],
    ['adds lost', `${run.writesLost} of ${run.writesAcknowledged}`],
    ['stale reads', String(run.staleReads)],
    ['requests failed', `${run.requestsFailed} of ${run.requests}`],
    ['stateless API', `${run.apiRequestsFailed} of ${run.apiRequests}`],
    ...(run.signIns ? ([['sign-ins to begin again', `${run.signIns.lost} of ${run.signIns.begun}`]] as const) : []),
    ...besideFigures(run),
    ...latencyFigures(run),
    ['recovery', recovery(run)],
    ['load skew', run.loadSkew.toFixed(2)],
    ...(details
      ? ([
          ['retries that helped', String(details.retriedSuccesses)],
          ['adds in doubt', String(details.ambiguousAdds)],
          ['forms refused', `${details.formsRefused} of ${details.forms}`],
        ] as const)
      : []),
  ];
  return html`<dl class="figures">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
