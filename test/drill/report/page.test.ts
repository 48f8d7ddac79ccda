import { join } from 'node:path';
import { renderHtml } from '../../../drill/report/html/page';
import { style } from '../../../drill/report/html/style';
import type { DrillRun } from '../../../drill/report/result';
import { designStyle } from '../../../report/design/style';
import { everyKind, notApplicable, notAssessed, reportOf, run } from '../../support/drill/sample';
import { expectGolden } from '../../support/golden';

/** A line for each element and each stroke of a picture, so that a difference shows what changed; styles by name. */
const inLines = (html: string): string =>
  html
    .replace(designStyle, ' report/design/style.ts ')
    .replace(style, ' drill/report/html/style.ts ')
    .replaceAll('><', '>\n<')
    .replaceAll(/(?<=Z)(?=M)/g, '\n');

test('is, as a whole, like this', () =>
  expectGolden(join(__dirname, 'golden', 'page.html.txt'), inLines(renderHtml(everyKind))));

describe('the page', () => {
  const page = renderHtml(reportOf([{ ...run, variant: '<b>&"evil"' }, notApplicable, notAssessed]));

  test('opens with what it cost, then whether that was predicted', () => {
    expect(page).toContain('<h1>One crash costs 30 of 60 carts in &lt;b&gt;&amp;&quot;evil&quot;.</h1>');
    expect(page).toContain('<p class="lead">1 run: every shopper found exactly what the facts predict');
    expect(renderHtml(everyKind)).toContain('<h1>1 of 5 runs did not go as predicted');
  });

  test('shows every completed run with its picture, and says what was not assessed', () => {
    expect(page.match(/<svg /g)).toHaveLength(1);
    expect(page).toContain('5340da · zone 1: 11 answered');
    expect(page).toContain('no instance: 0 answered, 3 failed');
    expect(page).toContain('<strong>Not assessed.</strong> node ended');
  });

  test('says in the table where nobody is served until people act', () => {
    const away = { ...run, fault: 'region-loss', outageSeconds: null, platformSeconds: 0 } as const;
    const cellOf = (one: DrillRun) => /<td role="cell">(.*?)<\/td>/.exec(renderHtml(reportOf([one])))?.[1];
    expect(cellOf(away)).toContain('<small>until people act</small>');
    expect(cellOf(run)).not.toContain('people');
  });

  test('says how long answers took before, during and after, and nothing of a phase in which nobody asked', () => {
    const of = (p50: number, p99: number) => ({ requests: 9, p50, p95: p99, p99 });
    const phase = (shoppers: object | null, api: object | null) => ({ shoppers, api }) as never;
    const latency = {
      before: phase(of(7.2, 39), of(2, 5)),
      during: phase(of(12, 5043.4), null),
      after: phase(of(8, 40), of(2, 6)),
    };
    const slow = renderHtml(reportOf([{ ...run, latency }]));
    for (const [name, value] of [
      ['half answered within', '7 → 12 → 8 ms'],
      ['99 % answered within', '39 → 5043 → 40 ms'],
      ['API: 99 % within', '5 → – → 6 ms'],
    ])
      expect(slow).toContain(`<dt>${name}</dt><dd>${value}</dd>`);
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
