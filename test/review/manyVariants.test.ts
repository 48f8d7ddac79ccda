import { shortened } from '../../report/names';
import { answerOf } from '../../review/report/answer';
import { renderPage } from '../../review/report/html/page';
import { review } from '../../review/review';
import { prices, sound, sticky } from '../support/review/samples';

jest.mock('../../review/diagram/svg', () => ({
  ...jest.requireActual('../../review/diagram/svg'),
  svgDiagram: async ({ name }: { name: string }, id: string) => `<svg id="${id}">${name}</svg>`,
}));

const pageOf = (deployments: Parameters<typeof review>[0]) =>
  renderPage({ deployments, result: review(deployments, { prices }), prices, drill: null });

test('forty variants make a page without every pair, and one without any', async () => {
  const forty = Array.from({ length: 40 }, (_, index) => ({ ...sound(), name: `v${index}` }));
  const page = await pageOf(forty);
  expect(page).toContain('npm run compare A B');
  expect(page).not.toContain('<script');
  expect(page.length).toBeLessThan(2_000_000);
  expect(await pageOf([sound()])).not.toContain('Differences');
  expect(await pageOf([sound(), sticky()])).toContain('id="differences"');
});

test('a name of 200 letters is shortened in a sentence and whole in a table', async () => {
  const name = `begin${'a'.repeat(190)}end`;
  const { sentence } = answerOf(review([{ ...sticky(), name }], { prices }).variants);
  expect(sentence).toBe(`One crash costs 1 in 3 carts in ${shortened(name)}, from 219 USD a month.`);
  expect(shortened(name)).toMatch(/^begina{23}…a{25}end$/);
  expect((await pageOf([{ ...sticky(), name }])).replaceAll('<wbr>', '')).toContain(name);
  expect(shortened('short')).toBe('short');
});
