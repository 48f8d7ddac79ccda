import { pathToFileURL } from 'node:url';
import type { Graphviz } from '@hpcc-js/wasm-graphviz';
import { importModule } from '../../importModule';
import { escaped } from '../../report/html';
import { allPrintable, printable } from '../../report/printable';
import { dot } from './dot';
import type { Drawing } from './drawing';

/**
 * Colours are the page's: the mark where state lives is not an alarm. Other parts of the report say how much may be
 * lost.
 */
export const diagramStyle = `
.diagram{display:block;margin:0 auto}
.diagram .graph>polygon{fill:none}
.diagram text{font-size:13px;fill:var(--ink);font-family:system-ui,"Segoe UI",Helvetica,Arial,sans-serif}
.diagram .node path,.diagram .node polygon,.diagram .node polyline,.diagram .node ellipse{fill:var(--box);stroke:var(--strong)}
.diagram .node.state path,.diagram .node.state polygon,.diagram .node.state ellipse{fill:var(--kept);stroke:var(--kept-line);stroke-width:1.6}
.diagram .node.state polyline{fill:none;stroke:var(--kept-line)}
.diagram .node.state text{font-weight:600}
.diagram .node.risk path,.diagram .node.risk polygon{fill:var(--much-bg);stroke:var(--much);stroke-width:1.6}
.diagram .node.risk text{fill:var(--much);font-weight:600}
.diagram .cluster path,.diagram .cluster polygon{fill:var(--panel);stroke:var(--line)}
.diagram .edge path{fill:none;stroke:var(--strong)}.diagram .edge polygon{fill:var(--strong);stroke:var(--strong)}
.diagram .edge.idle path{stroke-dasharray:2 4}
.diagram .edge.cookie path{stroke:var(--cookie);stroke-width:1.4}.diagram .edge.cookie polygon{fill:var(--cookie);stroke:var(--cookie)}
.diagram .node.word path,.diagram .node.word polygon{fill:none;stroke:none}.diagram .node.word text{fill:var(--cookie)}
.diagram .edge.copies path{stroke:var(--kept-line);stroke-width:1.6}.diagram .edge.copies polygon{fill:var(--kept-line);stroke:var(--kept-line)}
`.trim();

let loading: Promise<Graphviz> | undefined;

/** The library is an ES module. */
async function loadGraphviz(): Promise<Graphviz> {
  const library = await importModule(pathToFileURL(require.resolve('@hpcc-js/wasm-graphviz')).href);
  return (library as typeof import('@hpcc-js/wasm-graphviz')).Graphviz.load();
}

/**
 * The drawing as SVG, the same bytes for the same drawing.
 *
 * @param id unique in the page: ids inside the picture start with it
 */
export async function svgDiagram(drawing: Drawing, id: string): Promise<string> {
  loading ??= loadGraphviz();
  const laidOut = (await loading).layout(dot(allPrintable(drawing)), 'svg', 'dot');
  const words = `The way of a request through ${printable(drawing.name)}, and where state lives.`;
  return (
    laidOut
      .slice(laidOut.indexOf('<svg'))
      .replaceAll(/<!--[\s\S]*?-->\n?/g, '')
      .replaceAll(/<title>[^<]*<\/title>\n?/g, '')
      .replaceAll(/ id="([^"]+)"/g, ` id="${id}-$1"`)
      .replace(/<svg /, `<svg class="diagram" role="img" aria-label="${escaped(words)}" `)
      // A point of the layout is a pixel of the page, so that text has one size in every picture.
      .replace(/ width="([\d.]+)pt" height="([\d.]+)pt"/, ' width="$1" height="$2"')
      .replaceAll(/ (fill|stroke|font-family)="[^"]*"/g, '')
      .replaceAll(/ font-size="[^"]*"/g, '')
      .trim()
  );
}
