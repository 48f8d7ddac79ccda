import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Deployment } from '../../../architecture/deployment';
import { drillOne } from '../../../drill/drill';
import { architecture } from '../../support/drill/architectures';
import { timeScale } from '../../support/drill/rehearse';
import { testApp } from '../../support/drill/shop';
import { isRunning } from '../../support/drill/started';
import { until } from '../../support/until';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-own-app-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const settings = { seed: 1, shoppers: 6, timeScale } as const;

/** Its Terraform names another health path than the shop's. */
function withOwnPath(): Deployment {
  const shop = architecture();
  return { ...shop, regions: shop.regions.map((one) => ({ ...one, app: { ...one.app, healthCheckPath: '/ready' } })) };
}

const quoted = (word: string) => `"${word}"`;

test('an app of yours is drilled by its command, and all that it started ends', async () => {
  const file = path.join(scratch, 'pids');
  // What a developer has set must not reach the app in place of the contract.
  process.env.SESSION_PREFIX = 'of the caller';
  const run = await drillOne(withOwnPath(), 'instance-crash', {
    ...settings,
    appCommand: [process.execPath, testApp('yours.cjs'), file].map(quoted).join(' '),
  }).finally(() => {
    delete process.env.SESSION_PREFIX;
  });
  if (!('run' in run)) throw new Error(JSON.stringify(run));
  expect(run.run).toMatchObject({ met: true, counted: { orders: { unknown: 0 } } });
  expect(run.run.cartsLost).toBeGreaterThan(0);
  const pids = fs.readFileSync(file, 'utf8').trim().split('\n').map(Number);
  // Two instances and the new one, each a process and its server.
  expect(pids).toHaveLength(6);
  await until('the processes end', () => !pids.some(isRunning));
});

test.each([
  ['ends', 'echo no luck today && exit 3', 'ended before it answered. no luck today'],
  ['is not there', 'no-such-command-anywhere', 'no-such-command-anywhere'],
])('a command that %s fails the run with what it said', async (_, appCommand, message) =>
  expect(drillOne(architecture(), 'none', { ...settings, appCommand })).rejects.toThrow(message),
);
