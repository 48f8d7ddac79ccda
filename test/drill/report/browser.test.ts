import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { faultNames } from '../../../drill/faults';
import { renderHtml } from '../../../drill/report/html/page';
import type { DrillRun } from '../../../drill/report/result';
import { axeFindings, cutOnPaper } from '../../support/accessibility';
import { describeInBrowser } from '../../support/browser';
import { reportOf, run } from '../../support/drill/sample';
import { until } from '../../support/until';

const variants = [
  'single-zone',
  'multi-region-active-passive',
  'a'.repeat(200),
  'متجر',
  ...Array.from({ length: 36 }, (_, index) => `v${index}`),
];
const runs = variants.slice(0, 5).flatMap((variant, row) =>
  faultNames.map((fault, column): DrillRun => {
    if (column === 8) return { variant, fault, notApplicable: 'there is no Redis: sessions live elsewhere' };
    if (column === 9 && row === 2) return { variant, fault, notAssessed: `${'b'.repeat(150)} did not answer` };
    return { ...run, variant, fault, cartsLost: row * column, writesLost: column, met: row !== 4 };
  }),
);
const many = variants.map((variant): DrillRun => ({ ...run, variant }));

describeInBrowser('the drill’s page in Chromium', (browser) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-drill-page-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  let page: Page;
  beforeAll(async () => {
    fs.writeFileSync(path.join(folder, 'all.html'), renderHtml(reportOf(runs)));
    fs.writeFileSync(path.join(folder, 'few.html'), renderHtml(reportOf(runs.slice(15, 30))));
    fs.writeFileSync(path.join(folder, 'many.html'), renderHtml(reportOf(many)));
    page = await browser().newPage();
  });
  const open = async (name: string, width: number) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`file://${path.join(folder, `${name}.html`)}`);
  };

  test.each(['all', 'many'])('%s: nothing reaches over the edge of any screen', async (name) => {
    for (const width of [1280, 768, 390]) {
      await open(name, width);
      expect([width, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([width, width]);
    }
  });

  test.each([1280, 390])(
    'axe finds nothing at %i px',
    async (width) => {
      await open('few', width);
      expect(await axeFindings(page)).toEqual([]);
    },
    180_000,
  );

  test.each(['A4', 'Letter'] as const)('%s has every column and cuts no word', async (format) => {
    await open('all', 1280);
    expect(await cutOnPaper(page, format)).toEqual([]);
  });

  test('a phone opens a timeline at its fault, and scrolls on from there', async () => {
    await open('all', 390);
    const timeline = page.locator('.pan').first();
    const faultAt = () =>
      timeline.evaluate((pan) => {
        const [fault, frame] = [pan.querySelector('.opens') as Element, pan].map((one) => one.getBoundingClientRect());
        return Math.round((fault?.left ?? 0) - (frame?.left ?? 0));
      });
    await until('the fault in sight', async () => (await faultAt()) > 0 && (await faultAt()) < 300);
    await until('the end of the pull towards it', () =>
      timeline.evaluate((pan) => getComputedStyle(pan.querySelector('.opens') as Element).scrollSnapAlign === 'none'),
    );
    await timeline.evaluate((pan) => pan.scrollTo(0, 0));
    expect(await timeline.evaluate((pan) => pan.scrollLeft)).toBe(0);
  });
});
