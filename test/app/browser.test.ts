import type { Browser, Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser';
import { describeWithRedis, type RedisServer, startRedis } from '../support/redis';
import { openShop, type Shop } from './shop';

const widths = [1280, 390] as const;

/** What the browser complained about: script, styles, cookies, the content security policy, requests that failed. */
async function openPage(browser: Browser, shop: Shop, javaScriptEnabled = true) {
  const viewport = { width: widths[0], height: 800 };
  const context = await browser.newContext({ viewport, baseURL: shop.url, javaScriptEnabled });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    // Whoever leaves a page before its icon is there aborts that request.
    if (why !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${why}`);
  });
  return { context, page, complaints };
}

/** A page wider than its window scrolls sideways. Measured by layout, not by script of the page's own. */
async function fits(page: Page): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const widest = await page.locator('html').evaluate((html) => html.scrollWidth);
    expect([page.url(), widest]).toEqual([page.url(), width]);
  }
}

/** Presses Tab until the element with that accessible name has the focus. @throws after 60 */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    const text = (await focused.count()) === 0 ? '' : ((await focused.textContent()) ?? '');
    if (text.replaceAll(/\s+/g, ' ').trim() === name) return;
  }
  throw new Error(`The keyboard does not get to "${name}" on ${page.url()}.`);
}

function canBeBoughtIn(browser: () => Browser, javaScriptEnabled: boolean, open: () => Promise<Shop>): void {
  test('the whole purchase, at 1280 pixels and at 390 nothing to scroll sideways, no complaint', async () => {
    const shop = await open();
    const { context, page, complaints } = await openPage(browser(), shop, javaScriptEnabled);
    await page.goto('/');
    await fits(page);
    await page.getByRole('link', { name: 'Gyroscope' }).click();
    await fits(page);
    await page.getByLabel('Quantity of Gyroscope').fill('3');
    await page.getByRole('button', { name: 'Add Gyroscope to cart' }).click();
    await page.waitForURL('**/cart');
    await page.goto('/');
    await page.getByRole('button', { name: 'Add Tripod to cart' }).click();
    await page.waitForURL('**/cart');
    await fits(page);
    await page.getByLabel('Quantity of Gyroscope').fill('2');
    await page.getByRole('button', { name: 'Update Gyroscope' }).click();
    expect(await page.locator('.total').textContent()).toContain('€ 147.00');
    await page.getByRole('button', { name: 'Remove Tripod' }).click();
    expect(await page.locator('.total').textContent()).toContain('€ 58.00');
    await page.getByRole('link', { name: 'Check out' }).click();
    await fits(page);
    await page.getByRole('button', { name: 'Place the order' }).click();
    await page.waitForURL('**/receipt');
    await fits(page);
    expect(await page.locator('main').textContent()).toMatch(/Your order is [0-9A-Z]{5}-[0-9A-Z]{5}\.[\s\S]*€ 58\.00/);
    await page.getByRole('link', { name: 'Your cart' }).click();
    expect(await page.locator('main').textContent()).toContain('It is empty.');
    expect(complaints).toEqual([]);
    await context.close();
    await shop.close();
  });
}

describeInBrowser('in a browser', (browser) => {
  describe('sessions in memory, with script', () => {
    canBeBoughtIn(browser, true, () => openShop());
  });

  test('the keyboard alone buys', async () => {
    const shop = await openShop();
    const { context, page } = await openPage(browser(), shop);
    await page.goto('/');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to the content');
    await tabTo(page, 'Add Anchor to cart');
    // The ring that shows where the focus is.
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/cart');
    await tabTo(page, 'Check out');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/checkout');
    await tabTo(page, 'Place the order');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/receipt');
    await context.close();
    await shop.close();
  });

  test('the strip names the affinity cookies, and its button takes them from the browser', async () => {
    const shop = await openShop({ WEBSITE_INSTANCE_ID: 'a'.repeat(64) });
    const { context, page, complaints } = await openPage(browser(), shop);
    await context.addCookies([{ name: 'ARRAffinity', value: 'a'.repeat(64), url: shop.url, httpOnly: true }]);
    await page.goto('/products/anchor');
    expect(await page.locator('.strip').textContent()).toMatch(/Affinity cookies\s*ARRAffinity/);
    await fits(page);
    await page.getByRole('button', { name: 'Drop affinity' }).click();
    expect(new URL(page.url()).pathname).toBe('/products/anchor');
    expect(await page.locator('.strip').textContent()).toMatch(/Affinity cookies\s*none/);
    expect((await context.cookies()).map(({ name }) => name).sort()).toEqual(['shop.form', 'shop.last']);
    expect(complaints).toEqual([]);
    await context.close();
    await shop.close();
  });

  describe('sessions in a sealed cookie, without script', () => {
    canBeBoughtIn(browser, false, () => openShop({ SESSION_STORE: 'cookie' }));
  });

  describeWithRedis('sessions in Redis, without script', () => {
    let redis: RedisServer;
    beforeAll(async () => {
      redis = await startRedis();
    });
    canBeBoughtIn(browser, false, () => openShop({ SESSION_STORE: 'redis', REDIS_URL: redis.url }));
  });
});
