/** Writes the page and the diagrams as JSON: run as a program, because Jest cannot load the layout library, an ES module. */

import { readArchitecture } from '../../../architecture/read';
import { drawingOf } from '../../../review/diagram/drawing';
import { svgDiagram } from '../../../review/diagram/svg';
import { readDrill } from '../../../review/measured';
import { renderPage } from '../../../review/report/html/page';
import { review } from '../../../review/review';
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
  name: 'two regions <b>& متجر',
});

/** Names without a place to break, longer than a phone is wide. */
const long = () =>
  readArchitecture(
    {
      resource: {
        azurerm_linux_web_app: {
          ['an_app_of_a_name_that_is_longer_than_a_phone_is_wide'.repeat(2)]: { location: 'x' },
        },
      },
    },
    `pipelines/production/westeurope/${'a'.repeat(200)}/terraform/shop-and-checkout/plans/plan.json`,
  );

async function rendered(drill: string): Promise<Rendered> {
  const deployments = [sticky(), sound(), open(), two(), long()];
  return {
    page: await renderPage({
      deployments,
      result: review(deployments, { prices, today: '2026-11-24' }),
      prices,
      drill: readDrill(drill),
      made: {
        ...{ date: '2026-11-24 07:05 UTC', commit: null, versions: ['Steadystate 0.1.0'] },
        inputs: deployments.map(({ name }) => name),
      },
    }),
    sticky: await svgDiagram(drawingOf(sticky()), 'a'),
    again: await svgDiagram(drawingOf(sticky()), 'a'),
    sound: await svgDiagram(drawingOf(sound()), 'b'),
    two: await svgDiagram(drawingOf(two()), 'c'),
  };
}

if (require.main === module)
  rendered(process.argv[2] as string).then((all) => process.stdout.write(JSON.stringify(all)));
