import { allPrintable } from '../../report/printable';
import type { Drawing, DrawnRegion, Layer } from './drawing';

/** For a terminal: the way of a request from the top, `●` where state lives. */
export function textDiagram(drawing: Drawing): string {
  const { name, clientHolds, global, regions, linked } = allPrintable(drawing);
  const lines = [name, `client${clientHolds ? `  ● holds ${clientHolds}` : ''}`];
  for (const layer of global) lines.push(`└─ ${layerWords(layer)}`);
  const indent = global.length > 0 ? '   ' : '';
  for (const [index, region] of regions.entries()) {
    const last = index === regions.length - 1;
    lines.push(`${indent}${last ? '└─' : '├─'} ${region.name} (${region.role})`);
    lines.push(...regionLines(region).map((line) => `${indent}${last ? '   ' : '│  '}${line}`));
  }
  if (linked) lines.push(`${indent}   ⇄ the stores of the regions are copies of each other`);
  return `${lines.join('\n')}\n`;
}

const layerWords = ({ name, cookie }: Layer) => `${name}${cookie ? `, ${cookie}` : ''}`;

function regionLines({ gateway, front, zones, stateInProcess, store, instancesKnown }: DrawnRegion): string[] {
  const held = stateInProcess ? '  ● carts in memory' : '';
  const spread = zones.map(
    ({ name, instances }) =>
      `${name ? `${name}: ` : ''}${instancesKnown ? `${instances} instance${instances === 1 ? '' : 's'}` : 'instances: ?'}`,
  );
  return [
    ...(gateway ? [`└─ ${layerWords(gateway)}`] : []),
    `${gateway ? '   ' : ''}└─ ${layerWords(front)}`,
    `${gateway ? '   ' : ''}   └─ ${spread.join(', ')}${held}`,
    ...(store ? [`${gateway ? '   ' : ''}      └─ ● ${store}: sessions and carts`] : []),
  ];
}
