import type { Deployment } from '../../../architecture/deployment';
import { html, type Markup, raw } from '../../../report/html';
import { allPrintable, printable } from '../../../report/printable';
import type { PriceFile } from '../../cost/prices';
import { drawingOf } from '../../diagram/drawing';
import { svgDiagram } from '../../diagram/svg';
import { difference } from '../../diff';
import type { ReviewResult } from '../../review';
import { verdictLine, verdictOf } from '../findings';
import { type DrillResult, drillSection } from './drill';
import { script } from './script';
import { comparison, figures, findings, stateSection } from './sections';
import { style } from './style';

export interface Page {
  readonly deployments: readonly Deployment[];
  readonly result: ReviewResult;
  readonly prices: PriceFile;
  readonly drill: DrillResult | null;
}

/** The whole report as one page that asks the network for nothing. */
export async function renderPage({ deployments, result: given, prices, drill }: Page): Promise<string> {
  const result = allPrintable(given);
  const { variants } = result;
  const sections = [
    ['comparison', 'Side by side'],
    ['diagrams', 'Diagrams'],
    ['state', 'State'],
    ['findings', 'Findings'],
    ...(variants.length > 1 ? [['differences-of', 'Differences']] : []),
    ['figures', 'Availability and cost'],
    ...(drill ? [['drill', 'Drill']] : []),
  ] as const;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"><link rel="icon" href="data:,"><title>Review: ${variants.map(({ name }) => name).join(', ')}</title><style>${raw(style)}</style></head>
<body><a class="skip" href="#comparison">To the comparison</a>
<header><div class="in"><h1>Where state lives, and what that costs</h1><p>${verdictLine(verdictOf(result))}</p></div></header>
<nav aria-label="Sections"><div class="in">${sections.map(([id, name]) => html`<a href="#${id ?? ''}">${name ?? ''}</a>`)}</div></nav>
<main>${comparison(variants)}
${await diagrams(deployments)}
${stateSection(variants)}
${findings(variants)}
${variants.length > 1 ? differences(deployments, prices) : null}
${figures(variants)}
${drill ? drillSection(allPrintable(drill)) : null}
<footer>Read from Terraform alone. What the Terraform does not settle is shown as ? or “unknown”, never as a guess.</footer></main>
${variants.length > 1 ? html`<script>${raw(script)}</script>` : null}</body></html>
`;
  return page.markup;
}

async function diagrams(deployments: readonly Deployment[]): Promise<Markup> {
  const drawn: Markup[] = [];
  for (const [index, deployment] of deployments.entries()) {
    const drawing = drawingOf(deployment);
    const svg = await svgDiagram(drawing, `d${index}`);
    drawn.push(
      html`<figure class="card${raw(deployment.regions.length > 1 ? ' wide' : '')}"><figcaption>${printable(deployment.name)}</figcaption><div class="scroll">${raw(svg)}</div></figure>`,
    );
  }
  return html`<section id="diagrams"><h2>Diagrams</h2><p>Red, with ● in front: where state about a client lives. Dashed amber: a cookie that sends a client back to the same place.</p><div class="cards">${drawn}</div></section>`;
}

/** Every pair once; the page turns it round. */
function differences(deployments: readonly Deployment[], prices: PriceFile): Markup {
  const pairs = deployments.flatMap((from, a) =>
    deployments.slice(a + 1).map((to, offset) => {
      const { facts, added, removed, changed } = allPrintable(difference(from, to, prices));
      return {
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
  return html`<section id="differences-of"><h2>Differences between any two</h2><div class="choose"><label>from <select id="from">${options(0)}</select></label><label>to <select id="to">${options(1)}</select></label><button id="swap" type="button">⇄ turn round</button></div><div id="difference" aria-live="polite"></div><noscript><p>This part needs JavaScript; <code>npm run compare A B</code> says the same.</p></noscript><script type="application/json" id="differences">${raw(data)}</script></section>`;
}
