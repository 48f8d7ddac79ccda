import fs from 'node:fs';
import type { Page } from 'playwright-core';

/** What axe finds on a page as it is shown now: a line per rule and place. */
export async function axeFindings(page: Page): Promise<string[]> {
  const source = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  // The page allows no script but its own, so the library comes in through the debugger.
  await page.evaluate(`${source}; undefined`);
  return (await page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' at ' + target.join(' '))))`)) as string[];
}

/** Inches of paper, and the margin that the style asks for. */
const widths = { A4: 8.27, Letter: 8.5 } as const;
const marginInches = 24 / 25.4;

/**
 * What would be lost on paper: elements that reach over its edge, and words that are broken. The page is laid out for
 * print at the width of the paper; the screen is put back before it returns.
 */
export async function cutOnPaper(page: Page, format: keyof typeof widths): Promise<string[]> {
  const width = Math.floor((widths[format] - marginInches) * 96);
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: 1000 });
  await page.emulateMedia({ media: 'print' });
  await page.evaluate('dispatchEvent(new Event("beforeprint"))');
  try {
    return (await page.evaluate(`[...document.querySelectorAll('table,td,th,svg,p,pre,figure,dd')]
      .filter((e) => e.checkVisibility() && (e.getBoundingClientRect().right > ${width} + 1 || e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).display !== 'inline'))
      .map((e) => e.tagName + ' ' + (e.textContent || '').trim().slice(0, 60))`)) as string[];
  } finally {
    await page.emulateMedia({ media: null });
    if (before) await page.setViewportSize(before);
  }
}
