import { join } from 'node:path';
import { renderHtml } from '../../../drill/report/html/page';
import type { DrillReport } from '../../../drill/report/result';
import { details, notApplicable, notAssessed, reportOf, run } from '../../support/drill/sample';
import { expectGolden } from '../../support/golden';

const expecting = (cartsLost: number, source: string) => ({ cartsLost, expected: { cartsLost, source } });

/** Every kind of run: as expected, a control, adds lost at a return, a surprise, and two that were not drilled. */
const everyKind: DrillReport = {
  ...{ timeScale: 60, seed: 7 },
  runs: [
    run,
    { ...run, variant: 'cached', fault: 'none', ...expecting(0, 'Carts live in Redis.') },
    {
      ...{ ...run, variant: 'two-regions', fault: 'region-loss', cartsResurrected: 30, platformSeconds: 52 },
      ...expecting(60, 'Carts live in Redis, but that Redis is gone with its region.'),
    },
    { ...run, variant: 'cached', ...expecting(0, 'Carts live in Redis.'), writesLost: 2, met: false },
    notApplicable,
    notAssessed,
  ],
  details: [
    details,
    { ...details, timeline: null },
    { ...details, timeline: null, writesLostAtReturn: 35, remark: 'Both regions have a Redis of their own.' },
    { ...details, timeline: null, surprises: ['the Redis replica of north ended by itself', 'shopper 3: 2 adds'] },
    null,
    null,
  ],
};

/** A line for each element and each stroke of a picture, so that a difference shows what changed. */
const inLines = (html: string): string => html.replaceAll('><', '>\n<').replaceAll(/(?<=Z)(?=M)/g, '\n');

test('is, as a whole, like this', () =>
  expectGolden(join(__dirname, 'golden', 'page.html'), inLines(renderHtml(everyKind))));

describe('the page', () => {
  const page = renderHtml(reportOf([{ ...run, variant: '<b>&"evil"' }, notApplicable, notAssessed]));

  test('opens with the verdict, shows every completed run with its picture, and says what was not assessed', () => {
    expect(page.indexOf('<h1>1 run: every shopper')).toBeGreaterThan(0);
    expect(page.match(/<svg /g)).toHaveLength(1);
    expect(page).toContain('5340da · zone 1: 11 answered');
    expect(page).toContain('no instance: 0 answered, 3 failed');
    expect(page).toContain('<strong>Not assessed.</strong> node ended');
  });

  test('loads nothing and runs no script', () => {
    expect(page).not.toMatch(/<script|<link|<img|src=|href="(?!#)|url\(|@import/i);
  });

  test('what facts say is text, never markup', () => {
    expect(page).toContain('&lt;b&gt;&amp;&quot;evil&quot;');
    expect(page).not.toContain('<b>');
  });

  test('every link of the matrix leads to a run on the page', () => {
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(1);
    for (const id of targets) expect(page).toContain(`id="${id}"`);
  });
});
