/** The drill as one self-contained page: nothing is loaded when it is read. */

import { escaped } from '../../../report/html';
import { allPrintable } from '../../../report/printable';
import { notesOn } from '../notes';
import { type CompletedRun, type DrillReport, type DrillRun, isCompleted, type RunDetails } from '../result';
import { judgement, losses, overall, reasonOf, recovery } from '../verdict';
import { drawMatrix } from './matrix';
import { style } from './style';
import { anchorOf } from './text';
import { drawTimeline } from './timeline';

export function renderHtml(given: DrillReport): string {
  const report = allPrintable(given);
  const { runs, details } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Steadystate drill: what failures cost</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="kicker">Steadystate drill</p>
<h1>${escaped(overall(runs))}</h1>
${runs.length === 0 ? '' : drawMatrix(runs)}
<p class="soft">Processes, Redis and requests were real, Azure’s layers and timers emulated: <a href="#figures">what the figures are</a>.</p>
<h2>Run by run</h2>
<p class="soft">Each picture: requests per tenth of a second by instance, in this machine’s seconds after the fault; what no instance answered is in the last lane.</p>
${runs.map((run, index) => section(run, details[index] ?? null)).join('\n')}
<h2 id="figures">What the figures are</h2>
<ul class="notes">
${notesOn(report)
  .map((note) => `<li>${escaped(note)}</li>`)
  .join('\n')}
</ul>
</main>
</body>
</html>
`;
}

function section(run: DrillRun, details: RunDetails | null): string {
  const title = `<h3>${escaped(run.variant)}, ${escaped(run.fault)}</h3>`;
  if ('notAssessed' in run)
    return `<article class="surprise" id="${anchorOf(run)}">${title}<p><strong>Not assessed.</strong> ${escaped(run.notAssessed)}</p></article>`;
  if (!isCompleted(run)) return '';
  const said = `${losses(run)}, ${judgement(run)}`;
  return `<article id="${anchorOf(run)}"${run.met ? '' : ' class="surprise"'}>${title}
<p><strong>${run.met ? '✓' : '✗'} ${escaped(said.charAt(0).toUpperCase() + said.slice(1))}.</strong> ${escaped(reasonOf(run, details))}</p>
${figures(run, details)}
${details?.timeline ? `<div class="scroll">${drawTimeline(details.timeline)}</div>` : ''}
</article>`;
}

function figures(run: CompletedRun, details: RunDetails | null): string {
  const pairs: readonly (readonly [string, string])[] = [
    ['carts lost', `${run.cartsLost} of ${run.shoppers}`],
    ['expected', String(run.expected.cartsLost)],
    ['adds lost', `${run.writesLost} of ${run.writesAcknowledged}`],
    ['stale reads', String(run.staleReads)],
    ['requests failed', `${run.requestsFailed} of ${run.requests}`],
    ['stateless API', `${run.apiRequestsFailed} of ${run.apiRequests}`],
    ...(run.signIns ? ([['sign-ins to begin again', `${run.signIns.lost} of ${run.signIns.begun}`]] as const) : []),
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
  return `<dl>${pairs.map(([name, value]) => `<div><dt>${name}</dt><dd>${escaped(value)}</dd></div>`).join('')}</dl>`;
}
