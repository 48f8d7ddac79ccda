import type { Drawing, DrawnRegion } from './drawing';

/** Graphviz reads entities of HTML in a label: what looks like one is text here. */
const quoted = (text: string) =>
  `"${text.replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;

/**
 * Text is laid out as if every letter were as wide as one of a typewriter. The page shows it in the reader's own font,
 * which Graphviz does not know, and few letters are wider than that.
 */
const font = (size: number) => `fontname="Courier", fontsize=${size}`;

/**
 * Graphviz source; what it looks like is decided by classes, so that it can follow the colour scheme. No arrow leads through
 * text: what an arrow says is a node on its way, and a region has its name below, where nothing comes in.
 */
export function dot({ clientHolds, global, regions, linked }: Drawing): string {
  const lines = [
    'digraph {',
    `graph [rankdir=TB, nodesep=0.2, ranksep=0.32, labeljust=l, labelloc=b, ${font(13)}, pad=0.12, bgcolor="transparent"]`,
    `node [shape=box, style="rounded,filled", ${font(13)}, margin="0.14,0.09", height=0.38]`,
    'edge [arrowsize=0.6]',
    node(
      'client',
      clientHolds ? `browser\n● ${clientHolds.replace(', ', ',\n')}` : 'browser',
      clientHolds ? 'state' : 'plain',
      inOrder,
    ),
  ];
  let above = 'client';
  for (const [index, layer] of global.entries()) {
    lines.push(node(`g${index}`, layer.name, 'plain', inOrder), ...way(above, `g${index}`, layer.cookie, 'way'));
    above = `g${index}`;
  }
  for (const [index, region] of regions.entries()) lines.push(...regionLines(region, index, above, linked));
  if (linked)
    for (let index = 1; index < regions.length; index++)
      lines.push(`s${index - 1} -> s${index} [dir=both, constraint=false, class="copies"]`);
  return [...lines, '}'].join('\n');
}

/** What hangs below a node stands from left to right as it is declared. */
const inOrder = ', ordering=out';

const node = (id: string, label: string, kind: string, more = '') =>
  `${id} [label=${quoted(label)}, class=${quoted(kind)}${more}]`;
const edge = (from: string, to: string, kind = 'way') => `${from} -> ${to} [class=${quoted(kind)}]`;
/** An edge, or with a cookie one that has on its way what the cookie names. */
const way = (from: string, to: string, cookie: string | null, kind: string): string[] =>
  cookie
    ? [
        node(`${to}c`, cookie, 'word', ', shape=plain, margin="0.03"'),
        `${from} -> ${to}c [class="cookie", style=dashed, arrowhead=none]`,
        `${to}c -> ${to} [class="cookie", style=dashed]`,
      ]
    : [edge(from, to, kind)];

function regionLines(region: DrawnRegion, index: number, above: string, linked: boolean): string[] {
  const { gateway, front, zones, stateInProcess, store } = region;
  const id = (kind: string) => `${kind}${index}`;
  const lines = [
    `subgraph cluster_r${index} {`,
    `label=${quoted(`${region.name} · ${region.role}`)}`,
    'style="rounded"',
    'class="region"',
    'margin=12',
  ];
  const edges: string[] = [];
  let last = above;
  const kind = region.role === 'active' ? 'way' : 'idle';
  if (gateway) {
    lines.push(node(id('w'), gateway.name, 'plain'));
    edges.push(...way(last, id('w'), gateway.cookie, kind));
    last = id('w');
  }
  lines.push(node(id('f'), front.name, 'plain', inOrder));
  const wayIn = way(last, id('f'), front.cookie, kind);
  // Its words belong to the region, or the two regions' words would stand side by side above both.
  if (front.cookie) lines.push(...wayIn.splice(0, 1));
  edges.push(...wayIn);
  for (const [zone, { name, instances, drawn }] of zones.entries()) {
    for (let copy = 0; copy < drawn; copy++) {
      const instance = `i${index}_${zone}_${copy}`;
      const left = copy === drawn - 1 ? instances - drawn : 0;
      const label = region.instancesKnown ? `instance${left > 0 ? `, and ${left} more` : ''}` : 'instances: unknown';
      const words = [label, ...(name ? [name] : []), ...(stateInProcess ? ['● carts'] : [])];
      lines.push(node(instance, words.join('\n'), stateInProcess ? 'risk' : 'plain'));
      edges.push(edge(id('f'), instance));
      if (store) edges.push(edge(instance, id('s')));
    }
  }
  if (store) {
    const words = [`● ${store}`, 'sessions and carts', ...(linked ? ['copied, a moment late'] : [])];
    lines.push(node(id('s'), words.join('\n'), 'state', `, shape=cylinder, margin="0.2,0.12", ${font(14)}`));
  }
  return [...lines, '}', ...edges];
}
