import type { Drawing, DrawnRegion } from './drawing';

/** Graphviz reads entities of HTML in a label: what looks like one is text here. */
const quoted = (text: string) =>
  `"${text.replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;

/** Graphviz source; what it looks like is decided by classes, so that it can follow the colour scheme. */
export function dot({ clientHolds, global, regions, linked }: Drawing): string {
  const lines = [
    'digraph {',
    'graph [rankdir=TB, nodesep=0.22, ranksep=0.5, labeljust=l, fontname="Helvetica", fontsize=14, pad=0.12, bgcolor="transparent"]',
    'node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=14, margin="0.16,0.09", height=0.38]',
    'edge [fontname="Helvetica", fontsize=13, arrowsize=0.6]',
    node(
      'client',
      clientHolds ? `browser\n● ${clientHolds.replace(', ', ',\n')}` : 'browser',
      clientHolds ? 'state' : 'plain',
    ),
  ];
  let above = 'client';
  for (const [index, layer] of global.entries()) {
    lines.push(node(`g${index}`, layer.name, 'plain'), way(above, `g${index}`, layer.cookie, 'way'));
    above = `g${index}`;
  }
  for (const [index, region] of regions.entries()) lines.push(...regionLines(region, index, above));
  if (linked)
    for (let index = 1; index < regions.length; index++)
      lines.push(
        `s${index - 1} -> s${index} [dir=both, constraint=false, class="copies", label="copies, a moment late"]`,
      );
  return [...lines, '}'].join('\n');
}

const node = (id: string, label: string, kind: string, more = '') =>
  `${id} [label=${quoted(label)}, class=${quoted(kind)}${more}]`;
const edge = (from: string, to: string, kind = 'way') => `${from} -> ${to} [class=${quoted(kind)}]`;
/** An edge, or with a cookie the one that says what it names. */
const way = (from: string, to: string, cookie: string | null, kind: string) =>
  cookie ? `${from} -> ${to} [class="cookie", style=dashed, label=${quoted(` ${cookie}`)}]` : edge(from, to, kind);

function regionLines(region: DrawnRegion, index: number, above: string): string[] {
  const { gateway, front, zones, stateInProcess, store } = region;
  const id = (kind: string) => `${kind}${index}`;
  const lines = [
    `subgraph cluster_r${index} {`,
    `label=${quoted(`${region.name} · ${region.role}`)}`,
    'style="rounded"',
    'class="region"',
    'margin=14',
  ];
  const edges: string[] = [];
  let last = above;
  const kind = region.role === 'active' ? 'way' : 'idle';
  if (gateway) {
    lines.push(node(id('w'), gateway.name, 'plain'));
    edges.push(way(last, id('w'), gateway.cookie, kind));
    last = id('w');
  }
  lines.push(node(id('f'), front.name, 'plain'));
  edges.push(way(last, id('f'), front.cookie, kind));
  for (const [zone, { name, instances, drawn }] of zones.entries()) {
    if (name)
      lines.push(
        `subgraph cluster_z${index}_${zone} {`,
        `label=${quoted(name)}`,
        'class="zone"',
        'style="rounded,dashed"',
        'margin=8',
      );
    for (let copy = 0; copy < drawn; copy++) {
      const instance = `i${index}_${zone}_${copy}`;
      const left = copy === drawn - 1 ? instances - drawn : 0;
      const label = region.instancesKnown ? `instance${left > 0 ? `, and ${left} more` : ''}` : 'instances: ?';
      lines.push(
        node(instance, stateInProcess ? `${label}\n● carts in memory` : label, stateInProcess ? 'state' : 'plain'),
      );
      edges.push(edge(id('f'), instance));
      if (store) edges.push(edge(instance, id('s')));
    }
    if (name) lines.push('}');
  }
  if (store)
    lines.push(node(id('s'), `● ${store}\nsessions and carts`, 'state', ', shape=cylinder, margin="0.25,0.12"'));
  return [...lines, '}', ...edges];
}
