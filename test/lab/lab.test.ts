import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { drillOne } from '../../drill/drill';
import { isCompleted } from '../../drill/report/result';
import { type Lab, startLab } from '../../lab/lab';
import { axeFindings } from '../support/accessibility';
import { describeInBrowser } from '../support/browser';
import { architecture, type Choices } from '../support/drill/architectures';
import { shop } from '../support/drill/shop';
import { until } from '../support/until';

// One lab for the whole file. The limits are there to end what hangs; a busy machine is no failure.
jest.setTimeout(300_000);

const zones: Choices = { entry: 'application-gateway', instances: 3, zoneBalanced: true };
const left = architecture({ ...zones, name: 'sticky', applicationGateway: 'on', appService: 'on' });
const right = architecture({ ...zones, name: 'sealed', appService: 'off', sessions: 'cookie' });
const seed = 7;
const shoppers = 12;
const timeScale = 300;

/** What the words of the story and the switches declare, as far as these tests come. */
const declared: Readonly<Record<string, Choices>> = {
  'single-zone,appService=off': { appService: 'off' },
  'single-zone': {},
  'sealed,appService=on': { ...zones, appService: 'on', sessions: 'cookie' },
};

describeInBrowser('the lab in a browser', (browser: () => Browser) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-labtest-'));
  const stopping = new AbortController();
  const complaints: string[] = [];
  let lab: Lab;
  let page: Page;

  beforeAll(async () => {
    lab = await startLab({
      ...{ port: 0, seed, shoppers, timeScale, signal: stopping.signal, readingMs: 300, redisServer: null },
      ...(await shop()),
      deployments: [
        ['sticky', left],
        ['sealed', right],
      ],
      deploymentOf: async (word) => architecture({ name: word, ...declared[word] }),
      withoutRedis: [],
      lockFile: path.join(folder, 'lock.json'),
    });
    page = await browser().newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(120_000);
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(lab.address);
  });
  afterAll(async () => {
    stopping.abort();
    await lab?.ended;
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const side = (index: number) => page.locator('section.side').nth(index);
  const figure = (index: number, name: string) => side(index).locator(`[data-figure="${name}"]`).textContent();
  const verdict = (index: number, fault: string) =>
    side(index)
      .locator('.verdicts strong', { hasText: `, ${fault}:` })
      .first();
  const runOf = (variant: string, fault: string) => {
    const run = lab.session.result().runs.findLast((each) => each.variant === variant && each.fault === fault);
    if (!run || !isCompleted(run)) throw new Error(`expected a run, got: ${JSON.stringify(run)}`);
    return run;
  };
  const ready = async (): Promise<void> => {
    for (const index of [0, 1]) await side(index).locator('.phase.ready').waitFor();
  };

  test('draws both deployments, wide and narrow, light and dark, and axe finds nothing', async () => {
    await side(1).locator('.instance').nth(2).waitFor();
    expect(await side(0).locator('.instance').count()).toBe(3);
    expect(await side(0).locator('h2').textContent()).toBe('sticky');
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [390, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    // From here on nothing is asked about what moves, and to draw it takes the time of the processes.
    await page.emulateMedia({ reducedMotion: 'reduce' });
  });

  test('a fault under one seed gives both sides the drill’s own verdict', async () => {
    await page.locator('[data-key="instance-crash"]').click();
    await verdict(0, 'instance-crash').waitFor();
    await verdict(1, 'instance-crash').waitFor();
    const drilled = await drillOne(left, 'instance-crash', { seed, shoppers, timeScale, ...(await shop()) });
    if (!('run' in drilled)) throw new Error(drilled.notApplicable);
    const [sticky, sealed] = [runOf('sticky', 'instance-crash'), runOf('sealed', 'instance-crash')];
    // A run that did not go as predicted says why.
    expect(await side(0).locator('.verdicts').textContent()).not.toContain('Surprises');
    expect([sticky.met, sealed.met]).toEqual([true, true]);
    expect(sticky.cartsLost).toBeGreaterThan(0);
    expect([sticky.cartsLost, sticky.writesLost, sticky.expected]).toEqual([
      drilled.run.cartsLost,
      drilled.run.writesLost,
      drilled.run.expected,
    ]);
    expect(sealed.cartsLost).toBe(0);
  });

  test('a zone is cut with one click, by keyboard as well, and the counter is the ledger’s', async () => {
    await ready();
    // Shoppers walk about, and no fault is judged by that: its record would grow as long as the lab is open.
    for (const { scene } of lab.session.sides())
      await until('the record of requests is dropped', () => scene.log.all.length === 0);
    await side(0).getByRole('button', { name: 'Cut zone 1 of swedencentral' }).focus();
    await page.keyboard.press('Enter');
    await verdict(0, 'zone-loss').waitFor();
    await verdict(1, 'zone-loss').waitFor();
    const [sticky, sealed] = [runOf('sticky', 'zone-loss'), runOf('sealed', 'zone-loss')];
    expect([sticky.met, sealed.met]).toEqual([true, true]);
    expect(sticky.cartsLost).toBeGreaterThan(0);
    expect(await figure(0, 'cartsLost')).toBe(`${sticky.cartsLost} of ${shoppers}`);
    expect(await figure(0, 'cartsAlive')).toBe(String(shoppers - sticky.cartsLost));
    expect(await figure(1, 'cartsLost')).toBe(`${sealed.cartsLost} of ${shoppers}`);
    // Azure has replaced it in another zone.
    expect(await side(0).locator('.zone').first().textContent()).toContain('empty');
    // A screen reader is given the same sentence.
    expect(await page.locator('[role="log"]').textContent()).toContain(await verdict(0, 'zone-loss').textContent());
  });

  test('the person at the page fills a cart, sees which instance has it, and loses it with that instance', async () => {
    await ready();
    await page.getByLabel('What I break, break on both sides').uncheck();
    await side(0).getByText('Be a shopper here').click();
    const frame = side(0).frameLocator('iframe');
    await frame.getByRole('button', { name: 'Add Anchor to cart' }).click();
    await side(0).locator('.yours', { hasText: 'In your cart: 1.' }).waitFor();
    const cookie = await side(0).locator('.cookies code', { hasText: 'ARRAffinity=' }).first().textContent();
    const home = /ARRAffinity=(\w{6})/.exec(cookie ?? '')?.[1] ?? '';
    await side(0).locator('.instance', { hasText: home }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Crash it' }).click();
    await side(0).locator('.yours', { hasText: 'Your cart is gone, with 1 thing' }).waitFor();
    await verdict(0, 'instance-crash').waitFor();
    expect(await verdict(1, 'instance-crash').count()).toBe(1);
    await ready();
  });

  test('a switch starts its side again with the choice overridden, and says so', async () => {
    await side(1).getByText('Change this deployment').click();
    await side(1).getByLabel('Affinity of App Service').selectOption('on');
    await side(1).locator('h2', { hasText: 'sealed,appService=on' }).waitFor();
    expect(await page.locator('[role="log"]').textContent()).toContain('sealed: appService off → on.');
    await ready();
  });

  test('the story proves its sentence with the figures of its own run', async () => {
    await page.getByRole('button', { name: 'HTTP is stateless' }).click();
    await page.locator('.proof').waitFor();
    const stateless = runOf('single-zone,appService=off', 'none');
    expect(stateless.cartsLost).toBeGreaterThan(0);
    expect(await page.locator('.proof').textContent()).toContain(`${stateless.cartsLost} of ${shoppers} shoppers`);
    expect(await page.locator('.told').textContent()).toContain(
      `npm run drill single-zone,appService=off none seed=${seed}`,
    );
    await page.getByRole('button', { name: 'Next scene' }).click();
    await page.locator('.proof', { hasText: 'Affinity hides it: nothing broke, and none of 12' }).waitFor();
    expect(await page.getByRole('button', { name: 'Redis keeps it' }).isDisabled()).toBe(true);
  });

  test('a replay shows the same without a lab, and asks the network for nothing', async () => {
    const asked: string[] = [];
    const saved = await (await page.request.get(`${lab.address}lab.html`)).text();
    const file = path.join(folder, 'replay.html');
    fs.writeFileSync(file, saved);
    const replay = await browser().newPage({ viewport: { width: 390, height: 800 } });
    replay.on('request', (request) => asked.push(request.url()));
    replay.on('pageerror', (error) => complaints.push(error.message));
    await replay.goto(`file://${file}`);
    await replay
      .getByLabel('Position in the recording')
      .fill((await replay.getByLabel('Position in the recording').getAttribute('max')) ?? '');
    await replay.locator('.proof', { hasText: 'Affinity hides it' }).waitFor();
    expect(await axeFindings(replay)).toEqual([]);
    expect(asked).toEqual([`file://${file}`]);
    await replay.close();
  });

  test('it ends with everything that it had started, and its page says so', async () => {
    const pids = lab.session.sides().flatMap(({ scene }) => scene.fleet.instances().map(({ pid }) => pid));
    expect(pids.length).toBeGreaterThan(0);
    stopping.abort();
    expect(await lab.ended).toBe('It was interrupted.');
    await page.locator('body.ended').waitFor();
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow();
    expect(fs.existsSync(path.join(folder, 'lock.json'))).toBe(false);
    expect(complaints.filter((each) => !/ERR_|Failed to load/.test(each))).toEqual([]);
  });
});
