import type { Deployment } from '../../../architecture/deployment';
import { framed } from '../../../report/frame';
import { html, type Markup, raw } from '../../../report/html';
import { allPrintable, printable } from '../../../report/printable';
import type { Provenance } from '../../../report/provenance';
import type { PriceFile } from '../../cost/prices';
import { drawingOf } from '../../diagram/drawing';
import { svgDiagram } from '../../diagram/svg';
import { difference } from '../../diff';
import { lostSessions } from '../../lostSessions';
import type { DrillResult } from '../../measured';
import type { ReviewResult } from '../../review';
import { answerOf } from '../answer';
import { answerSection } from './answer';
import { drillSection } from './drill';
import { figures } from './figures';
import { script } from './script';
import { comparison, findings, planned, stateSection } from './sections';
import { style } from './style';

export interface Page {
  readonly deployments: readonly Deployment[];
  readonly result: ReviewResult;
  readonly prices: PriceFile;
  readonly drill: DrillResult | null;
  /** Default: - the page does not say where it comes from. */
  readonly made?: Provenance | null;
}

/** Of more variants, every pair would make a page of many megabytes. */
const mostCompared = 12;

const tooMany = html`<section id="differences-of"><h2>Differences between any two</h2><p>With more than ${mostCompared} variants the page leaves them out: <code>npm run compare A B</code> says them.</p></section>`;

/** The whole report as one page that asks the network for nothing: the answer, then what it rests on. */
export async function renderPage({ deployments, result: given, prices, drill, made = null }: Page): Promise<string> {
  const result = allPrintable(given);
  const { variants } = result;
  const answer = answerOf(variants);
  const several = variants.length > 1;
  const compared = several && variants.length <= mostCompared;
  const saidByPlan = planned(variants);
  return framed({
    kicker: 'Steadystate review',
    title: `Review: ${variants.length > 5 ? `${variants.length} variants` : variants.map(({ name }) => name).join(', ')}`,
    headline: answer.sentence,
    sections: [
      ['answer', 'Answer'],
      ...(drill ? [['drill', 'Drill'] as const] : []),
      ['state', 'Where state lives'],
      ['comparison', 'How they are built'],
      ['diagrams', 'Diagrams'],
      ...(saidByPlan ? [['planned', 'Plan'] as const] : []),
      ['findings', 'Findings'],
      ['figures', 'Uptime and cost'],
      ...(several ? [['differences-of', 'Differences'] as const] : []),
    ],
    main: [
      answerSection(result, answer),
      drill ? drillSection(allPrintable(drill), new Set(variants.map(({ name }) => name))) : null,
      stateSection(variants),
      comparison(variants),
      await diagrams(deployments),
      saidByPlan,
      findings(variants),
      figures(variants),
      compared ? differences(deployments, prices) : several ? tooMany : null,
    ],
    remark: 'Read from Terraform alone. What the Terraform does not show is reported as unknown, never guessed.',
    made,
    style,
    script: compared ? script : null,
  });
}

async function diagrams(deployments: readonly Deployment[]): Promise<Markup> {
  const drawn: Markup[] = [];
  for (const [index, deployment] of deployments.entries()) {
    const svg = await svgDiagram(drawingOf(deployment), `d${index}`);
    drawn.push(
      html`<figure class="card"><figcaption>${printable(deployment.name)}</figcaption><div class="scroll pan" tabindex="0" role="group" aria-label="Diagram of ${printable(deployment.name)}"><div class="sheet"><span class="opens middle"></span>${raw(svg)}</div></div></figure>`,
    );
  }
  return html`<section id="diagrams"><h2>Diagrams</h2><p>● marks where sessions are kept: in red where they end with a process. A dashed line is a cookie that sends a client back to the same place; a dotted one leads to a region that stands by.</p><div class="drawn">${drawn}</div></section>`;
}

/** Every pair once; the page turns it round. */
function differences(deployments: readonly Deployment[], prices: PriceFile): Markup {
  const pairs = deployments.flatMap((from, a) =>
    deployments.slice(a + 1).map((to, offset) => {
      const found = difference(from, to, prices);
      const { facts, added, removed, changed } = allPrintable(found);
      return {
        sessionsLost: allPrintable(found.sessionsLost),
        sessionsLostTurned: allPrintable(lostSessions(to, from, found.changed)),
        pair: [a, a + 1 + offset],
        facts,
        added,
        removed,
        changed: changed.map(({ address, attributes, replacement: { verdict, because } }) => ({
          address,
          verdict,
          because,
          attributes: attributes.map(({ attribute, before, after }) => ({
            attribute,
            before: before ?? 'not set',
            after: after ?? 'not set',
          })),
        })),
      };
    }),
  );
  // Inside a script element only `<` could end it.
  const data = JSON.stringify(pairs).replaceAll('<', '\\u003c');
  const options = (chosen: number) =>
    deployments.map(
      ({ name }, index) =>
        html`<option value="${index}"${raw(index === chosen ? ' selected' : '')}>${printable(name)}</option>`,
    );
  return html`<section id="differences-of"><h2>Differences between any two</h2><div class="choose"><label>from <select id="from">${options(0)}</select></label><label>to <select id="to">${options(1)}</select></label><button id="swap" type="button">⇄ turn round</button></div><div id="difference" aria-live="polite"></div><noscript><style>.choose{display:none}</style><p>This part needs JavaScript; <code>npm run compare A B</code> says the same.</p></noscript><script type="application/json" id="differences">${raw(data)}</script></section>`;
}
