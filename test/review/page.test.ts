import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { drawingOf } from '../../review/diagram/drawing';
import { readDrill } from '../../review/measured';
import { drillSection } from '../../review/report/html/drill';
import { resourceList } from '../../review/report/html/resources';
import { axeFindings, cutOnPaper } from '../support/accessibility';
import { describeInBrowser } from '../support/browser';
import type { Rendered } from '../support/review/rendered';
import { expectGolden, sound } from '../support/review/samples';
import { deployment } from '../support/review/terraform';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-page-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function render(): Rendered {
  const drill = path.join(folder, 'drill.json');
  const run = { variant: 'sticky', shoppers: 60, writesLost: 1, requests: 900, requestsFailed: 12 };
  const runs = [
    { ...run, fault: 'instance-crash', cartsLost: 20, met: true },
    { ...run, fault: 'redis-outage', notApplicable: 'it has no Redis' },
  ];
  fs.writeFileSync(drill, JSON.stringify({ timeScale: 60, seed: 7, runs }));
  const program = path.join(__dirname, '..', 'support', 'review', 'rendered.ts');
  const { stdout, stderr } = spawnSync(process.execPath, ['-r', './commands/typescript.cjs', program, drill], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Rendered;
}
let rendered: Rendered;
beforeAll(() => {
  rendered = render();
});

describe('diagrams', () => {
  test('the same drawing gives the same bytes, and marks where state lives', () => {
    expect(rendered.sticky).toBe(rendered.again);
    expect(rendered.sticky.match(/class="node risk"/g)).toHaveLength(3);
    expect(rendered.sticky).toContain('class="edge cookie"');
    expect(rendered.sound.match(/class="node state"/g)).toHaveLength(1);
  });

  test('leaves its colours to the style of the page, and escapes the name of a variant', () => {
    expect(rendered.two).not.toMatch(/ (fill|stroke)="/);
    expect(rendered.two).not.toContain('<b>');
  });

  test.each(['sticky', 'sound', 'two'] as const)('%s looks as it did when a person looked at it', (name) =>
    expectGolden(`${name}.svg`, `${rendered[name]}\n`),
  );

  test('a session that the client holds is drawn at the client', () => {
    expect(drawingOf(deployment()).clientHolds).toBe('the whole session, sealed in a cookie');
    expect(drawingOf(sound()).clientHolds).toBeNull();
  });
});

describe('the page', () => {
  test('asks the network for nothing, and says the answer first', () => {
    const { page } = rendered;
    expect(page).not.toMatch(/(src|href)="(?!#|https:\/\/|data:,)/);
    expect(page).not.toMatch(/<(link rel="stylesheet"|img|iframe|script src)/);
    expect(page.indexOf('id="answer"')).toBeLessThan(page.indexOf('id="comparison"'));
    expect(page.indexOf('id="comparison"')).toBeLessThan(page.indexOf('id="diagrams"'));
  });

  test('a name that is written from the right turns nothing around it, and is no markup in an attribute', () => {
    const words = rendered.page.replaceAll(/<(title|script)[\s\S]*?<\/\1>/g, '');
    expect(words).toContain('two regions &lt;b&gt;&amp; <bdi>متجر</bdi>');
    expect(words.replaceAll('<bdi>متجر</bdi>', '').replaceAll(/="[^"]*"/g, '')).not.toContain('متجر');
    expect(words).not.toMatch(/="[^"]*<bdi>/);
    expect(rendered.page).toMatch(/<title>[^<]*متجر/);
  });

  test('without JavaScript nothing is shown that does nothing', () => {
    expect(rendered.page).toMatch(/<noscript><style>\.choose\{display:none\}<\/style>/);
  });

  test('many resources are their number, which opens', () => {
    expect(resourceList(['a.a', 'a.b', 'a.c']).markup).not.toContain('<details');
    expect(resourceList(['a.a', 'a.b', 'a.c', 'a.d']).markup).toMatch(
      /<details.*<summary>4 resources<\/summary>.*a\.d.*<\/details>/,
    );
  });

  test.each([
    ['a file that is missing', 'nowhere.json', undefined, /cannot be read: ENOENT/],
    ['another result', 'other.json', { variants: [] }, /is not a result of drill --json: runs/],
    [
      'a run with neither figures nor a reason',
      'bare.json',
      { runs: [{ variant: 'sticky', fault: 'zone-loss' }] },
      /runs\.0 has neither figures \(shoppers, cartsLost\) nor a reason/,
    ],
  ])('refuses %s as drill results', (_, name, content, message) => {
    const file = path.join(folder, name);
    if (content) fs.writeFileSync(file, JSON.stringify(content));
    expect(() => readDrill(file)).toThrow(message);
  });

  test('a drill that could not be assessed shows as unsure, with its reason', () => {
    const file = path.join(folder, 'unassessed.json');
    const run = { variant: 'sticky', fault: 'zone-loss', notAssessed: 'the fleet did not recover' };
    fs.writeFileSync(file, JSON.stringify({ runs: [run] }));
    const { markup } = drillSection(readDrill(file), new Set(['sticky']));
    expect(markup).toContain(
      '<span class="unknown surprise">?<small>not assessed</small><small>the fleet did not recover</small></span>',
    );
    expect(markup).not.toMatch(/<span class="none/);
  });
});

describeInBrowser('the page in Chromium', (browser) => {
  const file = path.join(folder, 'page.html');
  beforeAll(() => fs.writeFileSync(file, rendered.page));

  /** One page for all tests: what each is about is set before it looks. */
  let page: Page;
  const trouble: string[] = [];
  beforeAll(async () => {
    page = await browser().newPage();
    page.on('pageerror', ({ message }) => trouble.push(message));
    page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
    page.on('request', (request) => !/^(file|data):/.test(request.url()) && trouble.push(request.url()));
    await page.goto(`file://${file}`);
  });
  afterEach(() => expect(trouble).toEqual([]));

  test.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)(
    'fits %i px in %s, with text that can be read',
    async (width, colorScheme) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      const contrasts = (await page.evaluate(contrastScript)) as { text: string; ratio: number }[];
      expect(contrasts.length).toBeGreaterThan(20);
      // WCAG AA for text of this size.
      expect(contrasts.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
    },
    120_000,
  );

  test.each([1280, 390])(
    'axe finds nothing at %i px',
    async (width) => {
      await page.setViewportSize({ width, height: 900 });
      expect(await axeFindings(page)).toEqual([]);
    },
    180_000,
  );

  test.each(['A4', 'Letter'] as const)('%s has every column and cuts no word', async (format) => {
    expect(await cutOnPaper(page, format)).toEqual([]);
  });

  test('a tablet shows tables, and a phone cards and the middle of a wide diagram', async () => {
    const display = () =>
      page
        .locator('#answer tbody tr')
        .first()
        .evaluate((row) => getComputedStyle(row).display);
    await page.setViewportSize({ width: 768, height: 900 });
    expect([await display(), await page.evaluate('document.documentElement.scrollWidth')]).toEqual(['table-row', 768]);
    await page.setViewportSize({ width: 390, height: 900 });
    await page.reload();
    expect(await display()).toBe('block');
    const scrolled = () =>
      page
        .locator('#diagrams .pan')
        .evaluateAll((all) => all.map((pan) => [pan.scrollWidth - pan.clientWidth, pan.scrollLeft]));
    for (const [room = 0, left = 0] of await scrolled()) expect(Math.abs(left - room / 2)).toBeLessThan(3);
    expect((await scrolled()).some(([room = 0]) => room > 50)).toBe(true);
  });

  test('in a diagram no arrow leads through text, text stays in its box, and all of it has one size', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    const all = (await page.evaluate(diagramScript)) as { texts: number; sizes: string[]; crossed: string[] }[];
    expect(all).toHaveLength(5);
    for (const { texts, crossed, sizes } of all) {
      expect(texts).toBeGreaterThan(3);
      expect(crossed).toEqual([]);
      expect(sizes).toEqual(['13px']);
    }
  });

  test('shows the difference of any two, turned round by keyboard', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    const [from, to, shown] = [page.locator('#from'), page.locator('#to'), page.locator('#difference')];
    await from.selectOption('0');
    await to.selectOption('1');
    expect(await shown.locator('tbody tr').first().innerText()).toBe('state\tsessions\tin-process\tredis');
    expect(await shown.locator('p').allInnerTexts()).toEqual([
      'Every session is lost sessions do not move from one store to another (in process → Redis).',
    ]);
    await page.locator('#swap').focus();
    await page.keyboard.press('Enter');
    expect(await shown.locator('tbody tr').first().innerText()).toBe('state\tsessions\tredis\tin-process');
    expect(await shown.locator('p').allInnerTexts()).toEqual([
      'Every session is lost sessions do not move from one store to another (Redis → in process).',
    ]);
    await shown.locator('summary').focus();
    await page.keyboard.press('Enter');
    const resources = await shown.locator('li').allInnerTexts();
    expect(resources.map((text) => text.split('\n')[0])).toEqual([
      '− azurerm_managed_redis.cache',
      '− azurerm_monitor_autoscale_setting.scale',
      '? azurerm_application_gateway.gate cannot tell',
      '~ azurerm_linux_web_app.app in place',
      '~ azurerm_service_plan.plan in place',
    ]);
    await to.selectOption('1');
    await from.selectOption('1');
    expect(await shown.innerText()).toBe('Choose two different variants.');
  });

  test('shows what the drill lost, and prints every detail', async () => {
    expect(await page.locator('#drill tbody tr').innerText()).toMatch(
      /sticky\s+20\s+\+1 add\s+12 failed\s+cannot apply/,
    );
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.locator('details:not([open])').count()).toBe(0);
  });
});

