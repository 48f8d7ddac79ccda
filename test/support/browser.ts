import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** Where a Chromium is: `CHROMIUM_PATH`, or one on the PATH; undefined: this machine has none. */
export function chromiumPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env.CHROMIUM_PATH ?? '', ...candidates].find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return file !== '';
    } catch {
      return false;
    }
  });
}

/** Without a sandbox, because CI runs as root; without everything that would ask the network for something. */
const launchArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A `describe` for tests that need a real browser, which it starts and ends. Without one they are skipped and say so,
 * except in CI (`CI` is set), where they fail: a pipeline must not be green because half of it did not run.
 */
export function describeInBrowser(name: string, tests: (browser: () => Browser) => void): void {
  const executablePath = chromiumPath();
  if (executablePath !== undefined) {
    describe(name, () => {
      let browser: Browser | undefined;
      beforeAll(async () => {
        browser = await chromium.launch({ executablePath, args: launchArguments });
      });
      afterAll(() => browser?.close());
      tests(() => {
        if (browser === undefined) throw new Error('The browser did not start.');
        return browser;
      });
    });
  } else if (process.env.CI) {
    test(`${name}: needs Chromium, and in CI it must be there`, () => {
      throw new Error('There is no Chromium on the PATH. Install it (Debian: apt-get install chromium).');
    });
  } else {
    console.warn(`SKIPPED, there is no Chromium on the PATH and CHROMIUM_PATH is not set: ${name}`);
    describe.skip(name, () => tests(() => chromium as never));
  }
}
