/** Writes the page and the diagrams as JSON: run as a program, because Jest cannot load the layout library, an ES module. */

import { drawingOf } from '../../review/diagram/drawing';
import { standalone, svgDiagram } from '../../review/diagram/svg';
import { readDrill } from '../../review/report/html/drill';
import { renderPage } from '../../review/report/html/page';
import { review } from '../../review/review';
import { open, prices, sound, sticky } from './samples';
import { deployment, frontDoor, secondApp } from './terraform';

export interface Rendered {
  readonly page: string;
  readonly sticky: string;
  readonly again: string;
  readonly sound: string;
  readonly two: string;
}

const two = () => ({
  ...deployment({
    more: {
      azurerm_linux_web_app: secondApp(),
      ...frontDoor({ others: ['second'], group: { session_affinity_enabled: true } }),
    },
  }),
  name: 'two regions <b>&',
});

async function rendered(drill: string): Promise<Rendered> {
  const deployments = [sticky(), sound(), open(), two()];
  return {
    page: await renderPage({
      deployments,
      result: review(deployments, { prices, today: '2026-11-24' }),
      prices,
      drill: readDrill(drill),
    }),
    sticky: await svgDiagram(drawingOf(sticky()), 'a'),
    again: await svgDiagram(drawingOf(sticky()), 'a'),
    sound: await svgDiagram(drawingOf(sound()), 'b'),
    two: standalone(await svgDiagram(drawingOf(two()), 'c')),
  };
}

if (require.main === module)
  rendered(process.argv[2] as string).then((all) => process.stdout.write(JSON.stringify(all)));
