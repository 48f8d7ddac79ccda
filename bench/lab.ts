import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumPath } from '../test/support/browser';

/**
 * Whether the lab's page stays smooth beside what it shows: two sides of six instances each. Frames are counted in an empty
 * page of the same browser first, so that a slow machine slows both alike.
 */
const words = ['zone-redundant-sticky,instances=6', 'zone-redundant,instances=6'];
const seconds = 15;
/** A frame that comes later than this is one that thirty frames a second would have had. */
const frameMs = 1000 / 30;

// Both run in the page, so they are text: this program is checked without a browser's types.
const everySideAnswers = `(() => {
  const rates = [...document.querySelectorAll('[data-figure=answersPerSecond]')];
  return rates.length === ${words.length} && rates.every(({ textContent }) => Number(textContent) > 0);
})()`;

/** Milliseconds between frames. */
const gapsOf = (ms: number) => `new Promise((resolve) => {
  const found = [];
  const start = performance.now();
  let before = start;
  const next = (now) => {
    found.push(now - before);
    before = now;
    if (now - start < ${ms}) requestAnimationFrame(next);
    else resolve(found);
  };
  requestAnimationFrame(next);
})`;

interface Frames {
  readonly perSecond: number;
  /** Share of thirty frames a second that did not come in time. */
  readonly dropped: number;
}

async function main(): Promise<void> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) {
    console.log('The lab is not measured: there is no Chromium on the PATH. CHROMIUM_PATH may name one.');
    return;
  }
  const root = path.join(__dirname, '..');
  const loader = path.join(root, 'commands', 'typescript.cjs');
  const lab = spawn(process.execPath, ['-r', loader, 'commands/lab.ts', ...words], { cwd: root });
  lab.stderr.pipe(process.stderr);
  const ended = once(lab, 'close');
  let browser: Browser | undefined;
  try {
    const address = await addressOf(lab.stdout, ended);
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    // The page allows its own script alone, and measuring is another.
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
    const idle = await framesOf(page);
    await page.goto(address);
    await page.waitForFunction(everySideAnswers, undefined, { timeout: 120_000 });
    const busy = await framesOf(page);
    const answers = await page.locator('[data-figure=answersPerSecond]').allTextContents();
    console.log(`The lab's page, ${words.join(' and ')}, ${seconds} s; Node ${process.version}\n`);
    console.log(line('an empty page', idle));
    console.log(line('the lab', busy));
    console.log(`answers a second at the end: ${answers.join(' and ')}`);
    console.log(`${(busy.perSecond / idle.perSecond).toFixed(2)} of the frames of an empty page`);
  } finally {
    await browser?.close();
    lab.kill('SIGINT');
    await ended;
  }
}

/** The lab prints its address once it serves its page. */
async function addressOf(stdout: NodeJS.ReadableStream, ended: Promise<unknown>): Promise<string> {
  let text = '';
  const printed = new Promise<string>((resolve) => {
    stdout.on('data', (chunk) => {
      text += chunk;
      const [found] = /http:\S+\/(?=\n)/.exec(text) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  const gone = ended.then(() => Promise.reject(new Error('the lab ended before it served its page')));
  return Promise.race([printed, gone]);
}

async function framesOf(page: Page): Promise<Frames> {
  const gaps = await page.evaluate<number[]>(gapsOf(seconds * 1000));
  const missed = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / frameMs) - 1), 0);
  return { perSecond: gaps.length / seconds, dropped: missed / (seconds * 30) };
}

const line = (name: string, { perSecond, dropped }: Frames) =>
  `${name.padEnd(16)} ${perSecond.toFixed(0).padStart(4)} frames a second, ${(dropped * 100).toFixed(1)}% of thirty a second dropped`;

main().catch((error: Error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
