import { pathToFileURL } from 'node:url';
import type { Graphviz } from '@hpcc-js/wasm-graphviz';
import { escaped } from '../../report/html';
import { allPrintable, printable } from '../../report/printable';
import { dot } from './dot';
import type { Drawing } from './drawing';

/** Colours follow the reader's scheme. */
export const diagramStyle = `
.diagram{--ink:#1d2433;--line:#6b7488;--box:#ffffff;--region:#f3f5fa;--edge:#c6ccda;--state:#b3261e;--on-state:#ffffff;--cookie:#8a5a00}
@media (prefers-color-scheme:dark){.diagram{--ink:#e8eaf0;--line:#99a3b8;--box:#252b38;--region:#1b202b;--edge:#414a5e;--state:#ff8a7a;--on-state:#2a0a06;--cookie:#f0b95a}}
@media print{.diagram{--ink:#1d2433;--line:#6b7488;--box:#ffffff;--region:#f3f5fa;--edge:#c6ccda;--state:#b3261e;--on-state:#ffffff;--cookie:#8a5a00}}
.diagram .graph>polygon{fill:none}
.diagram text{font-size:12px;fill:var(--ink);font-family:system-ui,"Segoe UI",Helvetica,Arial,sans-serif}
.diagram .node path,.diagram .node polygon,.diagram .node polyline,.diagram .node ellipse{fill:var(--box);stroke:var(--line)}
.diagram .node.state path,.diagram .node.state polygon,.diagram .node.state ellipse{fill:var(--state);stroke:var(--state)}
.diagram .node.state polyline{fill:none;stroke:var(--on-state)}
.diagram .node.state text{fill:var(--on-state);font-weight:600}
.diagram .cluster path,.diagram .cluster polygon{fill:var(--region);stroke:var(--edge)}
.diagram .cluster.zone path,.diagram .cluster.zone polygon{fill:none;stroke:var(--line)}
.diagram .edge path{fill:none;stroke:var(--line)}.diagram .edge text{font-size:11px}.diagram .edge polygon{fill:var(--line);stroke:var(--line)}
.diagram .edge.idle path{stroke-dasharray:2 4}
.diagram .edge.cookie path{stroke:var(--cookie);stroke-width:1.4}.diagram .edge.cookie polygon{fill:var(--cookie);stroke:var(--cookie)}.diagram .edge.cookie text{fill:var(--cookie)}
.diagram .edge.copies path{stroke:var(--state);stroke-width:1.6}.diagram .edge.copies polygon{fill:var(--state);stroke:var(--state)}.diagram .edge.copies text{fill:var(--state)}
`.trim();

let loading: Promise<Graphviz> | undefined;

/**
 * The library is an ES module. Compilers to CommonJS turn an `import()` that they see into a `require`, which Node 20
 * before 20.19 refuses for those, so this one is hidden from them.
 */
async function loadGraphviz(): Promise<Graphviz> {
  const importModule = new Function('name', 'return import(name)') as (
    name: string,
  ) => Promise<typeof import('@hpcc-js/wasm-graphviz')>;
  return (await importModule(pathToFileURL(require.resolve('@hpcc-js/wasm-graphviz')).href)).Graphviz.load();
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
  return laidOut
    .slice(laidOut.indexOf('<svg'))
    .replaceAll(/<!--[\s\S]*?-->\n?/g, '')
    .replaceAll(/<title>[^<]*<\/title>\n?/g, '')
    .replaceAll(/ id="([^"]+)"/g, ` id="${id}-$1"`)
    .replace(/<svg /, `<svg class="diagram" role="img" aria-label="${escaped(words)}" `)
    .replaceAll(/ (fill|stroke|font-family)="[^"]*"/g, '')
    .replaceAll(/ font-size="[^"]*"/g, '')
    .trim();
}