/** Of each diagram: how much text it has, in which sizes, and what is wrong with it. */
const diagramScript = `[...document.querySelectorAll('svg.diagram')].map((svg) => {
  const texts = [...svg.querySelectorAll('text')].map((e) => ({ words: e.textContent, e, box: e.getBoundingClientRect() }));
  const points = [...svg.querySelectorAll('.edge path')].flatMap((path) => {
    const [length, matrix] = [path.getTotalLength(), path.getScreenCTM()];
    return Array.from({ length: 200 }, (_, i) => path.getPointAtLength((length * i) / 199).matrixTransform(matrix));
  });
  const crossed = texts.filter(({ box }) => points.some(({ x, y }) => x > box.left + 1 && x < box.right - 1 && y > box.top + 2 && y < box.bottom - 2));
  const outside = texts.filter(({ e, box }) => {
    const shape = e.closest('.node')?.querySelector('path,polygon')?.getBoundingClientRect();
    return shape && (box.left < shape.left || box.right > shape.right || box.top < shape.top - 1 || box.bottom > shape.bottom + 1);
  });
  return { texts: texts.length, sizes: [...new Set(texts.map(({ e }) => getComputedStyle(e).fontSize))], crossed: [...crossed, ...outside].map(({ words }) => words) };
})`;

/** Contrast of every short text with what is behind it, composited from its ancestors. */
const contrastScript = `(() => {
  const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return { rgb: m.slice(0, 3), a: m[3] ?? 1 }; };
  const lum = (rgb) => { const [r, g, b] = rgb.map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = (e) => { for (let n = e; n; n = n.parentElement) { const { rgb, a } = parse(getComputedStyle(n).backgroundColor); if (a === 1) return rgb; } return [255, 255, 255]; };
  return [...document.querySelectorAll('h1,h2,p,th,td,a,.tag,code,figcaption,summary,dt,dd')].filter((e) => e.checkVisibility() && e.textContent.trim()).map((e) => {
    const [a, b] = [lum(parse(getComputedStyle(e).color).rgb), lum(behind(e))];
    return { text: e.textContent.trim().slice(0, 30), ratio: Math.round(((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)) * 100) / 100 };
  });
})()`;
